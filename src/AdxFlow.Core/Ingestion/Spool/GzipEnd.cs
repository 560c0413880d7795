using System.Buffers;
using System.Buffers.Binary;

namespace AdxFlow.Ingestion.Spool;

/// <summary>
/// The end of a gzip stream that was flushed and then left: an empty last block of deflate (RFC 1951, 3.2.6), the CRC-32 and
/// the length of what it holds (RFC 1952, 2.3.1).
/// </summary>
internal static class GzipEnd
{
    public const int Bytes = 10;

    private const uint Polynomial = 0xEDB88320;
    private const int BufferBytes = 64 * 1024;

    private static readonly uint[] Table = MakeTable();

    /// <summary>An empty block with fixed codes, which is the last.</summary>
    public static ReadOnlySpan<byte> LastBlock => [0x03, 0x00];

    public static void Write(Span<byte> end, Stream raw)
    {
        uint crc = uint.MaxValue;
        uint length = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        using (raw)
        {
            int read;
            while ((read = raw.Read(buffer)) > 0)
            {
                foreach (byte value in buffer.AsSpan(0, read))
                    crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
                // Modulo 2^32, as the format has it.
                length = unchecked(length + (uint)read);
            }
        }
        ArrayPool<byte>.Shared.Return(buffer);
        LastBlock.CopyTo(end);
        BinaryPrimitives.WriteUInt32LittleEndian(end[2..], ~crc);
        BinaryPrimitives.WriteUInt32LittleEndian(end[6..], length);
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint value = 0; value < table.Length; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            table[value] = crc;
        }
        return table;
    }
}
