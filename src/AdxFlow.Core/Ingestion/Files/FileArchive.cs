using System.IO.Compression;

namespace AdxFlow.Ingestion.Files;

/// <summary>The files in a zip archive.</summary>
internal sealed class FileArchive : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly string _path;

    /// <exception cref="InvalidDataException">It is no archive, or cut.</exception>
    public FileArchive(FileSource source)
    {
        _path = source.Path;
        _archive = new ZipArchive(new BufferedStream(source.Stream), ZipArchiveMode.Read);
        Entries = [.. _archive.Entries.Where(static entry => entry.Name.Length > 0 && entry.Length > 0)];
        if (Entries.Count == 0)
            throw FileErrors.Empty(_path);
    }

    /// <summary>The files that have something in them.</summary>
    public IReadOnlyList<ZipArchiveEntry> Entries { get; }

    /// <summary>Their size, unpacked, as the archive's directory says.</summary>
    public long RawSize => Entries.Sum(static entry => entry.Length);

    /// <summary>The one format that the names of the files tell.</summary>
    public AdxDataFormat FormatFromNames()
    {
        AdxDataFormat first = FormatOf(Entries[0]);
        foreach (ZipArchiveEntry entry in Entries.Skip(1))
        {
            if (FormatOf(entry) is var other && other != first)
                throw FileErrors.MixedArchive(_path, first, other);
        }
        return first;
    }

    /// <summary>Reads one file after the other.</summary>
    public async Task<bool> ReadAsync(Func<CountingStream, string, Task<bool>> read)
    {
        foreach (ZipArchiveEntry entry in Entries)
        {
            await using Stream content = entry.Open();
            var counting = new CountingStream(content);
            if (!await read(counting, NameOf(entry)))
                return false;
            // The runtime takes the end of the data for the end of the content.
            if (counting.Count != entry.Length)
                throw new EndOfStreamException($"'{entry.FullName}' has {counting.Count} of {entry.Length} bytes.");
        }
        return true;
    }

    public void Dispose() => _archive.Dispose();

    private AdxDataFormat FormatOf(ZipArchiveEntry entry) => DataFormats.FromName(entry.Name) ?? throw FileErrors.FormatUnknown(NameOf(entry));

    private string NameOf(ZipArchiveEntry entry) => $"{_path}/{entry.FullName}";
}
