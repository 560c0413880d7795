using System.Buffers.Binary;

namespace AdxFlow.Local.Persistence;

/// <summary>
/// A frame of the journal: a head of 16 bytes, little endian, and its body. The head holds the length of the body (4), that of
/// the record at its beginning (4), the checksum of the body (4), and one of the head's own 12 bytes (4).
/// </summary>
internal readonly record struct JournalFrame(int Length, int RecordLength, uint Checksum)
{
    public const int HeadBytes = 16;
    private const int OwnChecksumAt = 12;

    /// <summary>Fills in the head of a frame whose body is there already.</summary>
    public static void Write(Span<byte> frame, int recordLength)
    {
        ReadOnlySpan<byte> body = frame[HeadBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], recordLength);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Crc32C.Add(Crc32C.Seed, body));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[OwnChecksumAt..], Crc32C.Add(Crc32C.Seed, frame[..OwnChecksumAt]));
    }

    /// <summary>Reads a head; false where it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> head, out JournalFrame frame)
    {
        frame = new JournalFrame(
            BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[4..]), BinaryPrimitives.ReadUInt32LittleEndian(head[8..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(head[OwnChecksumAt..]) == Crc32C.Add(Crc32C.Seed, head[..OwnChecksumAt])
            && frame.Length > 0 && frame.RecordLength > 0 && frame.RecordLength <= frame.Length;
    }
}
