namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>One blob of a queued ingestion, and what became of it.</summary>
internal sealed class QueuedBlob(Uri uri, string? sourceId)
{
    private readonly object _gate = new();
    private State _state = new(BlobStatus.Queued, DateTime.UtcNow, null);

    /// <summary>The address with its signature, which must not be shown.</summary>
    public Uri Uri => uri;

    /// <summary>The address without its signature.</summary>
    public string Address => uri.GetLeftPart(UriPartial.Path);

    /// <summary>The id that the sender gave it, or null.</summary>
    public string? SourceId => sourceId;

    public DateTime QueuedOn { get; } = DateTime.UtcNow;

    public State Current
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    public void Set(BlobStatus status, IngestionException? error = null)
    {
        lock (_gate)
            _state = new State(status, DateTime.UtcNow, error);
    }

    /// <summary>The status, since when, and for a failure why.</summary>
    internal sealed record State(BlobStatus Status, DateTime UpdatedOn, IngestionException? Error);
}
