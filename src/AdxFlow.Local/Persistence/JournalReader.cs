using System.Text.Json;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>Reads a journal up to its end, or to a write that was torn.</summary>
internal static class JournalReader
{
    /// <summary>The records, each with the rows that stand behind it in its frame.</summary>
    /// <exception cref="LocalPathException">A frame that is not the last was changed, or a record is one that this version does not know.</exception>
    public static IEnumerable<(StateRecord Record, byte[] Rows)> Read(DataFolder folder)
    {
        if (!File.Exists(folder.Journal)) yield break;
        using FileStream file = folder.OpenRead(folder.Journal);
        byte[] head = new byte[JournalFrame.HeadBytes];
        long at = 0;
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            if (!JournalFrame.TryRead(head, out JournalFrame frame))
            {
                if (IsBlank(file, head)) yield break;
                throw folder.Damaged($"its journal was changed at byte {at}");
            }

            // The head is whole, so its length is true: a body that ends early is a write that was torn.
            if (frame.Length > file.Length - at - JournalFrame.HeadBytes) yield break;
            byte[] body = new byte[frame.Length];
            file.ReadExactly(body);
            if (Crc32C.Add(Crc32C.Seed, body) != frame.Checksum) throw folder.Damaged($"its journal was changed at byte {at}");
            yield return (Parse(folder, body.AsSpan(0, frame.RecordLength), at), body[frame.RecordLength..]);
            at += JournalFrame.HeadBytes + frame.Length;
        }
    }

    /// <summary>After a loss of power a file can be longer than what was written to it; the rest is zeros then.</summary>
    private static bool IsBlank(FileStream file, byte[] head)
    {
        if (head.AsSpan().ContainsAnyExcept((byte)0)) return false;
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            if (buffer.AsSpan(0, read).ContainsAnyExcept((byte)0)) return false;
        }

        return true;
    }

    private static StateRecord Parse(DataFolder folder, ReadOnlySpan<byte> json, long at)
    {
        try
        {
            return JsonSerializer.Deserialize<StateRecord>(json, StateRecord.Json) ?? throw new JsonException("the record is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw folder.Damaged($"the record at byte {at} of its journal cannot be read: {e.Message}", e);
        }
    }
}
