using AdxFlow.Http;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Spool;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Uploads one file, by the way that fits it: compressed files and those that count as a whole as they are; text cut into
/// batches between records. Nothing is given away before the file has proved whole, so that half a file is never ingested.
/// </summary>
internal sealed class FileUpload(Func<AdxDataFormat, FormatRoute> route, IngestionRequest request, CancellationToken cancel)
{
    /// <summary>What is smaller is better unpacked and put into a batch with others than sent as a blob of its own.</summary>
    public const int SmallestPassed = 1024 * 1024;

    // A file whose container vanishes in the middle of a blob is sent anew: it is all there.
    private const int MostUploads = 3;

    /// <summary>The file's batches, or its records where they fit a batch with others'. None is known to the service yet.</summary>
    /// <exception cref="AdxException">The file is missing, empty, cut or not readable; nothing of it is left behind.</exception>
    public async Task<UploadedFile> UploadAsync(FileIngestion file)
    {
        for (int upload = 1; ; upload++)
        {
            try
            {
                return await UploadOnceAsync(file);
            }
            catch (AdxException gone) when (gone.StatusCode == 404 && upload < MostUploads)
            {
                Telemetry.CountRetry(gone);
            }
        }
    }

    private async Task<UploadedFile> UploadOnceAsync(FileIngestion file)
    {
        try
        {
            AdxDataFormat? format = FormatOf(file);
            using FileSource source = FileSource.Open(file.Path);
            return source.Packing switch
            {
                // Every format but an archive's is known by now.
                Packing.Zip => await UploadArchiveAsync(source, file, format),
                Packing.Gzip => await UploadGzipAsync(source, file, route(format!.Value)),
                _ => await UploadPlainAsync(source, file, route(format!.Value)),
            };
        }
        catch (EndOfStreamException cut)
        {
            throw FileErrors.CutPacking(file.Path, cut);
        }
        catch (IOException full) when (SpoolErrors.IsDiskFull(full))
        {
            // To read needs no room: it is that of the batches which wait in a temporary file.
            throw FileErrors.NoRoom(file.Path, full);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or OverflowException or NotSupportedException)
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

    private async Task<UploadedFile> UploadPlainAsync(FileSource source, FileIngestion file, FormatRoute to) => DataFormats.Form(to.Format) switch
    {
        FormatForm.Binary => new UploadedFile(to, await Whole(to).CopyAsync(source, 0, source.Length, isEstimated: true)),
        FormatForm.Document => new UploadedFile(to, await Whole(to).CompressAsync(source)),
        _ => await SplitAsync(to, records => ReadAsync(source.Stream, source.Path, file, records)),
    };

    private async Task<UploadedFile> UploadGzipAsync(FileSource source, FileIngestion file, FormatRoute to)
    {
        FormatForm form = DataFormats.Form(to.Format);
        if (form == FormatForm.Binary)
            return new UploadedFile(to, await Whole(to).CopyAsync(source, 0, Math.Max(source.Length, source.NotedRawSize()), isEstimated: true));
        if (form == FormatForm.Document && to.Transport.ForBlobs is null)
            return new UploadedFile(to, await Whole(to).CompressGzipAsync(source));
        if (form == FormatForm.Document)
        {
            return await Whole(to).PassGzipAsync(source, to.Transport.MaxBatchBytes) is { } document
                ? new UploadedFile(to, document)
                : throw FileErrors.TooLarge(source.Path, Math.Max(source.Length, source.NotedRawSize()), to.Transport.MaxBatchBytes, to.Format);
        }
        if (MayPass(source, file, to) && source.NotedRawSize() <= MaxBytes(to))
        {
            if (await Whole(to).PassGzipAsync(source, MaxBytes(to)) is { } passed)
                return new UploadedFile(to, passed);
            source.Rewind();
        }
        return await SplitAsync(to, async records =>
        {
            await using var content = new WholeGzipStream(source.Stream);
            return await ReadAsync(content, source.Path, file, records);
        });
    }

    private async Task<UploadedFile> UploadArchiveAsync(FileSource source, FileIngestion file, AdxDataFormat? named)
    {
        using var archive = new FileArchive(source);
        FormatRoute to = route(named ?? archive.FormatFromNames());
        FormatForm form = DataFormats.Form(to.Format);
        if (form != FormatForm.Records)
        {
            source.Rewind();
            return new UploadedFile(to, await Whole(to).CopyAsync(source, DataFormats.RowsOfWhole(to.Format) * archive.Entries.Count, archive.RawSize, isEstimated: form == FormatForm.Binary));
        }
        if (!MayPass(source, file, to) || archive.RawSize > MaxBytes(to))
            return await SplitAsync(to, records => archive.ReadAsync((content, name) => ReadAsync(content, name, file, records)));

        long rows = 0;
        await archive.ReadAsync(async (content, name) =>
        {
            (bool fits, long found) = await Whole(to).CountAsync(content, name, MaxBytes(to));
            rows += found;
            return fits;
        });
        source.Rewind();
        return new UploadedFile(to, await Whole(to).CopyAsync(source, rows, archive.RawSize, isEstimated: false));
    }

    private WholeUpload Whole(FormatRoute to) => new(to, request, cancel);

    private long MaxBytes(FormatRoute to) => Math.Min(request.BatchBytes, to.Transport.MaxBatchBytes);

    private bool MayPass(FileSource source, FileIngestion file, FormatRoute to) =>
        !file.IgnoreFirstRecord && request.BatchRows == 0 && source.Length >= SmallestPassed && to.Transport.ForBlobs is not null;

    private Task<bool> ReadAsync(Stream content, string path, FileIngestion file, FileRecords records) =>
        new RecordReader(path, records.Format, file.IgnoreFirstRecord, records, cancel).ReadAsync(content);

    private async Task<UploadedFile> SplitAsync(FormatRoute to, Func<FileRecords, Task<bool>> read)
    {
        var records = new FileRecords(to.Transport, request, to.Format, cancel);
        try
        {
            await read(records);
            if (records.IsSmall)
                return new UploadedFile(to, records);
            IReadOnlyList<SealedBatch> batches = await records.SealAsync();
            await records.DisposeAsync();
            return new UploadedFile(to, [.. batches]);
        }
        catch
        {
            await records.DisposeAsync();
            throw;
        }
    }
}
