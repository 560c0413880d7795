using System.IO.Compression;
using System.Runtime.InteropServices;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>A small batch that is held on this machine until it is sent in one request.</summary>
internal abstract class HeldContent : BatchContent
{
    /// <summary>
    /// Raw bytes that one request may carry. The documentation says "4 MB", before compression; this fits whichever megabyte is meant.
    /// Source: https://learn.microsoft.com/azure/data-explorer/ingest-data-streaming#limitations
    /// </summary>
    public const long MaxRawBytes = 4_000_000;

    /// <summary>All of its bytes.</summary>
    public abstract ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancel);

    /// <summary>
    /// Makes it whole. What cannot be compressed grows on the fastest level: by a twentieth, and by an eighth where nearly every byte is
    /// high, as in scripts of Asia. A request takes no more than its buffer, so that such a batch is packed anew, on a level that
    /// leaves alone what it cannot compress.
    /// </summary>
    public override async Task CommitAsync()
    {
        if (Sent > BlockBuffers.Size)
            await ReplaceAsync(Repack(await ReadAsync(CancellationToken.None)));
    }

    // There is nothing to take back, and nobody else to tell.
    public override Task AbandonAsync() => Task.CompletedTask;

    /// <summary>Takes these bytes instead of those that it has.</summary>
    protected abstract ValueTask ReplaceAsync(ReadOnlyMemory<byte> bytes);

    private static ReadOnlyMemory<byte> Repack(ReadOnlyMemory<byte> gzip)
    {
        MemoryMarshal.TryGetArray(gzip, out ArraySegment<byte> bytes);
        using var unpacked = new GZipStream(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), CompressionMode.Decompress);
        var packed = new MemoryStream(BlockBuffers.Size);
        using (var level = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            unpacked.CopyTo(level);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    /// <summary>Refuses a record of a file that no request can carry. (Rows are measured before they come here.)</summary>
    protected void CheckLength()
    {
        if (RawBytes <= MaxRawBytes)
            return;
        throw new Files.AdxFileException("AdxRecordTooLong", AdxErrorKind.LimitExceeded, $"A record of the file has more than the {MaxRawBytes} bytes that can be streamed or sent inline. Nothing of the file was sent.")
        {
            RecommendedAction = "Send the file with -Mode Queued or Auto.",
        };
    }
}
