using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Uploads one file, by the way that fits it: compressed files and those that count as a whole as they are; text cut into
/// batches between records. Nothing is given away before the file has proved whole, so that half a file is never ingested.
/// </summary>
internal sealed class FileUpload(ITransport transport, IngestionRequest request, CancellationToken cancel)
{
    /// <summary>What is smaller is better unpacked and put into a batch with others than sent as a blob of its own.</summary>
    public const int SmallestPassed = 1024 * 1024;

    private readonly WholeUpload _whole = new(transport, request, cancel);
    private readonly long _maxBytes = Math.Min(request.BatchBytes, transport.MaxBatchBytes);

    /// <summary>The file's batches, or its records where they fit a batch with others'. None is known to the service yet.</summary>
    /// <exception cref="AdxException">The file is missing, empty, cut or not readable; nothing of it is left behind.</exception>
    public async Task<UploadedFile> UploadAsync(FileIngestion file)
    {
        try
        {
            AdxDataFormat? format = FormatOf(file);
            using FileSource source = FileSource.Open(file.Path);
            return source.Packing switch
            {
                // Every format but an archive's is known by now.
                Packing.Zip => await UploadArchiveAsync(source, file, format),
                Packing.Gzip => await UploadGzipAsync(source, file, format!.Value),
                _ => await UploadPlainAsync(source, file, format!.Value),
            };
        }
        catch (EndOfStreamException cut)
        {
            throw FileErrors.CutPacking(file.Path, cut);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw FileErrors.Unreadable(file.Path, failure);
        }
    }

    /// <summary>The format, or null for an archive, whose files may tell it.</summary>
    /// <exception cref="AdxFileException">There is no such file, or nothing tells its format.</exception>
    public static AdxDataFormat? FormatOf(FileIngestion file)
    {
        FileSource.Check(file.Path);
        AdxDataFormat? format = file.Format ?? DataFormats.FromName(file.Path);
        return format is not null || DataFormats.PackingFromName(file.Path) == Packing.Zip ? format : throw FileErrors.FormatUnknown(file.Path);
    }

    private async Task<UploadedFile> UploadPlainAsync(FileSource source, FileIngestion file, AdxDataFormat format) => DataFormats.Form(format) switch
    {
        FormatForm.Binary => new UploadedFile(format, await _whole.CopyAsync(source, format, 0, source.Length, isEstimated: true)),
        FormatForm.Document => new UploadedFile(format, await _whole.CompressAsync(source, format)),
        _ => await SplitAsync(format, records => ReadAsync(source.Stream, source.Path, file, records)),
    };

    private async Task<UploadedFile> UploadGzipAsync(FileSource source, FileIngestion file, AdxDataFormat format)
    {
        FormatForm form = DataFormats.Form(format);
        if (form == FormatForm.Binary)
            return new UploadedFile(format, await _whole.CopyAsync(source, format, 0, Math.Max(source.Length, source.NotedRawSize()), isEstimated: true));
        if (form == FormatForm.Document)
        {
            return await _whole.PassGzipAsync(source, format, transport.MaxBatchBytes) is { } document
                ? new UploadedFile(format, document)
                : throw FileErrors.TooLarge(source.Path, Math.Max(source.Length, source.NotedRawSize()), transport.MaxBatchBytes, format);
        }
        if (MayPass(source, file) && source.NotedRawSize() <= _maxBytes)
        {
            if (await _whole.PassGzipAsync(source, format, _maxBytes) is { } passed)
                return new UploadedFile(format, passed);
            source.Rewind();
        }
        return await SplitAsync(format, async records =>
        {
            await using var content = new WholeGzipStream(source.Stream);
            return await ReadAsync(content, source.Path, file, records);
        });
    }

    private async Task<UploadedFile> UploadArchiveAsync(FileSource source, FileIngestion file, AdxDataFormat? named)
    {
        using var archive = new FileArchive(source);
        AdxDataFormat format = named ?? archive.FormatFromNames();
        FormatForm form = DataFormats.Form(format);
        if (form != FormatForm.Records)
        {
            source.Rewind();
            return new UploadedFile(format, await _whole.CopyAsync(source, format, DataFormats.RowsOfWhole(format) * archive.Entries.Count, archive.RawSize, isEstimated: form == FormatForm.Binary));
        }
        if (!MayPass(source, file) || archive.RawSize > _maxBytes)
            return await SplitAsync(format, records => archive.ReadAsync((content, name) => ReadAsync(content, name, file, records)));

        long rows = 0;
        await archive.ReadAsync(async (content, name) =>
        {
            (bool fits, long found) = await _whole.CountAsync(content, name, format, _maxBytes);
            rows += found;
            return fits;
        });
        source.Rewind();
        return new UploadedFile(format, await _whole.CopyAsync(source, format, rows, archive.RawSize, isEstimated: false));
    }

    private bool MayPass(FileSource source, FileIngestion file) =>
        !file.IgnoreFirstRecord && request.BatchRows == 0 && source.Length >= SmallestPassed;

    private Task<bool> ReadAsync(Stream content, string path, FileIngestion file, FileRecords records) =>
        new RecordReader(path, records.Format, file.IgnoreFirstRecord, records, cancel).ReadAsync(content);

    private async Task<UploadedFile> SplitAsync(AdxDataFormat format, Func<FileRecords, Task<bool>> read)
    {
        var records = new FileRecords(transport, request, format, cancel);
        try
        {
            await read(records);
            if (records.IsSmall)
                return new UploadedFile(format, records);
            IReadOnlyList<SealedBatch> batches = await records.SealAsync();
            await records.DisposeAsync();
            return new UploadedFile(format, [.. batches]);
        }
        catch
        {
            await records.DisposeAsync();
            throw;
        }
    }
}
