using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;
using Azure.Core.Pipeline;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// Queued ingestion: a blob for each batch in a container that the service lends, then a request or message that queues it.
/// </summary>
internal sealed class QueuedTransport(ContainerPool pool, IBlobQueue queue, HttpPipeline storage, IngestionRequest request) : ITransport, IDisposable
{
    // One block fills while the others are on their way.
    private readonly BlockBuffers _buffers = new(request.ThrottleLimit + 1);
    private readonly TransientRetry _retry = new(request.RetryWindow);
    private readonly BlobClient _blobs = new(storage, new TransientRetry(request.RetryWindow));

    public AdxIngestionMode Mode => AdxIngestionMode.Queued;

    public long MaxBatchBytes => pool.Configuration.MaxDataSize;

    public int MaxBatchesPerSubmission => queue.MaxBlobs;

    public ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel) =>
        ValueTask.FromResult<BatchContent>(Open(sourceId, extension, cancel));

    public BlobUpload Open(Guid sourceId, string extension, CancellationToken cancel) =>
        new(_blobs, pool, QueuedBlob.NamePrefix + sourceId.ToString("N") + extension, _buffers, cancel);

    public async Task SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel)
    {
        string? operationId = await _retry.RunAsync(() => queue.QueueAsync([.. batches.Select(Blob)], properties, cancel), cancel);
        foreach (SealedBatch batch in batches)
            accepted(batch, batch.Accepted(operationId));
    }

    public async Task DiscardAsync(SealedBatch batch)
    {
        // Takes back the blob; one of somebody else stays.
        await batch.Content.AbandonAsync();
        await batch.Content.DisposeAsync();
    }

    public void Dispose()
    {
        _buffers.Dispose();
        pool.Dispose();
    }

    private static QueuedBlob Blob(SealedBatch batch) => new(((IBlobContent)batch.Content).Uri, batch.SourceId, batch.KnownRawBytes);
}
