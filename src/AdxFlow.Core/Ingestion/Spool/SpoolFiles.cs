using System.Text.Json;

namespace AdxFlow.Ingestion.Spool;

/// <summary>How the files of a spool are made and opened: for nobody but the user, as they hold the rows.</summary>
internal static class SpoolFiles
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode700 = FileMode600 | UnixFileMode.UserExecute;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, DirectoryMode700);
    }

    /// <summary>Opens a file to write, without a buffer: what a write gave back is the system's, whatever becomes of this process.</summary>
    public static FileStream OpenToWrite(string path, FileMode mode) => Open(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Opens a file to read, whoever else writes it.</summary>
    public static FileStream OpenToRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024, FileOptions.SequentialScan);

    /// <summary>Opens a file that nobody else may have open.</summary>
    public static FileStream OpenAlone(string path) => Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Opens a file that nobody has open alone; throws where somebody has.</summary>
    public static FileStream OpenTogether(string path) => Open(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Makes a small file whole or not at all.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string unfinished = path + ".new";
        using (FileStream file = OpenToWrite(unfinished, FileMode.Create))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
            options.UnixCreateMode = FileMode600;
        return new FileStream(path, options);
    }
}
