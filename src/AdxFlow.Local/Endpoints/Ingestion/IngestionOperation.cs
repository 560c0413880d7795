using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>A request to ingest blobs into a table.</summary>
internal sealed class IngestionOperation(HostedDatabase database, string table, IngestionProperties properties, IReadOnlyList<QueuedBlob> blobs, Caller caller)
{
    public string Id { get; } = $"{Guid.NewGuid():N};{Guid.NewGuid()}";

    public HostedDatabase Database => database;

    public string Table => table;

    public IngestionProperties Properties => properties;

    public IReadOnlyList<QueuedBlob> Blobs => blobs;

    public Caller Caller => caller;

    public DateTime StartedOn { get; } = DateTime.UtcNow;

    public DateTime LastUpdatedOn => blobs.Select(b => b.Current.UpdatedOn).DefaultIfEmpty(StartedOn).Max();

    /// <summary>True once blobs of it were canceled.</summary>
    public bool IsCanceled { get; private set; }

    /// <summary>Told of each blob that was ingested or failed, and by which id it is known to the engine; null for nobody.</summary>
    public Action<QueuedBlob, Guid>? BlobEnded { get; init; }

    public int Count(params BlobStatus[] statuses) => blobs.Count(b => statuses.Contains(b.Current.Status));

    /// <summary>Cancels the blobs that wait.</summary>
    public void Cancel()
    {
        foreach (QueuedBlob blob in blobs)
            IsCanceled |= blob.TryCancel();
    }
}
