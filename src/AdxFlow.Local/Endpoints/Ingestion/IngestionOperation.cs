using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>A request to ingest blobs into a table.</summary>
internal sealed class IngestionOperation(HostedDatabase database, string table, IngestionProperties properties, IReadOnlyList<QueuedBlob> blobs, Caller caller)
{
    public string Id { get; init; } = $"{Guid.NewGuid():N};{Guid.NewGuid()}";

    public HostedDatabase Database => database;

    public string Table => table;

    public IngestionProperties Properties => properties;

    public IReadOnlyList<QueuedBlob> Blobs => blobs;

    public Caller Caller => caller;

    public DateTime StartedOn { get; init; } = DateTime.UtcNow;

    /// <summary>The message of the classic protocol that asked for it; null for none.</summary>
    public string? Message { get; init; }

    /// <summary>Told of each blob that was ingested or failed, and by which id it is known to the engine; null for nobody.</summary>
    public Action<QueuedBlob, Guid>? BlobEnded { get; init; }

    /// <summary>The blobs whose end an earlier process did not come to tell.</summary>
    public IReadOnlyList<QueuedBlob> Untold { get; init; } = [];

    /// <summary>The place of a blob.</summary>
    public int IndexOf(QueuedBlob blob) => Enumerable.Range(0, blobs.Count).First(i => blobs[i] == blob);

    /// <summary>Cancels the blobs that wait.</summary>
    /// <param name="keep">Keeps that the blob at a place is canceled, before anybody sees it.</param>
    public void Cancel(Action<int, QueuedBlob.State> keep)
    {
        for (int i = 0; i < blobs.Count; i++)
        {
            int place = i;
            blobs[i].TryCancel(state => keep(place, state));
        }
    }
}
