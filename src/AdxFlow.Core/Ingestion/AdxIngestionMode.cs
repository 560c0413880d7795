namespace AdxFlow;

/// <summary>The way by which batches reach the cluster.</summary>
public enum AdxIngestionMode
{
    /// <summary>Blobs, queued for the ingestion service, which collects them into extents. The default of ADX, made for bulk.</summary>
    Queued,
}
