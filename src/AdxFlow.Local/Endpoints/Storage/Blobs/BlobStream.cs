namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>Reads a blob from its beginning or, after seeking, from elsewhere.</summary>
internal sealed class BlobStream(BlobContent content) : Stream
{
    private int _segment;
    private int _offset;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int total = 0;
        while (buffer.Length > 0 && _segment < content.Segments.Count)
        {
            ReadOnlySpan<byte> rest = content.Segments[_segment].Span[_offset..];
            int taken = Math.Min(rest.Length, buffer.Length);
            rest[..taken].CopyTo(buffer);
            buffer = buffer[taken..];
            total += taken;
            _offset += taken;
            if (taken < rest.Length) break;
            _segment++;
            _offset = 0;
        }

        _position += total;
        return total;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        _position = Math.Min(target, Length);
        _segment = 0;
        long left = _position;
        while (_segment < content.Segments.Count && left >= content.Segments[_segment].Length)
            left -= content.Segments[_segment++].Length;
        _offset = (int)left;
        return _position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
