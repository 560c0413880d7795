namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Counts failed streaming requests that are alike, minute by minute. The latest counts are kept, in memory.</summary>
/// <remarks>Source: Microsoft Learn, ".show streamingingestion failures".</remarks>
internal sealed class StreamingFailureLog(TimeProvider clock)
{
    private const int Kept = 10_000;

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

    public void Add(StreamingFailure failure, string activityId, string details)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        (StreamingFailure, DateTime) key = (failure, new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc));
        lock (_gate)
        {
            if (_counts.TryGetValue(key, out StreamingFailureCount? count))
            {
                _counts[key] = count with { Count = count.Count + 1, LastOn = now, Details = details };
                return;
            }

            _counts[key] = new StreamingFailureCount(failure, activityId, 1, now, now, details);
            _order.Enqueue(key);
            if (_order.Count > Kept) _counts.Remove(_order.Dequeue());
        }
    }
}
