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
    private bool _isSealed;

    private FileBatch(Guid sourceId, BatchContent content, ParallelGzip gzip)
    {
        _sourceId = sourceId;
        _content = content;
        _gzip = gzip;
    }

    public long Rows { get; private set; }

    /// <summary>Bytes before compression.</summary>
    public long RawBytes { get; private set; }

    public static async Task<FileBatch> OpenAsync(ITransport transport, IngestionRequest request, AdxDataFormat format, CancellationToken cancel)
    {
        var sourceId = Guid.NewGuid();
        BatchContent content = await transport.OpenAsync(sourceId, DataFormats.Extension(format, Packing.Gzip), cancel);
        return new FileBatch(sourceId, content, new ParallelGzip(content, request.CompressionLevel, request.ThrottleLimit + 1, cancel));
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long rows)
    {
        RawBytes += bytes.Length;
        _content.RawBytes = RawBytes;
        await _gzip.WriteAsync(bytes);
        Rows += rows;
    }

    /// <summary>Ends the batch; its bytes are whole when this returns.</summary>
    public async Task<SealedBatch> SealAsync()
    {
        await _gzip.CompleteAsync();
        await _content.CommitAsync();
        _isSealed = true;
        return new SealedBatch(_sourceId, Rows, RawBytes, _content);
    }

    /// <summary>Gives the batch up, unless it was sealed. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gzip.DisposeAsync();
        if (_isSealed)
            return;
        await _content.AbandonAsync();
        await _content.DisposeAsync();
    }
}
