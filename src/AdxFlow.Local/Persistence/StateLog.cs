using AdxFlow.Local.Endpoints.Storage.Blobs;
using AdxFlow.Local.Persistence.Extents;
using AdxFlow.Local.Persistence.Records;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Persistence;

/// <summary>
/// Keeps what changes, so that a stand-in started later on the same folder has it. Each change is written before it is
/// answered; a stand-in without a folder keeps nothing, and writes nothing.
/// </summary>
internal sealed class StateLog : IDisposable
{
    // Fewer rows than these may stand in the journal itself; a file for each small request would be many files.
    private const int MaxInlineRows = 4096;
    private const int MaxInlineBytes = 64 * 1024;

    private readonly DataFolder? _folder;
    private readonly JournalWriter? _journal;

    private StateLog(DataFolder? folder, JournalWriter? journal)
    {
        _folder = folder;
        _journal = journal;
    }

    /// <summary>Keeps nothing.</summary>
    public static StateLog None { get; } = new(null, null);

    public bool Keeps => _journal is not null;

    /// <summary>The folder; null for none.</summary>
    public string? Path => _folder?.Path;

    public FolderManifest? Manifest => _folder?.Manifest;

    /// <summary>Opens a folder.</summary>
    /// <param name="path">The folder; it is made if it is not there.</param>
    /// <param name="image">What it holds.</param>
    /// <exception cref="LocalPathException">It cannot be used.</exception>
    public static StateLog Open(string path, out StateImage image)
    {
        DataFolder folder = DataFolder.Open(path);
        try
        {
            image = new StateImage();
            foreach ((StateRecord record, byte[] rows) in JournalReader.Read(folder))
                image.Apply(record, rows);
            return new StateLog(folder, Rewrite(folder, image));
        }
        catch (Exception e)
        {
            folder.Dispose();
            if (e is LocalPathException) throw;
            throw e is IOException or UnauthorizedAccessException or InvalidOperationException
                ? new LocalPathException(LocalPathProblem.Unusable, folder.Path, $"The folder '{folder.Path}' cannot be used: {e.Message}", e)
                : folder.Damaged(e.Message, e);
        }
    }

    public LocalPathException Damaged(Exception cause) => _folder!.Damaged(cause.Message, cause);

    public void Append(StateRecord record) => _journal?.Append(record, []);

    /// <summary>Writes rows to the disk, if they are many; they count once <see cref="Append(RowsRecord, KeptRows)"/> has entered them.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take them.</exception>
    public KeptRows Write(IReadOnlyList<RowChunk> chunks)
    {
        if (_folder is null) return KeptRows.None;
        if (chunks.Sum(c => (long)c.Count) <= MaxInlineRows)
        {
            var memory = new MemoryStream();
            Write(memory, chunks);
            if (memory.Length <= MaxInlineBytes) return new KeptRows(null, memory.ToArray());
        }

        var id = Guid.NewGuid();
        return new KeptRows(WriteFile(_folder.RowsFile(id), id, file => Write(file, chunks)), []);
    }

    public void Append(RowsRecord record, KeptRows rows) => _journal?.Append(record with { File = rows.File }, rows.Inline);

    /// <summary>Takes rows back that were written and are not entered.</summary>
    public void Discard(KeptRows rows)
    {
        if (rows.File is { } file) Delete(_folder!.RowsFile(file.Id));
    }

    /// <summary>The rows of a record.</summary>
    /// <exception cref="LocalPathException">They are missing or were changed.</exception>
    public List<RowChunk> Read(RowsRecord record, byte[] inline)
    {
        try
        {
            if (record.File is not { } named) return Read(new MemoryStream(inline));
            using FileStream file = _folder!.OpenRead(_folder.RowsFile(named.Id));

            // What was changed must not be read as if it were rows: its lengths could ask for any memory.
            var written = new CheckedStream(file);
            written.CopyTo(Stream.Null);
            if (written.Checksum != named.Checksum || written.Position != named.Length) throw new InvalidDataException($"the checksum of '{file.Name}' is wrong");
            file.Position = 0;
            return Read(file);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException)
        {
            throw _folder!.Damaged($"rows of table '{record.Table}' of database '{record.Database}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the bytes of a blob or block; the id names their file.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take them.</exception>
    public Guid Write(BlobContent content)
    {
        if (_folder is null) return Guid.Empty;
        var id = Guid.NewGuid();
        WriteFile(_folder.BlobFile(id), id, file =>
        {
            foreach (ReadOnlyMemory<byte> segment in content.Segments)
                file.Write(segment.Span);
        });
        return id;
    }

    /// <summary>The bytes that a file holds.</summary>
    /// <exception cref="LocalPathException">It is missing.</exception>
    public BlobContent Read(Guid id)
    {
        using FileStream file = _folder!.OpenRead(_folder.BlobFile(id));
        return BlobContent.Read(file);
    }

    public void Delete(IEnumerable<Guid> blobFiles)
    {
        if (_folder is null) return;
        foreach (Guid id in blobFiles)
            Delete(_folder.BlobFile(id));
    }

    public void Dispose()
    {
        if (!Keeps) return;
        try
        {
            _journal!.Flush();
        }
        catch (IOException)
        {
            // What was written is the system's; it can do no more for a disk that fails.
        }

        _journal!.Dispose();
        _folder!.Dispose();
    }

    /// <summary>Writes a journal that holds what is, and no longer how it came about; files that it does not name go.</summary>
    private static JournalWriter Rewrite(DataFolder folder, StateImage image)
    {
        var journal = new JournalWriter(folder.NewJournal);
        try
        {
            foreach ((StateRecord record, byte[] rows) in image.Records())
                journal.Append(record, rows);
            journal.Flush();
            journal.MoveTo(folder.Journal);
            folder.DeleteAllBut(image.RowsFiles(), image.BlobFiles());
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private static void Write(Stream target, IReadOnlyList<RowChunk> chunks)
    {
        using var writer = new RowsWriter(target);
        writer.Write(chunks);
    }

    private static List<RowChunk> Read(Stream source)
    {
        using var reader = new RowsReader(source);
        return reader.Read();
    }

    private static RowsFile WriteFile(string path, Guid id, Action<Stream> write)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024);
            var target = new CheckedStream(file);
            write(target);
            return new RowsFile(id, target.Position, target.Checksum);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Delete(path);
            throw new InvalidOperationException($"The stand-in cannot write to '{path}': {e.Message}", e);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start deletes what the journal does not name.
        }
    }
}
