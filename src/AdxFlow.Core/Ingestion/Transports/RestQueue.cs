using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// Queueing over the documented REST: one request for several blobs, and an operation id to follow.
/// Source: https://learn.microsoft.com/kusto/management/data-ingestion/queued-ingest-use-http
/// </summary>
internal sealed class RestQueue(IngestionServiceClient service, ContainerPool pool) : IBlobQueue
{
    public int MaxBlobs => pool.Configuration.MaxBlobsPerRequest;

    public async Task<string?> QueueAsync(IReadOnlyList<QueuedBlob> blobs, BatchProperties properties, CancellationToken cancel) =>
        await service.QueueAsync(blobs, properties, cancel);
}
