using System.Globalization;
using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Ingestion.Batching;

/// <summary>Makes queued blobs wait in batches, as the batching policy of their table or database says.</summary>
/// <remarks>Source: Microsoft Learn, "Ingestion batching policy": what seals a batch, and which blobs are ingested alone.</remarks>
internal sealed class Batcher : IDisposable
{
    // For compressed data whose size nobody told, the service applies a factor.
    private const int CompressionFactor = 10;
    private const string IngestBy = "ingest-by:";

    private readonly object _gate = new();
    private readonly Dictionary<BatchKey, Batch> _open = [];
    private readonly TimeProvider _clock;
    private readonly BlobDownload _blobs;
    private readonly Action<IngestionOperation, QueuedBlob> _release;

    /// <param name="clock">Tells when a batch is old enough.</param>
    /// <param name="blobs">Tells the sizes of blobs.</param>
    /// <param name="release">Takes the blobs of a batch that is sealed.</param>
    public Batcher(TimeProvider clock, BlobDownload blobs, Action<IngestionOperation, QueuedBlob> release)
    {
        _clock = clock;
        _blobs = blobs;
        _release = release;
    }

    public void Add(IngestionOperation operation, QueuedBlob blob)
    {
        if (GoesAlone(operation.Properties))
        {
            _release(operation, blob);
            return;
        }

        long size = blob.RawSize ?? Estimate(blob);
        BatchLimits limits = Limits(operation);
        var key = BatchKey.Of(operation);
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out Batch? batch))
            {
                batch = new Batch();
                _open[key] = batch;
                Batch opened = batch;
                batch.Timer = _clock.CreateTimer(_ => Seal(key, opened), null, limits.Time, Timeout.InfiniteTimeSpan);
            }

            batch.Blobs.Add((operation, blob));
            batch.Size += size;
            if (batch.Blobs.Count >= limits.Items || batch.Size >= limits.Bytes) Seal(key, batch);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Batch batch in _open.Values)
                batch.Timer?.Dispose();
            _open.Clear();
        }
    }

    private static bool GoesAlone(IngestionProperties properties) =>
        properties.SkipBatching || properties.IngestIfNotExists.Count > 0 || properties.Tags.Any(t => t.StartsWith(IngestBy, StringComparison.Ordinal));

    private static BatchLimits Limits(IngestionOperation operation)
    {
        using JsonDocument policy = JsonDocument.Parse(operation.Database.Policies.Effective(operation.Table, "ingestionbatching"));
        if (policy.RootElement.ValueKind != JsonValueKind.Object) return new BatchLimits(TimeSpan.FromMinutes(5), 500, 1024L * 1024 * 1024);
        return new BatchLimits(
            TimeSpan.Parse(policy.RootElement.GetProperty("MaximumBatchingTimeSpan").GetString()!, CultureInfo.InvariantCulture),
            policy.RootElement.GetProperty("MaximumNumberOfItems").GetInt32(),
            policy.RootElement.GetProperty("MaximumRawDataSizeMB").GetInt32() * 1024L * 1024);
    }

    private long Estimate(QueuedBlob blob)
    {
        try
        {
            long length = _blobs.Find(blob.Locator).Blob.Content.Length;
            bool compressed = blob.Address.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || blob.Address.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
            return compressed ? length * CompressionFactor : length;
        }
        catch (IngestionException)
        {
            // It is told where the blob is ingested.
            return 0;
        }
    }

    private void Seal(BatchKey key, Batch batch)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out Batch? open) || open != batch) return;
            _open.Remove(key);
            batch.Timer?.Dispose();
            foreach ((IngestionOperation operation, QueuedBlob blob) in batch.Blobs)
                _release(operation, blob);
        }
    }
}
