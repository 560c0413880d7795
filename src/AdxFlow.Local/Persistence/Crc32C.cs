using System.Buffers.Binary;
using System.Numerics;

namespace AdxFlow.Local.Persistence;

/// <summary>The checksum of what is on disk: CRC-32C (RFC 3720, appendix B.4), which processors compute themselves.</summary>
internal static class Crc32C
{
    /// <summary>What to begin with; the last value is used as it is, without the final inversion.</summary>
    public const uint Seed = uint.MaxValue;

    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return crc;
    }
}
