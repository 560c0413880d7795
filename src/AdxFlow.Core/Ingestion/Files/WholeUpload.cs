using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Files;

/// <summary>Uploads files that count as a whole, or that come compressed and fit a batch: one blob each, its bytes untouched where they can be.</summary>
internal sealed class WholeUpload(ITransport transport, IngestionRequest request, CancellationToken cancel)
{
    private const int PieceSize = 1024 * 1024;

    /// <summary>The bytes as they are.</summary>
    /// <param name="source">The file, at its beginning.</param>
    /// <param name="format">Its format.</param>
    /// <param name="rows">Its rows, as far as they are known.</param>
    /// <param name="rawBytes">Its raw size.</param>
    /// <param name="isEstimated">That size was not counted.</param>
    public async Task<SealedBatch> CopyAsync(FileSource source, AdxDataFormat format, long rows, long rawBytes, bool isEstimated)
    {
        Require(source.Path, rawBytes, format);
        var sourceId = Guid.NewGuid();
        BatchContent content = await transport.OpenAsync(sourceId, DataFormats.Extension(format, source.Packing), cancel);
        return await CommitAsync(content, async () =>
        {
            await source.Stream.CopyToAsync(content, PieceSize, cancel);
            return new SealedBatch(sourceId, rows, rawBytes, content) { IsRawSizeEstimated = isEstimated };
        });
    }

    /// <summary>The text, compressed on its way.</summary>
    public async Task<SealedBatch> CompressAsync(FileSource source, AdxDataFormat format)
    {
        Require(source.Path, source.Length, format);
        await using FileBatch batch = await FileBatch.OpenAsync(transport, request, format, cancel);
        byte[] buffer = new byte[PieceSize];
        int count;
        while ((count = await source.Stream.ReadAsync(buffer, cancel)) > 0)
            await batch.WriteAsync(buffer.AsMemory(0, count), 0);
        SealedBatch sealedBatch = await batch.SealAsync();
        return sealedBatch with { Rows = DataFormats.RowsOfWhole(format) };
    }

    /// <summary>
    /// Gzip data as it is, unpacked on the side: what is cut or damaged is found, and raw size and rows are counted. Null, and nothing
    /// left behind, if the content is larger than a batch.
    /// </summary>
    public async Task<SealedBatch?> PassGzipAsync(FileSource source, AdxDataFormat format, long maxBytes)
    {
        var sourceId = Guid.NewGuid();
        BatchContent content = await transport.OpenAsync(sourceId, DataFormats.Extension(format, Packing.Gzip), cancel);
        return await CommitAsync(content, async () =>
        {
            await using var unpacked = new WholeGzipStream(new TeeStream(source.Stream, content));
            var counting = new CountingStream(unpacked);
            (bool fits, long rows) = await CountAsync(counting, source.Path, format, maxBytes);
            return fits ? new SealedBatch(sourceId, rows, counting.Count, content) : null;
        });
    }

    /// <summary>Reads a text to its end, and counts; false if it is larger than the limit.</summary>
    public async Task<(bool Fits, long Rows)> CountAsync(CountingStream text, string path, AdxDataFormat format, long maxBytes)
    {
        if (DataFormats.Form(format) == FormatForm.Records)
        {
            var records = new CountedRecords(maxBytes);
            bool isWhole = await new RecordReader(path, format, ignoreFirstRecord: false, records, cancel).ReadAsync(text);
            return (isWhole, records.Rows);
        }
        byte[] buffer = new byte[PieceSize];
        while (text.Count <= maxBytes && await text.ReadAsync(buffer, cancel) > 0)
        {
        }
        return (text.Count <= maxBytes, DataFormats.RowsOfWhole(format));
    }

    private void Require(string path, long rawBytes, AdxDataFormat format)
    {
        if (rawBytes > transport.MaxBatchBytes)
            throw FileErrors.TooLarge(path, rawBytes, transport.MaxBatchBytes, format);
    }

    private static async Task<T> CommitAsync<T>(BatchContent content, Func<Task<T>> fill)
    {
        bool isCommitted = false;
        try
        {
            T result = await fill();
            if (result is not null)
            {
                await content.CommitAsync();
                isCommitted = true;
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
