using System.Text.Json;

namespace AdxFlow.Ingestion.Spool;

/// <summary>What has become of the batches: entries put one behind the other, so that a torn one takes nothing else with it.</summary>
internal sealed class SpoolJournal : IDisposable
{
    public const string FileName = "journal";

    private readonly FileStream _file;

    private SpoolJournal(FileStream file) => _file = file;

    /// <summary>The last entry of each batch.</summary>
    public static SortedDictionary<int, SpoolRecord> Read(string directory)
    {
        try
        {
            try
            {
                return ReadOnce(directory);
            }
            catch (AdxException)
            {
                // Whoever is at work on it may have ended the entry, and put another behind it, while one read. Damage stays.
                return ReadOnce(directory);
            }
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Opens it to go on behind its last whole entry.</summary>
    public static (SpoolJournal Journal, SortedDictionary<int, SpoolRecord> Records) Open(string directory)
    {
        FileStream file = SpoolFiles.OpenToWrite(Path.Combine(directory, FileName), FileMode.OpenOrCreate);
        try
        {
            // The reader would close the file, which is to be written to.
            var reader = new SpoolFrameReader(file);
            SortedDictionary<int, SpoolRecord> records = Read(reader, directory);
            file.SetLength(reader.End);
            file.Position = reader.End;
            return (new SpoolJournal(file), records);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Puts an entry on disk before it returns.</summary>
    public void Append(SpoolRecord record)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, SpoolFiles.Json);
        byte[] frame = new byte[SpoolFrame.HeadBytes + json.Length];
        json.CopyTo(frame, SpoolFrame.HeadBytes);
        SpoolFrame.Write(frame, SpoolFrameKind.Record, 0, 0, 0);
        long end = _file.Position;
        try
        {
            _file.Write(frame);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // The next entry must not stand behind half of this one, where nobody would find it.
            _file.SetLength(end);
            _file.Position = end;
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static SortedDictionary<int, SpoolRecord> ReadOnce(string directory)
    {
        using var reader = new SpoolFrameReader(SpoolFiles.OpenToRead(Path.Combine(directory, FileName)));
        return Read(reader, directory);
    }

    private static SortedDictionary<int, SpoolRecord> Read(SpoolFrameReader reader, string directory)
    {
        var records = new SortedDictionary<int, SpoolRecord>();
        while (reader.Read())
        {
            if (JsonSerializer.Deserialize<SpoolRecord>(reader.Payload.Span, SpoolFiles.Json) is { } record)
                records[record.Batch] = record;
        }
        // Entries that are gone from the middle may be those by which rows would not be sent twice.
        if (reader.IsFollowed())
            throw SpoolErrors.IsDamaged(directory, "an entry of its journal is not what was written.");
        return records;
    }
}
