using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Ingestion;

/// <summary>What happened on workers, until the one thread that tells the user takes it.</summary>
internal sealed class EventQueue
{
    private readonly ConcurrentQueue<IngestionEvent> _events = new();
    private volatile TaskCompletionSource _refusal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done as soon as there is a file to be told of that was refused: the caller may want to end everything for that.</summary>
    public Task Refusal => _refusal.Task;

    public void Add(IngestionEvent happened)
    {
        _events.Enqueue(happened);
        if (happened is FileRejected)
            _refusal.TrySetResult();
    }

    public bool TryTake([NotNullWhen(true)] out IngestionEvent? happened)
    {
        // Made anew before the queue is looked at: a refusal that comes in between is found here, or sets the new one.
        if (_refusal.Task.IsCompleted)
            _refusal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _events.TryDequeue(out happened);
    }
}
