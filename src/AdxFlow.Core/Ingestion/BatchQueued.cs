namespace AdxFlow.Ingestion;

/// <summary>The service has accepted a batch.</summary>
/// <param name="Batch">The batch.</param>
public sealed record BatchQueued(AdxIngestionBatch Batch) : IngestionEvent;
