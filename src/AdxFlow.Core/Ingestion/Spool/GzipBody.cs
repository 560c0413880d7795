namespace AdxFlow.Ingestion.Spool;

/// <summary>The deflate stream in the whole frames of a batch that was left, with an end so that it can be read.</summary>
internal sealed class GzipBody(string directory, int number, long wholeBytes) : Stream
{
    // What .NET writes before the deflate stream has no optional fields (RFC 1952, 2.3).
    private const int GzipHeadBytes = 10;

    private readonly SpoolFrameReader _reader = new(SpoolFiles.OpenToRead(SpoolBatchFile.PathOf(directory, number)));
    private ReadOnlyMemory<byte> _left;
    private int _headLeft = GzipHeadBytes;
    private bool _isEnded;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_left.IsEmpty && !_isEnded)
            Next();
        int count = Math.Min(buffer.Length, _left.Length);
        _left.Span[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.Dispose();
        base.Dispose(disposing);
    }

    private void Next()
    {
        if (_reader.End >= wholeBytes || !_reader.Read())
        {
            _left = GzipEnd.LastBlock.ToArray();
            _isEnded = true;
            return;
        }
        if (_reader.Frame.Kind != SpoolFrameKind.Rows)
            return;
        int cut = Math.Min(_headLeft, _reader.Frame.Length);
        _headLeft -= cut;
        _left = _reader.Payload[cut..];
    }
}
