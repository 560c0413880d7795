namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads another stream and computes the CRC-32 of what was read, which the runtime's archives do not check.</summary>
/// <remarks>Source: ISO 3309 and the .ZIP File Format Specification, 4.4.7.</remarks>
internal sealed class ChecksumStream(Stream inner) : ForwardReadStream
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    private uint _crc = uint.MaxValue;

    /// <summary>The checksum of all that was read.</summary>
    public uint Checksum => ~_crc;

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        uint crc = _crc;
        foreach (byte value in buffer[..read])
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        _crc = crc;
        return read;
    }

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
