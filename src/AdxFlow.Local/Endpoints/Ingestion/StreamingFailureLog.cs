using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Counts failed streaming requests that are alike, minute by minute. The latest counts are kept.</summary>
/// <remarks>Source: Microsoft Learn, ".show streamingingestion failures".</remarks>
internal sealed class StreamingFailureLog(TimeProvider clock, StateLog log)
{
    public const int Kept = 10_000;

    private readonly object _gate = new();
    private readonly Dictionary<(StreamingFailure Failure, DateTime Minute), StreamingFailureCount> _counts = [];
    private readonly Queue<(StreamingFailure Failure, DateTime Minute)> _order = new();

    public IReadOnlyList<StreamingFailureCount> Counts
    {
        get
        {
            lock (_gate)
                return [.. _order.Select(key => _counts[key])];
        }
    }

    /// <summary>What is counted together: failures that are alike, of the same minute.</summary>
    public static (StreamingFailure Failure, DateTime Minute) Key(StreamingFailureCount count) =>
        (count.Failure, new DateTime(count.FirstOn.Ticks - (count.FirstOn.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc));

    public void Add(StreamingFailure failure, string activityId, string details)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        var count = new StreamingFailureCount(failure, activityId, 1, now, now, details);
        lock (_gate)
        {
            if (_counts.TryGetValue(Key(count), out StreamingFailureCount? before))
                count = before with { Count = before.Count + 1, LastOn = now, Details = details };
            Set(count);
            try
            {
                log.Append(new StreamingFailureRecord(count));
            }
            catch (InvalidOperationException)
            {
                // The sender waits for the reason of the failure; a count that the disk does not take is gone with the process.
            }
        }
    }

    /// <summary>Brings back a count of an earlier process.</summary>
    public void Restore(StreamingFailureCount count) => Set(count);

    private void Set(StreamingFailureCount count)
    {
        (StreamingFailure, DateTime) key = Key(count);
        if (!_counts.ContainsKey(key)) _order.Enqueue(key);
        _counts[key] = count;
        if (_order.Count > Kept) _counts.Remove(_order.Dequeue());
    }
}
