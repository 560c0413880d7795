using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Transports;

/// <summary>A protocol by which uploaded blobs are queued for ingestion.</summary>
internal interface IBlobQueue
{
    /// <summary>Blobs that one request may queue.</summary>
    int MaxBlobs { get; }

    /// <summary>Queues blobs; returns the id of the operation under which the service tracks them, null where it has none.</summary>
    Task<string?> QueueAsync(IReadOnlyList<QueuedBlob> blobs, BatchProperties properties, CancellationToken cancel);
}
