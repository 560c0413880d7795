using System.Buffers.Binary;
using System.Numerics;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>The hash XXH64, without a seed.</summary>
/// <remarks>Source: the specification of xxHash, github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md.</remarks>
internal static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    public static long Of(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            ReadOnlySpan<byte> rest = data;
            ulong hash = rest.Length >= 32 ? Stripes(ref rest) : Prime5;
            hash += (ulong)data.Length;
            for (; rest.Length >= 8; rest = rest[8..])
                hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) * Prime1) + Prime4;
            if (rest.Length >= 4)
            {
                hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
                rest = rest[4..];
            }

            foreach (byte last in rest)
                hash = BitOperations.RotateLeft(hash ^ (last * Prime5), 11) * Prime1;
            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return (long)(hash ^ (hash >> 32));
        }
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> rest)
    {
        unchecked
        {
            Span<ulong> lanes = [Prime1 + Prime2, Prime2, 0, 0 - Prime1];
            for (; rest.Length >= 32; rest = rest[32..])
            {
                for (int i = 0; i < lanes.Length; i++)
                    lanes[i] = Round(lanes[i], BinaryPrimitives.ReadUInt64LittleEndian(rest[(i * 8)..]));
            }

            ulong hash = BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7) + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
            foreach (ulong lane in lanes)
                hash = ((hash ^ Round(0, lane)) * Prime1) + Prime4;
            return hash;
        }
    }

    private static ulong Round(ulong lane, ulong input) => unchecked(BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1);
}
