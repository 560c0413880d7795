using System.IO.Compression;
using System.Security.Cryptography;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Decompresses a gzip file to its end and says if the file ends before that. The runtime's decompressor ends quietly where
/// its data does, in the middle of a member or not. So a further member with a mark in it is put behind the file: only
/// where every member before it is whole does the mark come out last.
/// Source: RFC 1952, which lets members follow each other.
/// </summary>
internal sealed class GzipFileStream : Stream
{
    private const int MarkLength = 32;

    private readonly FollowedStream _compressed;
    private readonly GZipStream _content;
    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(MarkLength);
    private readonly byte[] _held = new byte[MarkLength];
    private int _heldCount;

    public GzipFileStream(Stream file)
    {
        _compressed = new FollowedStream(file, Compress(_mark));
        _content = new GZipStream(_compressed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads; what may be the mark is held back until more follows it.</summary>
    /// <exception cref="InvalidDataException">The file is no gzip, is damaged, or ends too early.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(buffer.Length, MarkLength);
        while (true)
        {
            int read = await _content.ReadAsync(buffer[_heldCount..], cancellationToken);
            if (read == 0)
            {
                return _held.AsSpan(0, _heldCount).SequenceEqual(_mark)
                    ? 0
                    : throw new InvalidDataException("The compressed data ends in the middle, or something else follows it.");
            }
            _held.AsSpan(0, _heldCount).CopyTo(buffer.Span);
            int total = _heldCount + read;
            _heldCount = Math.Min(total, MarkLength);
            buffer.Span[(total - _heldCount)..total].CopyTo(_held);
            if (total > _heldCount)
                return total - _heldCount;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(content);
        return compressed.ToArray();
    }
}
