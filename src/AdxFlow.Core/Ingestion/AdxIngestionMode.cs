namespace AdxFlow;

/// <summary>The way by which batches reach the cluster.</summary>
public enum AdxIngestionMode
{
    /// <summary>
    /// Asked for: small batches are streamed where the table's policy allows it, all others are queued; the Kusto emulator gets
    /// them inline. Told of an ingestion: some batches were streamed, others queued. The default.
    /// </summary>
    Auto,

    /// <summary>Blobs, queued for the ingestion service, which collects them into extents. Made for bulk.</summary>
    Queued,

    /// <summary>
    /// Requests to the engine of at most 4 MB before compression. Rows are in the table when the request is answered.
    /// Source: <see href="https://learn.microsoft.com/azure/data-explorer/ingest-data-streaming"/>.
    /// </summary>
    Streaming,

    /// <summary>
    /// Commands to the engine with the data in them (<c>.ingest inline</c>), of at most 1 MB. For the Kusto emulator, which has
    /// no ingestion service, and for trying things out.
    /// </summary>
    Direct,
}
