using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Files;

/// <summary>Uploads files that count as a whole, or that come compressed and fit a batch: one blob each, its bytes untouched where they can be.</summary>
internal sealed class WholeUpload(FormatRoute route, IngestionRequest request, CancellationToken cancel)
{
    private const int PieceSize = 1024 * 1024;

    /// <summary>The bytes as they are.</summary>
    /// <param name="source">The file, at its beginning.</param>
    /// <param name="rows">Its rows, as far as they are known.</param>
    /// <param name="rawBytes">Its raw size.</param>
    /// <param name="isEstimated">That size was not counted.</param>
    public async Task<SealedBatch> CopyAsync(FileSource source, long rows, long rawBytes, bool isEstimated)
    {
        Require(source.Path, rawBytes);
        var sourceId = Guid.NewGuid();
        ITransport blobs = route.Transport.ForBlobs ?? throw FileErrors.NeedsBlob(source.Path, route.Format, route.Transport.Mode);
        BatchContent content = await blobs.OpenAsync(sourceId, DataFormats.Extension(route.Format, source.Packing), cancel);
        return (await CommitAsync(sourceId, content, async () =>
        {
            await source.Stream.CopyToAsync(content, PieceSize, cancel);
            return new SealedBatch(sourceId, rows, rawBytes, content) { IsRawSizeEstimated = isEstimated };
        }))!;
    }

    /// <summary>The text, compressed on its way.</summary>
    public Task<SealedBatch> CompressAsync(FileSource source)
    {
        Require(source.Path, source.Length);
        return CompressAsync(source.Stream, source.Path);
    }

    /// <summary>The text that gzip data holds, compressed anew, for where packed bytes cannot be passed on.</summary>
    public async Task<SealedBatch> CompressGzipAsync(FileSource source)
    {
        await using var unpacked = new WholeGzipStream(source.Stream);
        return await CompressAsync(unpacked, source.Path);
    }

    private async Task<SealedBatch> CompressAsync(Stream text, string path)
    {
        await using FileBatch batch = await FileBatch.OpenAsync(route.Transport, request, route.Format, cancel);
        byte[] buffer = new byte[PieceSize];
        int count;
        while ((count = await text.ReadAsync(buffer, cancel)) > 0)
        {
            Require(path, batch.RawBytes + count);
            await batch.WriteAsync(buffer.AsMemory(0, count), 0);
        }
        SealedBatch sealedBatch = await batch.SealAsync();
        return sealedBatch with { Rows = DataFormats.RowsOfWhole(route.Format) };
    }

    /// <summary>
    /// Gzip data as it is, unpacked on the side: what is cut or damaged is found, and raw size and rows are counted. Null, and nothing
    /// left behind, if the content is larger than a batch.
    /// </summary>
    public async Task<SealedBatch?> PassGzipAsync(FileSource source, long maxBytes)
    {
        var sourceId = Guid.NewGuid();
        BatchContent content = await route.Transport.ForBlobs!.OpenAsync(sourceId, DataFormats.Extension(route.Format, Packing.Gzip), cancel);
        return await CommitAsync(sourceId, content, async () =>
        {
            await using var unpacked = new WholeGzipStream(new TeeStream(source.Stream, content));
            var counting = new CountingStream(unpacked);
            (bool fits, long rows) = await CountAsync(counting, source.Path, maxBytes);
            return fits ? new SealedBatch(sourceId, rows, counting.Count, content) : null;
        });
    }

    /// <summary>Reads a text to its end, and counts; false if it is larger than the limit.</summary>
    public async Task<(bool Fits, long Rows)> CountAsync(CountingStream text, string path, long maxBytes)
    {
        if (DataFormats.Form(route.Format) == FormatForm.Records)
        {
            var records = new CountedRecords(maxBytes);
            bool isWhole = await new RecordReader(path, route.Format, ignoreFirstRecord: false, records, cancel).ReadAsync(text);
            return (isWhole, records.Rows);
        }
        byte[] buffer = new byte[PieceSize];
        while (text.Count <= maxBytes && await text.ReadAsync(buffer, cancel) > 0)
        {
        }
        return (text.Count <= maxBytes, DataFormats.RowsOfWhole(route.Format));
    }

    private void Require(string path, long rawBytes)
    {
        if (rawBytes > route.Transport.MaxBatchBytes)
            throw FileErrors.TooLarge(path, rawBytes, route.Transport.MaxBatchBytes, route.Format);
    }

    /// <summary>Makes the blob whole, unless there is nothing to make of it.</summary>
    private static async Task<SealedBatch?> CommitAsync(Guid sourceId, BatchContent content, Func<Task<SealedBatch?>> fill)
    {
        using var span = new BatchSpan(sourceId);
        bool isCommitted = false;
        try
        {
            SealedBatch? result = await span.DoAsync(async () =>
            {
                SealedBatch? filled = await fill();
                if (filled is not null)
                    await content.CommitAsync();
                return filled;
            });
            if (result is not null)
            {
                isCommitted = true;
                span.End(result, content.Sent);
                IngestionProgress.Current?.Add(result.Rows, result.RawBytes);
            }
            return result;
        }
        finally
        {
            if (!isCommitted)
            {
                await content.AbandonAsync();
                await content.DisposeAsync();
            }
        }
    }
}
