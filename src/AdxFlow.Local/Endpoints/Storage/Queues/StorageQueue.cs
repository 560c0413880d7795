using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Storage.Queues;

/// <summary>A queue of messages. Of those that nobody fetches, the latest are kept.</summary>
internal sealed class StorageQueue(string name, StateLog log)
{
    private const int Kept = 10_000;

    private readonly object _gate = new();
    private readonly LinkedList<QueueMessage> _messages = new();

    public string Name => name;

    /// <summary>Takes each new message at once, so that none stays; null to keep them.</summary>
    public Action<string>? Receiver { get; set; }

    /// <summary>The number of messages, also of those that are invisible for a while.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _messages.Count;
        }
    }

    public QueueMessage Put(string text)
    {
        var message = new QueueMessage(text, DateTime.UtcNow);
        if (Receiver is { } receiver)
        {
            receiver(text);
            return message;
        }

        lock (_gate)
        {
            log.Append(new MessageRecord(name, message.Id, message.Text, message.InsertedOn));
            _messages.AddLast(message);
            if (_messages.Count > Kept) RemoveOldest();
        }

        return message;
    }

    /// <summary>Brings back a message of an earlier process.</summary>
    public void Restore(MessageRecord message)
    {
        lock (_gate)
            _messages.AddLast(new QueueMessage(message.Text, message.InsertedOn) { Id = message.Id });
    }

    /// <summary>The oldest visible messages, which stay as they are.</summary>
    public IReadOnlyList<QueueMessage> Peek(int count)
    {
        DateTime now = DateTime.UtcNow;
        lock (_gate)
            return [.. _messages.Where(m => m.VisibleOn <= now).Take(count)];
    }

    /// <summary>The oldest visible messages, which nobody else sees until the time is over or they are deleted.</summary>
    public IReadOnlyList<QueueMessage> Receive(int count, TimeSpan invisible)
    {
        DateTime now = DateTime.UtcNow;
        var received = new List<QueueMessage>();
        lock (_gate)
        {
            for (LinkedListNode<QueueMessage>? node = _messages.First; node is not null && received.Count < count; node = node.Next)
            {
                if (node.Value.VisibleOn > now) continue;
                node.Value = node.Value with { VisibleOn = now + invisible, DequeueCount = node.Value.DequeueCount + 1, PopReceipt = Guid.NewGuid().ToString("N") };
                received.Add(node.Value);
            }
        }

        return received;
    }

    /// <summary>Deletes a message; null where there is none of that id, false where somebody else received it since.</summary>
    public bool? Delete(string id, string popReceipt)
    {
        lock (_gate)
        {
            for (LinkedListNode<QueueMessage>? node = _messages.First; node is not null; node = node.Next)
            {
                if (node.Value.Id != id) continue;
                if (node.Value.PopReceipt != popReceipt) return false;
                log.Append(new MessageDeletedRecord(name, id));
                _messages.Remove(node);
                return true;
            }
        }

        return null;
    }

    public void Clear()
    {
        lock (_gate)
        {
            log.Append(new MessageDeletedRecord(name, null));
            _messages.Clear();
        }
    }

    private void RemoveOldest()
    {
        log.Append(new MessageDeletedRecord(name, _messages.First!.Value.Id));
        _messages.RemoveFirst();
    }
}
