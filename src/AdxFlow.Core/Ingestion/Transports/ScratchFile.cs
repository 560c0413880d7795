using Microsoft.Win32.SafeHandles;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// A temporary file for the batches of a file that are held until it has proved whole, when memory has no more room for them.
/// It is made when it is needed, readable by its owner alone, and gone with the process.
/// </summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly object _gate = new();
    private SafeFileHandle? _file;
    private long _end;

    /// <summary>Writes bytes; returns where they are.</summary>
    public async ValueTask<long> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        SafeFileHandle file;
        long place;
        lock (_gate)
        {
            file = _file ??= Create();
            place = _end;
            _end += bytes.Length;
        }
        await RandomAccess.WriteAsync(file, bytes, place, cancel);
        return place;
    }

    public async ValueTask ReadAsync(Memory<byte> bytes, long place, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
        {
            int count = await RandomAccess.ReadAsync(_file!, bytes, place, cancel);
            if (count == 0)
                throw new EndOfStreamException("The temporary file has been cut.");
            bytes = bytes[count..];
            place += count;
        }
    }

    public void Dispose() => _file?.Dispose();

    private static SafeFileHandle Create()
    {
        string path = Path.Combine(Path.GetTempPath(), "adxflow-" + Path.GetRandomFileName());
        SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
