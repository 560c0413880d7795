using System.IO.Compression;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Batches;

/// <summary>The batch that takes rows just now: it compresses them on their way to the transport and counts what it took.</summary>
internal sealed class OpenBatch : IAsyncDisposable
{
    private readonly Guid _sourceId;
    private readonly BatchContent _content;
    private readonly GZipStream _gzip;
    private readonly BatchSpan _span;
    private bool _isSealed;

    private OpenBatch(Guid sourceId, BatchContent content, CompressionLevel level, long since, BatchSpan span)
    {
        _span = span;
        _sourceId = sourceId;
        _content = content;
        _gzip = new GZipStream(content, level, leaveOpen: true);
        Since = since;
    }

    public long Rows { get; private set; }

    /// <summary>Bytes before compression.</summary>
    public long RawBytes { get; private set; }

    /// <summary>When its first row came, in <see cref="Environment.TickCount64"/>.</summary>
    public long Since { get; }

    public static async Task<OpenBatch> OpenAsync(ITransport transport, AdxDataFormat format, CompressionLevel level, long since, CancellationToken cancel)
    {
        var sourceId = Guid.NewGuid();
        // The service tells compression, and where it can the format, by the name.
        string extension = "." + format.ToString().ToLowerInvariant() + ".gz";
        var span = new BatchSpan(sourceId);
        BatchContent content = await span.DoAsync(() => transport.OpenAsync(sourceId, extension, cancel).AsTask());
        return new OpenBatch(sourceId, content, level, since, span);
    }

    /// <summary>Takes whole records.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> records, long rows, CancellationToken cancel)
    {
        RawBytes += records.Length;
        _content.RawBytes = RawBytes;
        await _gzip.WriteAsync(records, cancel);
        Rows += rows;
    }

    /// <summary>Ends the batch; its bytes are whole when this returns.</summary>
    public Task<SealedBatch> SealAsync() => _span.DoAsync(async () =>
    {
        await _gzip.DisposeAsync();
        await _content.CommitAsync();
        _isSealed = true;
        var batch = new SealedBatch(_sourceId, Rows, RawBytes, _content);
        _span.End(batch, _content.Sent);
        return batch;
    });

    /// <summary>Gives the batch up, unless it was sealed. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isSealed)
            return;
        _span.Dispose();
        await _content.AbandonAsync();
        await _content.DisposeAsync();
    }
}
