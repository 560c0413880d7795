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

    public DateTime LastUpdatedOn => blobs.Max(b => b.Current.UpdatedOn);

    public int Count(params BlobStatus[] statuses) => blobs.Count(b => statuses.Contains(b.Current.Status));
}
