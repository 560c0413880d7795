using System.IO.Compression;

namespace AdxFlow.Ingestion.Spool;

/// <summary>
/// The directory of one ingestion, held by this process alone: a manifest, a journal, and a file for each batch that the
/// service has not confirmed. Opening it mends what the process before left torn. Threads may share it.
/// </summary>
internal sealed class SpoolDirectory : IDisposable
{
    private const string LockName = "lock";

    // Who only looks whether a spool is in use holds its lock for some microseconds, which must not pass for use.
    private const int MostLooks = 20;
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly object _gate = new();
    private readonly FileStream _lock;
    private readonly SpoolJournal _journal;
    private readonly SortedDictionary<int, SpoolRecord> _records;
    private SpoolBatchWriter? _open;

    private SpoolDirectory(string path, SpoolManifest manifest, FileStream @lock, SpoolJournal journal, SortedDictionary<int, SpoolRecord> records)
    {
        Path = path;
        Manifest = manifest;
        _lock = @lock;
        _journal = journal;
        _records = records;
    }

    public string Path { get; }

    public SpoolManifest Manifest { get; }

    /// <summary>Input rows taken, from the first of the ingestion.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes of the batches on disk.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return (_open?.Bytes ?? 0) + _records.Values.Where(static record => record.State != AdxSpoolBatchState.Confirmed).Sum(static record => record.Bytes);
        }
    }

    /// <summary>Opens the spool of an ingestion, or makes it if it has no manifest yet.</summary>
    /// <param name="path">Its directory.</param>
    /// <param name="manifest">What it is if it is to be made; null to open only one that is there.</param>
    /// <exception cref="AdxException"><c>AdxSpoolInUse</c>, <c>AdxSpoolVersion</c>, <c>AdxSpoolNotFound</c>, <c>AdxSpoolDamaged</c>, <c>AdxSpoolFull</c>, or it cannot be used.</exception>
    public static SpoolDirectory Open(string path, SpoolManifest? manifest)
    {
        FileStream? held = null;
        SpoolDirectory? opened = null;
        try
        {
            SpoolManifest? found = SpoolManifest.Find(path);
            if (found is null && manifest is null)
                throw SpoolErrors.NotFound(path);
            SpoolFiles.MakeDirectory(path);
            held = TryLock(path) ?? throw SpoolErrors.InUse(path);
            // What was there may have been made, or removed, by whoever held it until now.
            found = SpoolManifest.Find(path);
            if (found is null)
            {
                found = manifest ?? throw SpoolErrors.NotFound(path);
                found.Save(path);
            }
            (SpoolJournal journal, SortedDictionary<int, SpoolRecord> records) = SpoolJournal.Open(path);
            opened = new SpoolDirectory(path, found, held, journal, records);
            opened.Recover();
            return opened;
        }
        catch (Exception failure)
        {
            if (opened is not null)
                opened.Dispose();
            else
                held?.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
                throw SpoolErrors.From(failure, path);
            throw;
        }
    }

    /// <summary>True while a process holds it.</summary>
    public static bool IsInUse(string path)
    {
        try
        {
            // Together with all others who look.
            using FileStream free = SpoolFiles.OpenTogether(System.IO.Path.Combine(path, LockName));
            return false;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public IReadOnlyList<SpoolRecord> Records(params AdxSpoolBatchState[] states)
    {
        lock (_gate)
            return [.. _records.Values.Where(record => states.Length == 0 || states.Contains(record.State))];
    }

    /// <summary>Opens the next batch. There is one at a time.</summary>
    public SpoolBatchWriter OpenBatch(string mapping, CompressionLevel level)
    {
        lock (_gate)
        {
            int number = _records.Count == 0 ? 1 : _records.Keys.Last() + 1;
            try
            {
                return _open = new SpoolBatchWriter(Path, number, new SpoolBatchHeader(Guid.NewGuid(), mapping), Position, level);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw SpoolErrors.From(failure, Path);
            }
        }
    }

    /// <summary>Ends the open batch; it is known to be whole when this returns.</summary>
    public SpoolRecord Seal(SpoolBatchWriter batch)
    {
        SpoolRecord record = batch.Seal();
        lock (_gate)
        {
            Position = record.Position;
            _open = null;
            Put(record);
        }
        return record;
    }

    /// <summary>Leaves the open batch as it is on disk, for whoever opens the spool next.</summary>
    public void Leave(SpoolBatchWriter batch)
    {
        batch.Dispose();
        lock (_gate)
            Position = batch.Position;
    }

    /// <summary>Notes how far a batch has come. What is confirmed is not kept.</summary>
    public void Note(SpoolRecord record)
    {
        lock (_gate)
            Put(record);
        if (record.State != AdxSpoolBatchState.Confirmed)
            return;
        try
        {
            DeleteBatch(record.Batch);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // Whoever opens the spool next deletes it: that it is confirmed is on disk.
        }
    }

    /// <summary>Drops everything, the directory too.</summary>
    public void Remove()
    {
        _journal.Dispose();
        Delete(Path, _lock);
    }

    /// <summary>Holds a spool in whatever state it is, so that nobody else does.</summary>
    /// <exception cref="AdxException"><c>AdxSpoolInUse</c>, <c>AdxSpoolVersion</c>, <c>AdxSpoolNotFound</c>, or it cannot be used.</exception>
    public static FileStream Hold(string path)
    {
        try
        {
            _ = SpoolManifest.Find(path) ?? throw SpoolErrors.NotFound(path);
        }
        catch (AdxException damage) when (damage.ErrorId == SpoolErrors.Damaged)
        {
            // It can still be dropped.
        }
        try
        {
            return TryLock(path) ?? throw SpoolErrors.InUse(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SpoolErrors.From(failure, path);
        }
    }

    /// <summary>Deletes a spool that is held.</summary>
    public static void Delete(string path, FileStream held)
    {
        try
        {
            foreach (int number in SpoolBatchFile.NumbersIn(path))
                File.Delete(SpoolBatchFile.PathOf(path, number));
            // Without its manifest it is no spool any more, so that goes only when there is no row left.
            File.Delete(System.IO.Path.Combine(path, SpoolManifest.FileName));
            File.Delete(System.IO.Path.Combine(path, SpoolJournal.FileName));
            held.Dispose();
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It is what was wanted.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SpoolErrors.From(failure, path);
        }
    }

    /// <summary>True when every row that was ever in it is in the table.</summary>
    public bool IsEmpty => Records().All(static record => record.State == AdxSpoolBatchState.Confirmed) && SpoolBatchFile.NumbersIn(Path).Count == 0;

    public void Dispose()
    {
        _journal.Dispose();
        _lock.Dispose();
    }

    private static FileStream? TryLock(string path)
    {
        for (int look = 1; ; look++)
        {
            try
            {
                return SpoolFiles.OpenAlone(System.IO.Path.Combine(path, LockName));
            }
            catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && !SpoolErrors.IsDiskFull(held))
            {
                if (look == MostLooks)
                    return null;
                Thread.Sleep(PauseBetweenLooks);
            }
        }
    }

    private void Recover()
    {
        foreach ((int batch, SpoolRecord record) in _records)
        {
            Position = Math.Max(Position, record.Position);
            if (record.State == AdxSpoolBatchState.Confirmed)
                DeleteBatch(batch);
        }
        IReadOnlyList<int> numbers = SpoolBatchFile.NumbersIn(Path);
        foreach (int number in numbers.Where(number => !_records.ContainsKey(number)))
        {
            var file = SpoolBatchFile.Scan(Path, number);
            if (file.Rows == 0 && number == numbers[^1])
            {
                // Its first rows were never whole, so that they do not count as taken.
                DeleteBatch(number);
                continue;
            }
            // A batch is opened when the one before is whole on disk: only the last can be torn.
            if (file.Header is null || (number != numbers[^1] && !file.IsSealed) || file.Start != Position)
                throw SpoolErrors.IsDamaged(Path, $"the file of batch {number} is not what was written.");
            Put(file.Mend(Path, number));
            Position = file.Position;
        }
    }

    private void Put(SpoolRecord record)
    {
        try
        {
            _journal.Append(record);
        }
        catch (IOException failure)
        {
            throw SpoolErrors.From(failure, Path);
        }
        _records[record.Batch] = record;
    }

    private void DeleteBatch(int number) => File.Delete(SpoolBatchFile.PathOf(Path, number));
}
