namespace AdxFlow.Ingestion.FromStorage;

/// <summary>What became of an ingestion that was to be cancelled.</summary>
/// <param name="Ingestion">The ingestion as the service tells of it now.</param>
/// <param name="Discovered">Blobs that the service had found in the container.</param>
/// <param name="Ingested">Blobs of these for which it was too late: their rows are in the table and stay there.</param>
public sealed record CanceledIngestion(AdxIngestion Ingestion, long Discovered, long Ingested);
