using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>A small batch in a lent buffer.</summary>
internal sealed class MemoryContent(BlockBuffers buffers, byte[] buffer) : HeldContent
{
    private byte[]? _buffer = buffer;
    private int _filled;

    public override long Sent => _filled;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _filled);

    public override ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancel) => ValueTask.FromResult(Bytes);

    /// <summary>True when so many bytes more fit in.</summary>
    public bool Takes(int bytes) => _filled + bytes <= BlockBuffers.Size;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckLength();
        buffer.CopyTo(_buffer.AsMemory(_filled));
        _filled += buffer.Length;
        return ValueTask.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _buffer, null) is { } lent)
            buffers.Return(lent);
        base.Dispose(disposing);
    }
}
