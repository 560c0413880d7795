namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads another stream and computes the CRC-32 of what was read, which the runtime's archives do not check.</summary>
/// <remarks>Source: ISO 3309 and the .ZIP File Format Specification, 4.4.7.</remarks>
internal sealed class ChecksumStream(Stream inner) : Stream
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    private uint _crc = uint.MaxValue;

    /// <summary>The checksum of all that was read.</summary>
    public uint Checksum => ~_crc;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        uint crc = _crc;
        foreach (byte value in buffer[..read])
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        _crc = crc;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private static uint Entry(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
