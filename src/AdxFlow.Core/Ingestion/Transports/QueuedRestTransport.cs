using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;
using Azure.Core.Pipeline;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// Queued ingestion over the documented REST: a blob for each batch in a container that the service lends, then one request
/// that queues several of them and gives an operation id to follow.
/// Source: https://learn.microsoft.com/kusto/management/data-ingestion/queued-ingest-use-http
/// </summary>
internal sealed class QueuedRestTransport : ITransport, IDisposable
{
    private readonly IngestionServiceClient _service;
    private readonly BlobClient _blobs;
    private readonly BlockBuffers _buffers;
    private readonly TransientRetry _retry;
    private IngestionConfiguration _configuration;
    private long _configuredAt = Environment.TickCount64;
    private int _turn;

    private QueuedRestTransport(IngestionServiceClient service, BlobClient blobs, BlockBuffers buffers, TransientRetry retry, IngestionConfiguration configuration)
    {
        _service = service;
        _blobs = blobs;
        _buffers = buffers;
        _retry = retry;
        _configuration = configuration;
        // Many clients start at the same time; they should not all begin with the first container.
        _turn = Random.Shared.Next(Math.Max(1, configuration.Containers.Count));
    }

    public AdxIngestionMode Mode => AdxIngestionMode.Queued;

    public long MaxBatchBytes => _configuration.MaxDataSize;

    public int MaxBatchesPerSubmission => _configuration.MaxBlobsPerRequest;

    public static async Task<QueuedRestTransport> CreateAsync(IngestionServiceClient service, HttpPipeline storage, IngestionRequest request, CancellationToken cancel)
    {
        IngestionConfiguration configuration = await service.GetConfigurationAsync(cancel);
        // One block fills while the others are on their way.
        var retry = new TransientRetry(request.RetryWindow);
        return new QueuedRestTransport(service, new BlobClient(storage, retry), new BlockBuffers(request.ThrottleLimit + 1), retry, configuration);
    }

    public async ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel)
    {
        if (Environment.TickCount64 - _configuredAt > (long)_configuration.Life.TotalMilliseconds)
            await RenewAsync(cancel);
        IReadOnlyList<StorageContainer> containers = _configuration.Containers;
        StorageContainer container = containers[(int)((uint)Interlocked.Increment(ref _turn) % (uint)containers.Count)];
        return new BlobUpload(_blobs, container, $"adxflow__{sourceId:N}{extension}", _buffers, cancel);
    }

    public Task<string> SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, CancellationToken cancel) =>
        _retry.RunAsync(() => _service.QueueAsync([.. batches.Select(static batch => new QueuedBlob(((IBlobContent)batch.Content).Uri, batch.SourceId, batch.KnownRawBytes))], properties, cancel), cancel);

    public async Task DiscardAsync(SealedBatch batch)
    {
        // What existed before is not ours to delete.
        if (batch.Content is BlobUpload upload)
            await _blobs.TryDeleteAsync(upload.Uri);
        await batch.Content.DisposeAsync();
    }

    public void Dispose() => _buffers.Dispose();

    private async Task RenewAsync(CancellationToken cancel)
    {
        try
        {
            _configuration = await _service.GetConfigurationAsync(cancel);
        }
        catch (AdxException refusal) when (!refusal.IsPermanent)
        {
            // The containers in hand are good for longer than the interval; the next batch asks again.
            return;
        }
        _configuredAt = Environment.TickCount64;
    }
}
