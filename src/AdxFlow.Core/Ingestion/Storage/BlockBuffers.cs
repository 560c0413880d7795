using System.Collections.Concurrent;

namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// The buffers in which compressed blocks wait for their upload. Their number bounds the memory of an ingestion: who
/// compresses faster than the network takes it waits here.
/// </summary>
internal sealed class BlockBuffers(int count) : IDisposable
{
    /// <summary>4 MiB, the block size of Microsoft's own uploader: few requests, and little to send again when one fails.</summary>
    public const int Size = 4 * 1024 * 1024;

    private readonly SemaphoreSlim _free = new(count, count);
    private readonly ConcurrentBag<byte[]> _idle = [];

    public async ValueTask<byte[]> RentAsync(CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        return Take();
    }

    /// <summary>A buffer, if one is free just now.</summary>
    public byte[]? TryRent() => _free.Wait(0) ? Take() : null;

    public void Return(byte[] buffer)
    {
        _idle.Add(buffer);
        _free.Release();
    }

    public void Dispose() => _free.Dispose();

    private byte[] Take() => _idle.TryTake(out byte[]? buffer) ? buffer : GC.AllocateUninitializedArray<byte>(Size);
}
