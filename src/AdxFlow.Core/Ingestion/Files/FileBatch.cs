using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files.Compression;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Files;

/// <summary>A batch that takes records or documents of files just now: it compresses them on all processors and counts what it took.</summary>
internal sealed class FileBatch : IAsyncDisposable
{
    private readonly Guid _sourceId;
    private readonly BatchContent _content;
    private readonly ParallelGzip _gzip;
    private readonly BatchSpan _span;
    private readonly IngestionProgress? _progress = IngestionProgress.Current;
    private bool _isSealed;

    private FileBatch(Guid sourceId, BatchContent content, ParallelGzip gzip, BatchSpan span)
    {
        _sourceId = sourceId;
        _content = content;
        _gzip = gzip;
        _span = span;
    }

    public long Rows { get; private set; }

    /// <summary>Bytes before compression.</summary>
    public long RawBytes { get; private set; }

    public static async Task<FileBatch> OpenAsync(ITransport transport, IngestionRequest request, AdxDataFormat format, CancellationToken cancel)
    {
        var sourceId = Guid.NewGuid();
        var span = new BatchSpan(sourceId);
        BatchContent content = await span.DoAsync(() => transport.OpenAsync(sourceId, DataFormats.Extension(format, Packing.Gzip), cancel).AsTask());
        return new FileBatch(sourceId, content, new ParallelGzip(content, request.CompressionLevel, request.ThrottleLimit + 1, cancel), span);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long rows)
    {
        RawBytes += bytes.Length;
        _content.RawBytes = RawBytes;
        await _gzip.WriteAsync(bytes);
        Rows += rows;
        _progress?.Add(rows, bytes.Length);
    }

    /// <summary>Ends the batch; its bytes are whole when this returns.</summary>
    public Task<SealedBatch> SealAsync() => _span.DoAsync(async () =>
    {
        await _gzip.CompleteAsync();
        await _content.CommitAsync();
        _isSealed = true;
        var batch = new SealedBatch(_sourceId, Rows, RawBytes, _content);
        _span.End(batch, _content.Sent);
        return batch;
    });

    /// <summary>Gives the batch up, unless it was sealed. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gzip.DisposeAsync();
        if (_isSealed)
            return;
        _span.Dispose();
        await _content.AbandonAsync();
        await _content.DisposeAsync();
    }
}
