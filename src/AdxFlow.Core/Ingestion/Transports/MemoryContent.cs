using System.Buffers;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>A small batch in a lent buffer; for as long as it is larger than that, in an array of its own.</summary>
internal sealed class MemoryContent(BlockBuffers buffers, byte[] buffer) : HeldContent
{
    private byte[]? _buffer = buffer;
    private byte[]? _larger;
    private int _filled;

    public override long Sent => _filled;

    public ReadOnlyMemory<byte> Bytes => (_larger ?? _buffer).AsMemory(0, _filled);

    public override ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancel) => ValueTask.FromResult(Bytes);

    /// <summary>True when so many bytes more fit in.</summary>
    public bool Takes(int bytes) => _filled + bytes <= BlockBuffers.Size;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckLength();
        if ((_larger ?? _buffer)!.Length - _filled < buffer.Length)
            Grow(buffer.Length);
        buffer.CopyTo((_larger ?? _buffer).AsMemory(_filled));
        _filled += buffer.Length;
        return ValueTask.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            ReturnLarger();
        if (disposing && Interlocked.Exchange(ref _buffer, null) is { } lent)
            buffers.Return(lent);
        base.Dispose(disposing);
    }

    protected override ValueTask ReplaceAsync(ReadOnlyMemory<byte> bytes)
    {
        ReturnLarger();
        _filled = 0;
        return WriteAsync(bytes);
    }

    private void Grow(int bytes)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(_filled + Math.Max(bytes, BlockBuffers.Size / 8));
        Bytes.CopyTo(larger);
        ReturnLarger();
        _larger = larger;
    }

    private void ReturnLarger()
    {
        if (Interlocked.Exchange(ref _larger, null) is { } larger)
            ArrayPool<byte>.Shared.Return(larger);
    }
}
