using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace AdxFlow.Ingestion.Files.Compression;

/// <summary>
/// Compresses what is written to one gzip stream of one member, in pieces, several at the same time: so one file uses all
/// processors, and its batches stay as large and in as good order as with one. Several members in one blob would be simpler,
/// yet not every reader of gzip goes on behind the first.
/// </summary>
/// <param name="target">Takes the compressed bytes, in order.</param>
/// <param name="level">How hard to compress.</param>
/// <param name="piecesUnderWay">Pieces in memory at the same time; whoever writes waits for one to be free.</param>
/// <param name="cancel">Ends the writing.</param>
internal sealed class ParallelGzip(Stream target, CompressionLevel level, int piecesUnderWay, CancellationToken cancel) : IAsyncDisposable
{
    /// <summary>Large enough to lose nearly nothing by beginning without a history of 32 KiB, small enough to hold many.</summary>
    public const int PieceSize = 512 * 1024;

    private static readonly byte[] Head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

    private readonly SemaphoreSlim _free = new(piecesUnderWay, piecesUnderWay);
    private byte[]? _piece;
    private int _filled;
    private Task _written = Task.CompletedTask;
    private bool _hasBegun;
    private uint _checksum;
    private long _length;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_piece is null)
            {
                await _free.WaitAsync(cancel);
                _piece = ArrayPool<byte>.Shared.Rent(PieceSize);
                // What failed before will not get better by more of it.
                if (_written.IsFaulted)
                    await _written;
            }
            int count = Math.Min(bytes.Length, PieceSize - _filled);
            bytes.Span[..count].CopyTo(_piece.AsSpan(_filled));
            _filled += count;
            bytes = bytes[count..];
            if (_filled == PieceSize)
                HandOn();
        }
    }

    /// <summary>Ends the stream; all of it has been written to the target when this returns.</summary>
    public async Task CompleteAsync()
    {
        if (_filled > 0)
            HandOn();
        await _written;
        if (!_hasBegun)
            await target.WriteAsync(Head, cancel);
        // A last block with nothing in it, and the tail.
        byte[] end = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(2), _checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(6), unchecked((uint)_length));
        await target.WriteAsync(end, cancel);
    }

    /// <summary>Waits for what is under way. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        await _written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Interlocked.Exchange(ref _piece, null) is { } piece)
            ArrayPool<byte>.Shared.Return(piece);
        _free.Dispose();
    }

    private void HandOn()
    {
        byte[] piece = _piece!;
        int length = _filled;
        _piece = null;
        _filled = 0;
        Task before = _written;
        Task<GzipPiece> compressing = Task.Run(() => GzipPiece.Compress(piece.AsSpan(0, length), level), CancellationToken.None);
        _written = AppendAsync(before, compressing, piece, length);
    }

    private async Task AppendAsync(Task before, Task<GzipPiece> compressing, byte[] raw, int length)
    {
        try
        {
            using GzipPiece piece = await compressing;
            await before;
            if (!_hasBegun)
                await target.WriteAsync(Head, cancel);
            _hasBegun = true;
            await target.WriteAsync(piece.Body, cancel);
            _checksum = _length == 0 ? piece.Checksum : Crc32.Join(_checksum, piece.Checksum, length);
            _length += length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
            _free.Release();
        }
    }
}
