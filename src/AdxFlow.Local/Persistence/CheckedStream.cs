namespace AdxFlow.Local.Persistence;

/// <summary>Reads or writes another stream and computes the checksum and the length of what passed.</summary>
internal sealed class CheckedStream(Stream inner) : Stream
{
    public uint Checksum { get; private set; } = Crc32C.Seed;

    public override long Position { get; set; }

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        Count(buffer[..read]);
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        Count(buffer);
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Count(ReadOnlySpan<byte> passed)
    {
        Checksum = Crc32C.Add(Checksum, passed);
        Position += passed.Length;
    }
}
