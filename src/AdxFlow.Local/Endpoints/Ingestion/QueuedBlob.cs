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
    public bool TryBegin() => TryLeaveQueue(new State(BlobStatus.InProgress, DateTime.UtcNow, null), _ => { });

    /// <summary>Cancels it; false where it is being ingested or was.</summary>
    /// <param name="keep">Keeps that it is canceled, before anybody sees it.</param>
    public bool TryCancel(Action<State> keep) => TryLeaveQueue(new State(BlobStatus.Canceled, DateTime.UtcNow, null), keep);

    public void Succeed()
    {
        lock (_gate)
            _state = new State(BlobStatus.Succeeded, DateTime.UtcNow, null);
    }

    /// <param name="error">Why it failed.</param>
    /// <param name="keep">Keeps that it failed, before anybody sees it.</param>
    public void Fail(IngestionException error, Action<State> keep)
    {
        var state = new State(BlobStatus.Failed, DateTime.UtcNow, error);
        keep(state);
        lock (_gate)
            _state = state;
    }

    public void Restore(BlobStatus status, DateTime updatedOn, IngestionException? error)
    {
        lock (_gate)
            _state = new State(status, updatedOn, error);
    }

    private bool TryLeaveQueue(State next, Action<State> keep)
    {
        lock (_gate)
        {
            if (_state.Status != BlobStatus.Queued) return false;
            keep(next);
            _state = next;
            return true;
        }
    }

    /// <summary>The status, since when, and for a failure why.</summary>
    internal sealed record State(BlobStatus Status, DateTime UpdatedOn, IngestionException? Error);
}
