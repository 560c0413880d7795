using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// A transport whose batches are small, held on this machine, and sent in one request each, several at the same time. Rows wait
/// for a free buffer, which bounds the memory; the batches of a file, all of which are held until it has proved whole, go to a
/// scratch file instead of waiting for each other.
/// </summary>
internal abstract class HeldTransport(int throttleLimit) : ITransport, IDisposable
{
    private readonly BlockBuffers _buffers = new(throttleLimit + 1);
    private readonly ScratchFile _scratch = new(Path.GetTempPath());

    public abstract AdxIngestionMode Mode { get; }

    public abstract long MaxBatchBytes { get; }

    public long MaxRowBytes => HeldContent.MaxRawBytes;

    public int MaxBatchesPerSubmission => throttleLimit;

    public virtual bool GoesByPlace => false;

    public virtual ITransport ByName => this;

    public ITransport? ForBlobs => null;

    public virtual ITransport ForFormat(AdxDataFormat format, string? mappingName) => this;

    public ITransport ForFiles => new FileTransport(this);

    public async ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel) =>
        new MemoryContent(_buffers, await _buffers.RentAsync(cancel));

    public Task SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel) =>
        // What the others have sent counts, whatever becomes of one.
        Task.WhenAll(batches.Select(async batch =>
        {
            await SendAsync(batch, await ((HeldContent)batch.Content).ReadAsync(cancel), properties, cancel);
            accepted(batch, batch.Ingested());
        }));

    public async Task DiscardAsync(SealedBatch batch) => await batch.Content.DisposeAsync();

    public void Dispose()
    {
        _buffers.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Sends one batch; its rows are in the table when this returns.</summary>
    protected abstract Task SendAsync(SealedBatch batch, ReadOnlyMemory<byte> content, BatchProperties properties, CancellationToken cancel);

    private BatchContent OpenWithoutWaiting() =>
        _buffers.TryRent() is { } buffer ? new MemoryContent(_buffers, buffer) : new ScratchContent(_scratch);

    private sealed class FileTransport(HeldTransport inner) : ITransport
    {
        public AdxIngestionMode Mode => inner.Mode;

        public long MaxBatchBytes => inner.MaxBatchBytes;

        public int MaxBatchesPerSubmission => inner.MaxBatchesPerSubmission;

        public ITransport? ForBlobs => null;

        public ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel) => ValueTask.FromResult(inner.OpenWithoutWaiting());

        public Task SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel) =>
            inner.SubmitAsync(batches, properties, accepted, cancel);

        public Task DiscardAsync(SealedBatch batch) => inner.DiscardAsync(batch);
    }
}
