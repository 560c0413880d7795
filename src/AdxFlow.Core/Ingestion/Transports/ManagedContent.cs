using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>A batch that begins in memory, to be streamed, and becomes a blob when it grows beyond what can be streamed.</summary>
internal sealed class ManagedContent(BlockBuffers buffers, byte[] buffer, Func<BlobUpload> open) : BatchContent
{
    private readonly MemoryContent _memory = new(buffers, buffer);

    /// <summary>The blob that it has become; null for one that is small enough to be streamed.</summary>
    public BlobUpload? Blob { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _memory.Bytes;

    public override long Sent => Blob?.Sent ?? _memory.Sent;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Blob is null && (RawBytes > HeldContent.MaxRawBytes || !_memory.Takes(buffer.Length)))
            await BecomeBlobAsync(cancellationToken);
        await ((BatchContent?)Blob ?? _memory).WriteAsync(buffer, cancellationToken);
    }

    public override async Task CommitAsync()
    {
        // What compresses well may have grown without a byte having come out of the compressor.
        if (Blob is null && RawBytes > HeldContent.MaxRawBytes)
            await BecomeBlobAsync(CancellationToken.None);
        if (Blob is not null)
            await Blob.CommitAsync();
    }

    /// <summary>Uploads a batch that was to be streamed.</summary>
    public async Task<BlobUpload> UploadAsync(CancellationToken cancel)
    {
        await BecomeBlobAsync(cancel);
        await Blob!.CommitAsync();
        return Blob;
    }

    public override Task AbandonAsync() => Blob?.AbandonAsync() ?? Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _memory.Dispose();
            Blob?.Dispose();
        }
        base.Dispose(disposing);
    }

    private async ValueTask BecomeBlobAsync(CancellationToken cancel)
    {
        Blob = open();
        await Blob.WriteAsync(_memory.Bytes, cancel);
        _memory.Dispose();
    }
}
