using System.Diagnostics;

namespace AdxFlow.Ingestion.Batches;

/// <summary>The span of one batch, from its first bytes until its blob is whole.</summary>
internal sealed class BatchSpan : IDisposable
{
    private readonly Activity? _span = IngestionMetrics.Start("adxflow.upload");

    public BatchSpan(Guid sourceId) => _span?.SetTag("source_id", sourceId.ToString());

    /// <summary>Does what may fail; a failure is the span's.</summary>
    public async Task<T> DoAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure)
        {
            IngestionMetrics.End(_span, failure);
            _span?.Dispose();
            throw;
        }
    }

    /// <summary>Ends it with a batch that is whole.</summary>
    public void End(SealedBatch batch, long sentBytes) =>
        _span?.SetTag("rows", batch.Rows).SetTag("raw_bytes", batch.RawBytes).SetTag("sent_bytes", sentBytes).Dispose();

    /// <summary>Ends it, where it has not ended, with a batch that was given up.</summary>
    public void Dispose() => _span?.Dispose();
}
