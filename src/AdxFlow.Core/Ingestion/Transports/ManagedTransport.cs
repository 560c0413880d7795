using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// Managed streaming: a batch that is small when it is sealed is streamed, any other is queued. What cannot be streamed after
/// all is queued under the same source id, and so are the batches after it for a while.
/// Source: https://learn.microsoft.com/azure/data-explorer/ingest-data-streaming
/// </summary>
internal sealed class ManagedTransport(QueuedTransport queued, StreamingSender sender, StreamingAvailability availability, Uri cluster, string database, IngestionRequest request, Action<IngestionEvent> tell) : ITransport, IDisposable
{
    // As Microsoft's own clients do before they fall back.
    private const int MostTries = 3;

    // Beyond these no batch waits in memory: what comes then is queued. So nothing can wait for each other.
    private readonly BlockBuffers _buffers = new(request.ThrottleLimit);
    private int _streamed;
    private int _queued;

    private QueuedTransport Queued => queued;

    public AdxIngestionMode Mode => (_streamed, _queued) switch
    {
        ( > 0, 0) => AdxIngestionMode.Streaming,
        (0, > 0) => AdxIngestionMode.Queued,
        _ => AdxIngestionMode.Auto,
    };

    public long MaxBatchBytes => queued.MaxBatchBytes;

    public int MaxBatchesPerSubmission => queued.MaxBatchesPerSubmission;

    public bool GoesByPlace => true;

    public ITransport ByName => new QueuedOnly(this);

    public ITransport ForBlobs => ByName;

    public ITransport ForFormat(AdxDataFormat format, string? mappingName) => StreamingRules.Takes(format, mappingName) ? this : ByName;

    public ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel) =>
        !availability.IsOff(cluster, database, request.Table) && _buffers.TryRent() is { } buffer
            ? ValueTask.FromResult<BatchContent>(new ManagedContent(_buffers, buffer, () => queued.Open(sourceId, extension, cancel)))
            : queued.OpenAsync(sourceId, extension, cancel);

    public async Task SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel)
    {
        // What the others have sent counts, whatever becomes of one.
        SealedBatch?[] left = await Task.WhenAll(batches.Select(batch => StreamOrUploadAsync(batch, properties, accepted, cancel)));
        SealedBatch[] blobs = [.. left.OfType<SealedBatch>()];
        if (blobs.Length > 0)
            await QueueAsync(blobs, properties, accepted, cancel);
    }

    public async Task DiscardAsync(SealedBatch batch)
    {
        if (Uploaded(batch) is { } blob)
            await queued.DiscardAsync(blob);
        await batch.Content.DisposeAsync();
    }

    public void Dispose()
    {
        _buffers.Dispose();
        queued.Dispose();
    }

    /// <summary>Streams a batch that is small enough, or makes it a blob if that fails; returns what is to be queued.</summary>
    private async Task<SealedBatch?> StreamOrUploadAsync(SealedBatch batch, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel)
    {
        if (batch.Content is not ManagedContent { Blob: null } small)
            return batch;
        if (!await TryStreamAsync(batch, small, properties, cancel))
        {
            await small.UploadAsync(cancel);
            return batch;
        }
        Interlocked.Increment(ref _streamed);
        accepted(batch, batch.Ingested());
        return null;
    }

    private async Task QueueAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel)
    {
        Dictionary<Guid, SealedBatch> byId = batches.ToDictionary(static batch => batch.SourceId);
        await queued.SubmitAsync([.. batches.Select(static batch => Uploaded(batch)!)], properties, (blob, told) =>
        {
            Interlocked.Increment(ref _queued);
            accepted(byId[blob.SourceId], told);
        }, cancel);
    }

    /// <summary>Streams a batch; false where it is to be queued instead.</summary>
    private async Task<bool> TryStreamAsync(SealedBatch batch, ManagedContent content, BatchProperties properties, CancellationToken cancel)
    {
        if (availability.IsOff(cluster, database, request.Table))
            return false;
        try
        {
            await sender.SendAsync(batch, content.Bytes, properties, properties.IsSingleTry ? 1 : MostTries, TimeSpan.MaxValue, cancel);
            return true;
        }
        catch (AdxException failure) when ((TransientRetry.IsTransient(failure) && !properties.IsSingleTry) || StreamingRules.IsOfStreaming(failure))
        {
            if (failure.Kind == AdxErrorKind.Throttled)
                availability.SwitchOff(cluster, database, request.Table, StreamingAvailability.AfterThrottle);
            else if (StreamingRules.IsOfStreaming(failure) && StreamingRules.IsLasting(failure))
                availability.SwitchOff(cluster, database, request.Table, StreamingAvailability.AfterRefusal);
            tell(new IngestionNote($"Batch {batch.SourceId} could not be streamed and is queued: {failure.Message}"));
            return false;
        }
    }

    /// <summary>The batch as a blob; null for one that is in memory.</summary>
    private static SealedBatch? Uploaded(SealedBatch batch) => batch.Content switch
    {
        IBlobContent => batch,
        ManagedContent { Blob: { } blob } => batch with { Content = blob },
        _ => null,
    };

    /// <summary>The half that queues, for what cannot be streamed.</summary>
    private sealed class QueuedOnly(ManagedTransport inner) : ITransport
    {
        public AdxIngestionMode Mode => AdxIngestionMode.Queued;

        public long MaxBatchBytes => inner.MaxBatchBytes;

        public int MaxBatchesPerSubmission => inner.MaxBatchesPerSubmission;

        public ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel) => inner.Queued.OpenAsync(sourceId, extension, cancel);

        public Task SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel) =>
            inner.QueueAsync(batches, properties, accepted, cancel);

        public Task DiscardAsync(SealedBatch batch) => inner.DiscardAsync(batch);
    }
}
