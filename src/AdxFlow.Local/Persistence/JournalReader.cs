using System.Text.Json;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>Reads a journal up to its end, or to a write that was torn.</summary>
internal static class JournalReader
{
    // A disk writes no less than this at once; after a loss of power the rest of a file can be zeros.
    private const int Sector = 512;

    /// <summary>The records, each with the rows that stand behind it in its frame.</summary>
    /// <exception cref="LocalPathException">The journal is missing, a frame that is not the last was changed, or a record is one
    /// that this version does not know.</exception>
    public static IEnumerable<(StateRecord Record, byte[] Rows)> Read(DataFolder folder)
    {
        using FileStream file = folder.OpenRead(folder.Journal);

        // In form 1 a journal did not say how much was written at once.
        int promised = folder.Manifest.Format == 1 ? 0 : 1;
        foreach ((StateRecord record, byte[] rows) in Read(folder, file))
        {
            if (record is SnapshotRecord snapshot)
            {
                promised = snapshot.Records;
                continue;
            }

            promised--;
            yield return (record, rows);
        }

        if (promised > 0) throw folder.Damaged("its journal ends too early");
    }

    private static IEnumerable<(StateRecord Record, byte[] Rows)> Read(DataFolder folder, FileStream file)
    {
        byte[] head = new byte[JournalFrame.HeadBytes];
        long at = 0;
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            if (!JournalFrame.TryRead(head, out JournalFrame frame))
            {
                if (IsTorn(file, at, at + head.Length)) yield break;
                throw folder.Damaged($"its journal was changed at byte {at}");
            }

            // The head is whole, so its length is true: a body that ends early is a write that was torn.
            long next = at + head.Length + frame.Length;
            if (next > file.Length) yield break;
            byte[] body = new byte[frame.Length];
            file.ReadExactly(body);
            if (Crc32C.Add(Crc32C.Seed, body) != frame.Checksum)
            {
                if (IsTorn(file, at, next)) yield break;
                throw folder.Damaged($"its journal was changed at byte {at}");
            }

            yield return (Parse(folder, body.AsSpan(0, frame.RecordLength), at), body[frame.RecordLength..]);
            at = next;
        }
    }

    /// <summary>
    /// After a loss of power a file can be longer than what was written to it: the frame that begins at a position is zeros from
    /// its beginning or from that of a sector on, and so is the rest.
    /// </summary>
    private static bool IsTorn(FileStream file, long at, long end)
    {
        file.Position = at;
        byte[] buffer = new byte[64 * 1024];
        long position = at;
        long blankFrom = at;
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            int last = buffer.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            if (last >= 0) blankFrom = position + last + 1;
            position += read;
        }

        long sector = (blankFrom + Sector - 1) / Sector * Sector;
        return blankFrom == at || (blankFrom <= end && sector < position);
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
