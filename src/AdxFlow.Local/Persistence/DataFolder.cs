using System.Security.Cryptography;
using System.Text.Json;

namespace AdxFlow.Local.Persistence;

/// <summary>
/// The folder in which a stand-in keeps what it has: a manifest, a journal, and files of rows and of blobs that the journal
/// names. A lock, which the system frees with the process, keeps a second one out. Only files that lie in it are read: names
/// in the journal are ids, and links are refused.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string ManifestName = "adxflow-local.json";
    private const string LockName = "lock";
    private const string JournalName = "journal";
    private const string NewJournalName = "journal.new";
    private const string RowsName = "rows";
    private const string BlobsName = "blobs";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held, FolderManifest manifest)
    {
        Path = path;
        _lock = held;
        Manifest = manifest;
    }

    public string Path { get; }

    public FolderManifest Manifest { get; }

    public string Journal => System.IO.Path.Combine(Path, JournalName);

    public string NewJournal => System.IO.Path.Combine(Path, NewJournalName);

    /// <summary>Takes a folder, or makes it.</summary>
    /// <exception cref="LocalPathException">It cannot be used.</exception>
    public static DataFolder Open(string path)
    {
        try
        {
            path = System.IO.Path.GetFullPath(path);
            if (!OperatingSystem.IsWindows())
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            else
                Directory.CreateDirectory(path);
            bool known = File.Exists(System.IO.Path.Combine(path, ManifestName));
            if (!known && Directory.EnumerateFileSystemEntries(path).Any(e => !System.IO.Path.GetFileName(e).StartsWith(LockName, StringComparison.Ordinal)))
                throw new LocalPathException(LocalPathProblem.NotOfStandIn, path, $"The folder '{path}' holds files, but is not one of the stand-in.");
            FileStream held = Hold(path);
            try
            {
                FolderManifest manifest = known ? ReadManifest(path) : WriteManifest(path);
                foreach (string name in (string[])[RowsName, BlobsName])
                {
                    string inner = System.IO.Path.Combine(path, name);
                    Directory.CreateDirectory(inner);
                    RefuseLink(path, new DirectoryInfo(inner));
                }

                return new DataFolder(path, held, manifest);
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

    public LocalPathException Damaged(string why, Exception? cause = null) =>
        new(LocalPathProblem.Damaged, Path, $"The folder '{Path}' is damaged: {why}.", cause);

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

    private static FileStream Hold(string path)
    {
        string file = System.IO.Path.Combine(path, LockName);
        RefuseLink(path, new FileInfo(file));
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new LocalPathException(LocalPathProblem.InUse, path, $"Another stand-in has the folder '{path}'.", e);
        }
    }

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

            return document.RootElement.Deserialize<FolderManifest>() is { SignatureKey.Length: > 0, IdentityKey.Length: > 0 } manifest
                ? manifest
                : throw new JsonException("a key is missing");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new LocalPathException(LocalPathProblem.Damaged, path, $"The folder '{path}' is damaged: '{ManifestName}' cannot be read: {e.Message}", e);
        }
    }

    private static FolderManifest WriteManifest(string path)
    {
        var manifest = new FolderManifest(FolderManifest.CurrentFormat, LocalCluster.Version, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        string file = System.IO.Path.Combine(path, ManifestName);

        // A name of its own first: half a manifest would make the folder unusable.
        string draft = System.IO.Path.Combine(path, LockName + ".json");
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(manifest));
        File.Move(draft, file);
        return manifest;
    }

    private static void RefuseLink(string path, FileSystemInfo file)
    {
        if (file.LinkTarget is not null)
            throw new LocalPathException(LocalPathProblem.Damaged, path, $"The folder '{path}' is damaged: '{file.Name}' is a link, and nothing outside of the folder is read.");
    }
}
