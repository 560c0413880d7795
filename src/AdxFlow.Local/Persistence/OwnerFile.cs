using Microsoft.Win32.SafeHandles;

namespace AdxFlow.Local.Persistence;

/// <summary>Makes files and folders that only their owner may read, where the system can do that.</summary>
internal static class OwnerFile
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>True for what the system answers to a write that it does not take. The runtime tells of a file that would become larger than
    /// it may be by an exception that is meant for arguments.</summary>
    public static bool IsRefusal(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Opens a file to be written at positions, without a buffer: a write is the system's when it returns.</summary>
    public static SafeFileHandle OpenHandle(string path, FileMode mode)
    {
        // A handle takes no mode of its own, so the file is made first.
        if (mode == FileMode.CreateNew) Create(path, 0).Dispose();
        return System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Makes a file that is not there yet.</summary>
    public static FileStream Create(string path, int bufferSize)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File;
        return new FileStream(path, options);
    }

    /// <summary>Makes a folder, if it is not there.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, File | UnixFileMode.UserExecute);
    }
}
