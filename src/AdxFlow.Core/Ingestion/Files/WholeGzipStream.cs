using System.IO.Compression;
using System.Security.Cryptography;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Unpacks gzip data and sees that it is whole. The runtime's decompressor takes the end of the data for the end of the
/// content, wherever it comes, so that half a file would pass for a short one. A member of our own behind the data tells:
/// its content comes out, and last, only if the data before it ended where a member ends.
/// Source: RFC 1952 (members simply follow each other).
/// </summary>
internal sealed class WholeGzipStream : ForwardReadStream
{
    private const int MarkLength = 16;

    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(MarkLength);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly GZipStream _content;
    private int _start;
    private int _end;

    public WholeGzipStream(Stream packed) => _content = new GZipStream(new ConcatenatedStream(packed, Pack(_mark)), CompressionMode.Decompress);

    /// <exception cref="EndOfStreamException">The data ends in the middle, or is followed by something else.</exception>
    /// <exception cref="InvalidDataException">The data is damaged, or no gzip.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // What could still be the mark is held back.
        while (_end - _start <= MarkLength)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int count = await _content.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (count == 0)
                return _buffer.AsSpan(0, _end).SequenceEqual(_mark) ? 0 : throw new EndOfStreamException();
            _end += count;
        }
        int length = Math.Min(buffer.Length, _end - _start - MarkLength);
        _buffer.AsMemory(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    private static MemoryStream Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(content);
        packed.Position = 0;
        return packed;
    }
}
