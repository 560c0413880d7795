namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>One blob of a queued ingestion, and what became of it.</summary>
internal sealed class QueuedBlob(StorageLocator locator, string? sourceId, long? rawSize)
{
    private readonly object _gate = new();
    private State _state = new(BlobStatus.Queued, DateTime.UtcNow, null);

    /// <summary>Where it is, with its signature, which must not be shown.</summary>
    public StorageLocator Locator => locator;

    /// <summary>The address without its signature.</summary>
    public string Address => locator.Address;

    /// <summary>The id that the sender gave it, or null.</summary>
    public string? SourceId => sourceId;

    /// <summary>The uncompressed size that the sender told, or null.</summary>
    public long? RawSize => rawSize;

    public State Current
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Begins to ingest it; false where it was canceled.</summary>
    public bool TryBegin() => TryLeaveQueue(BlobStatus.InProgress);

    /// <summary>Cancels it; false where it is being ingested or was.</summary>
    public bool TryCancel() => TryLeaveQueue(BlobStatus.Canceled);

    public void End(IngestionException? error = null)
    {
        lock (_gate)
            _state = new State(error is null ? BlobStatus.Succeeded : BlobStatus.Failed, DateTime.UtcNow, error);
    }

    public void Restore(BlobStatus status, DateTime updatedOn, IngestionException? error)
    {
        lock (_gate)
            _state = new State(status, updatedOn, error);
    }

    private bool TryLeaveQueue(BlobStatus status)
    {
        lock (_gate)
        {
            if (_state.Status != BlobStatus.Queued) return false;
            _state = new State(status, DateTime.UtcNow, null);
            return true;
        }
    }

    /// <summary>The status, since when, and for a failure why.</summary>
    internal sealed record State(BlobStatus Status, DateTime UpdatedOn, IngestionException? Error);
}
