namespace AdxFlow.Local.Endpoints.Ingestion.Batching;

/// <summary>Blobs that wait to be ingested together.</summary>
internal sealed class Batch
{
    public List<(IngestionOperation Operation, QueuedBlob Blob)> Blobs { get; } = [];

    /// <summary>The uncompressed size of the blobs, as told or estimated.</summary>
    public long Size { get; set; }

    /// <summary>Seals the batch when it is old enough.</summary>
    public ITimer? Timer { get; set; }
}
