using System.Security.Cryptography;
using System.Text.Json;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>
/// The folder in which a stand-in keeps what it has: a manifest, a journal, and files of rows and of blobs that the journal
/// names. A lock, which the system frees with the process, keeps a second one out. Only files that lie in it are read: names
/// in the journal are ids, and links are refused.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string ManifestName = "adxflow-local.json";
    private const string DraftName = "adxflow-local.json.new";
    private const string LockName = "lock";
    private const string JournalName = "journal";
    private const string NewJournalName = "journal.new";
    private const string RowsName = "rows";
    private const string BlobsName = "blobs";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held, FolderManifest manifest, bool isNew)
    {
        Path = path;
        _lock = held;
        Manifest = manifest;
        IsNew = isNew;
    }

    public string Path { get; }

    public FolderManifest Manifest { get; private set; }

    /// <summary>True where nothing was ever kept in it.</summary>
    public bool IsNew { get; private set; }

    public string Journal => System.IO.Path.Combine(Path, JournalName);

    /// <summary>Takes a folder, or makes it. What it holds is not changed before <see cref="Rewrite"/>.</summary>
    /// <exception cref="LocalPathException">It cannot be used.</exception>
    public static DataFolder Open(string path)
    {
        try
        {
            path = System.IO.Path.GetFullPath(path);
            OwnerFile.CreateDirectory(path);

            // Nothing is made in a folder of somebody else; what a stand-in has of its own is settled only once the lock is held.
            IsUnused(path);
            FileStream held = Hold(path);
            try
            {
                bool isNew = IsUnused(path);
                FolderManifest manifest = isNew
                    ? new FolderManifest(FolderManifest.CurrentFormat, "", RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32))
                    : ReadManifest(path);
                foreach (string name in (string[])[RowsName, BlobsName])
                    RefuseLink(path, new DirectoryInfo(System.IO.Path.Combine(path, name)));
                return new DataFolder(path, held, manifest, isNew);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LocalPathException(LocalPathProblem.Unusable, path, $"The folder '{path}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Writes a journal in place of the one that is there, and makes the folder one of the form of this version.</summary>
    /// <returns>The journal, to go on with.</returns>
    public JournalWriter Rewrite(IReadOnlyCollection<(StateRecord Record, byte[] Rows)> records)
    {
        bool seals = IsNew || Manifest.Format < FolderManifest.CurrentFormat;
        if (seals) WriteDraft();
        foreach (string name in (string[])[RowsName, BlobsName])
            OwnerFile.CreateDirectory(System.IO.Path.Combine(Path, name));
        var journal = new JournalWriter(System.IO.Path.Combine(Path, NewJournalName));
        try
        {
            journal.Append(new SnapshotRecord(records.Count), []);
            foreach ((StateRecord record, byte[] rows) in records)
                journal.Append(record, rows);
            journal.Flush();
            journal.MoveTo(Journal);

            // The manifest comes last: a folder that has one has a journal.
            if (seals) File.Move(System.IO.Path.Combine(Path, DraftName), System.IO.Path.Combine(Path, ManifestName), overwrite: true);
            IsNew = false;
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    public string RowsFile(Guid id) => System.IO.Path.Combine(Path, RowsName, id.ToString("N"));

    public string BlobFile(Guid id) => System.IO.Path.Combine(Path, BlobsName, id.ToString("N"));

    /// <summary>Opens a file of the folder to be read from its beginning.</summary>
    /// <exception cref="LocalPathException">It is missing, or a link.</exception>
    public FileStream OpenRead(string file)
    {
        try
        {
            RefuseLink(Path, new FileInfo(file));
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Damaged($"the file '{file}' is missing", e);
        }
    }

    public LocalPathException Damaged(string why, Exception? cause = null) => Damaged(Path, why, cause);

    /// <summary>Deletes the files that the journal does not name: what a process wrote and did not come to enter.</summary>
    public void DeleteAllBut(IReadOnlySet<Guid> rows, IReadOnlySet<Guid> blobs)
    {
        foreach ((string name, IReadOnlySet<Guid> kept) in ((string, IReadOnlySet<Guid>)[])[(RowsName, rows), (BlobsName, blobs)])
        {
            foreach (string file in Directory.EnumerateFiles(System.IO.Path.Combine(Path, name)))
            {
                if (Guid.TryParseExact(System.IO.Path.GetFileName(file), "N", out Guid id) && !kept.Contains(id)) File.Delete(file);
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>True where a folder is empty, or a stand-in was about to make it its own and did not come to the end.</summary>
    private static bool IsUnused(string path)
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(path).Select(e => System.IO.Path.GetFileName(e))];
        if (names.Contains(ManifestName)) return false;
        if (names.All(n => n is LockName or DraftName)) return true;
        bool hasJournal = names.Contains(JournalName);
        bool isOwn = Array.TrueForAll(names, n => n is LockName or DraftName or JournalName or NewJournalName or RowsName or BlobsName);
        if (!isOwn || (!hasJournal && !names.Contains(DraftName)))
            throw new LocalPathException(LocalPathProblem.NotOfStandIn, path, $"The folder '{path}' holds files, but is not one of the stand-in.");
        return names.Contains(DraftName) ? true : throw Damaged(path, $"'{ManifestName}' is missing");
    }

    private static FileStream Hold(string path)
    {
        string file = System.IO.Path.Combine(path, LockName);
        RefuseLink(path, new FileInfo(file));
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsShared(e))
        {
            throw new LocalPathException(LocalPathProblem.InUse, path, $"Another stand-in has the folder '{path}'.", e);
        }
    }

    /// <summary>Whether a file could not be opened because another has it: on Windows a violation of sharing or locking, else
    /// EAGAIN, which has a number of its own on Linux and on macOS.</summary>
    private static bool IsShared(IOException error) => OperatingSystem.IsWindows()
        ? error.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : error.HResult is 11 or 35;

    private static FolderManifest ReadManifest(string path)
    {
        string file = System.IO.Path.Combine(path, ManifestName);
        RefuseLink(path, new FileInfo(file));
        try
        {
            byte[] json = File.ReadAllBytes(file);
            using JsonDocument document = JsonDocument.Parse(json);
            int format = document.RootElement.GetProperty(nameof(FolderManifest.Format)).GetInt32();
            if (format > FolderManifest.CurrentFormat)
            {
                throw new LocalPathException(
                    LocalPathProblem.Newer, path, $"The folder '{path}' was written by a newer version of the stand-in (form {format}); this one knows form {FolderManifest.CurrentFormat}.");
            }

            return document.RootElement.Deserialize<FolderManifest>() is { IsWhole: true } manifest ? manifest : throw new JsonException("it was changed");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Damaged(path, $"'{ManifestName}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the manifest under a name of its own first: half of it would make the folder unusable.</summary>
    private void WriteDraft()
    {
        Manifest = Manifest.Seal();
        string draft = System.IO.Path.Combine(Path, DraftName);
        File.Delete(draft);
        using FileStream file = OwnerFile.Create(draft, 0);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(Manifest, StateRecord.Json));
        file.Flush(flushToDisk: true);
    }

    private static LocalPathException Damaged(string path, string why, Exception? cause = null) =>
        new(LocalPathProblem.Damaged, path, $"The folder '{path}' is damaged: {why}.", cause);

    private static void RefuseLink(string path, FileSystemInfo file)
    {
        if (file.LinkTarget is not null) throw Damaged(path, $"'{file.Name}' is a link, and nothing outside of the folder is read");
    }
}
