using System.Buffers.Binary;
using System.Numerics;

namespace AdxFlow.Ingestion.Spool;

/// <summary>
/// The head of a frame: 28 bytes, little endian, before its payload: the payload's length (4), kind (4), rows (4), bytes
/// before compression (4), position (8), and a CRC-32C over all of these and the payload (4). By it a write that was torn is known.
/// </summary>
/// <param name="Length">Bytes of the payload.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="RawBytes">Their bytes before compression.</param>
/// <param name="Position">Input rows taken up to here, from the first of the ingestion.</param>
/// <param name="Checksum">The checksum.</param>
internal readonly record struct SpoolFrame(int Length, SpoolFrameKind Kind, int Rows, int RawBytes, long Position, uint Checksum)
{
    public const int HeadBytes = 28;
    private const int ChecksumAt = 24;

    public static SpoolFrame Read(ReadOnlySpan<byte> head) => new(
        BinaryPrimitives.ReadInt32LittleEndian(head),
        (SpoolFrameKind)BinaryPrimitives.ReadInt32LittleEndian(head[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(head[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(head[12..]),
        BinaryPrimitives.ReadInt64LittleEndian(head[16..]),
        BinaryPrimitives.ReadUInt32LittleEndian(head[ChecksumAt..]));

    /// <summary>Fills in the head of a frame whose payload is there already.</summary>
    public static void Write(Span<byte> frame, SpoolFrameKind kind, int rows, int rawBytes, long position)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(frame[8..], rows);
        BinaryPrimitives.WriteInt32LittleEndian(frame[12..], rawBytes);
        BinaryPrimitives.WriteInt64LittleEndian(frame[16..], position);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[ChecksumAt..], Crc(frame[..ChecksumAt], frame[HeadBytes..]));
    }

    public static uint Crc(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload) => ~Add(Add(uint.MaxValue, head[..ChecksumAt]), payload);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return crc;
    }
}
