namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// A temporary file for the batches of a file that are held until it has proved whole, when memory has no more room for them.
/// It is made when it is needed, readable by its owner alone, and gone with the process, however that ends. Its room is used anew
/// once nothing in it is wanted any more.
/// </summary>
/// <param name="directory">Where to make it.</param>
internal sealed class ScratchFile(string directory) : IDisposable
{
    private readonly object _gate = new();
    private FileStream? _file;
    private long _end;
    private long _wanted;

    /// <summary>Writes bytes; returns where they are.</summary>
    public async ValueTask<long> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        FileStream file;
        long place;
        lock (_gate)
        {
            file = _file ??= Create();
            place = _end;
            _end += bytes.Length;
            _wanted += bytes.Length;
        }
        try
        {
            await RandomAccess.WriteAsync(file.SafeFileHandle, bytes, place, cancel);
            return place;
        }
        catch
        {
            Free(bytes.Length);
            throw;
        }
    }

    /// <summary>Says that so many of the bytes written will not be read any more.</summary>
    public void Free(long bytes)
    {
        lock (_gate)
        {
            _wanted -= bytes;
            if (_wanted == 0)
                _end = 0;
        }
    }

    public async ValueTask ReadAsync(Memory<byte> bytes, long place, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
        {
            int count = await RandomAccess.ReadAsync(_file!.SafeFileHandle, bytes, place, cancel);
            if (count == 0)
                throw new EndOfStreamException("The temporary file has been cut.");
            bytes = bytes[count..];
            place += count;
        }
    }

    public void Dispose() => _file?.Dispose();

    private FileStream Create()
    {
        string path = Path.Combine(directory, "adxflow-" + Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows())
        {
            options.Options |= FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // What is open needs no name. Nothing is left of it then when the process is killed.
        File.Delete(path);
        return file;
    }
}
