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
    private StateImage? _image;
    private JournalWriter? _journal;

    private StateLog(DataFolder? folder)
    {
        _folder = folder;
        _image = folder is null ? null : new StateImage();
    }

    /// <summary>Keeps nothing.</summary>
    public static StateLog None { get; } = new(null);

    public bool Keeps => _folder is not null;

    /// <summary>The folder; null for none.</summary>
    public string? Path => _folder?.Path;

    public FolderManifest? Manifest => _folder?.Manifest;

    /// <summary>Opens a folder, and leaves what it holds as it is until <see cref="Begin"/>.</summary>
    /// <param name="path">The folder; it is made if it is not there.</param>
    /// <exception cref="LocalPathException">It cannot be used.</exception>
    public static StateLog Open(string path)
    {
        DataFolder folder = DataFolder.Open(path);
        try
        {
            var log = new StateLog(folder);
            if (folder.IsNew) return log;
            foreach ((StateRecord record, byte[] rows) in JournalReader.Read(folder))
                log._image!.Apply(record, rows);
            return log;
        }
        catch (Exception e)
        {
            folder.Dispose();
            throw Refusal(folder, e);
        }
    }

    /// <summary>What the folder held when it was opened; null where nothing is kept, and once it is written to.</summary>
    public StateImage? Image => _image;

    /// <summary>
    /// Begins to write, once all that the folder holds was read and found whole: a journal that tells what is, and no longer how it
    /// came about, takes the place of the old one. Files that it does not name go.
    /// </summary>
    /// <exception cref="LocalPathException">The disk does not take it.</exception>
    public void Begin()
    {
        if (_folder is null || _image is null) return;
        try
        {
            _journal = _folder.Rewrite([.. _image.Records()]);
            _folder.DeleteAllBut(_image.RowsFiles(), _image.BlobFiles());
            _image = null;
        }
        catch (Exception e)
        {
            throw Refusal(_folder, e);
        }
    }

    public LocalPathException Damaged(Exception cause) => _folder!.Damaged(cause.Message, cause);

    public void Append(StateRecord record) => _journal?.Append(record, []);

    /// <summary>Comes back when all that was kept until now is on the disk, and a loss of power does not take it away.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public Task FlushAsync() => _journal?.FlushAsync() ?? Task.CompletedTask;

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

    public void Append(RowsRecord record, KeptRows rows)
    {
        if (_journal is null) return;
        _journal.Append(record with { File = rows.File }, rows.Inline);
        rows.IsEntered = true;
    }

    /// <summary>Takes rows back that were written and are not entered.</summary>
    public void Discard(KeptRows rows)
    {
        if (rows is { IsEntered: false, File: { } file }) Delete(_folder!.RowsFile(file.Id));
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

    /// <summary>Writes the bytes of a blob or block into a file.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take them.</exception>
    public KeptFile Write(BlobContent content)
    {
        if (_folder is null) return KeptFile.None;
        var id = Guid.NewGuid();
        return WriteFile(_folder.BlobFile(id), id, file =>
        {
            foreach (ReadOnlyMemory<byte> segment in content.Segments)
                file.Write(segment.Span);
        });
    }

    /// <summary>Takes the file of a block back that no record came to name.</summary>
    public void Discard(BlockState block)
    {
        if (_folder is not null) Delete(_folder.BlobFile(block.File));
    }

    /// <summary>The bytes of a block.</summary>
    /// <exception cref="LocalPathException">Their file is missing or was changed.</exception>
    public BlobContent Read(BlockState block)
    {
        using FileStream file = _folder!.OpenRead(_folder.BlobFile(block.File));
        BlobContent content = BlobContent.Read(file);
        if (block.Checksum is null) return content;
        uint checksum = content.Segments.Aggregate(Crc32C.Seed, (crc, segment) => Crc32C.Add(crc, segment.Span));
        return checksum == block.Checksum && content.Length == block.Length ? content : throw _folder.Damaged($"the checksum of '{file.Name}' is wrong");
    }

    /// <summary>Deletes files once it is on the disk that nothing names them any more.</summary>
    public void Delete(IEnumerable<Guid> blobFiles)
    {
        if (_folder is null) return;
        foreach (Guid id in blobFiles)
            _journal?.WhenFlushed(() => Delete(_folder.BlobFile(id)));
    }

    public void Dispose()
    {
        try
        {
            _journal?.Flush();
        }
        catch (InvalidOperationException)
        {
            // What was written is the system's; it can do no more for a disk that fails.
        }

        _journal?.Dispose();
        _folder?.Dispose();
    }

    private static LocalPathException Refusal(DataFolder folder, Exception cause) => cause switch
    {
        LocalPathException refusal => refusal,
        IOException or UnauthorizedAccessException or InvalidOperationException =>
            new LocalPathException(LocalPathProblem.Unusable, folder.Path, $"The folder '{folder.Path}' cannot be used: {cause.Message}", cause),
        _ => folder.Damaged(cause.Message, cause),
    };

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

    /// <summary>Writes a file and brings it to the disk: a record that names it must not be there without it.</summary>
    private static KeptFile WriteFile(string path, Guid id, Action<Stream> write)
    {
        try
        {
            using FileStream file = OwnerFile.Create(path, 128 * 1024);
            var target = new CheckedStream(file);
            write(target);
            file.Flush(flushToDisk: true);
            return new KeptFile(id, target.Position, target.Checksum);
        }
        catch (Exception e) when (OwnerFile.IsRefusal(e))
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
