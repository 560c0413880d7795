using System.Collections.Concurrent;
using System.Threading.Channels;
using AdxFlow.Local.Endpoints.Ingestion.Batching;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Ingests queued blobs in the background, one after the other in the order in which they, or their batches, came.</summary>
internal sealed class IngestionQueue : IAsyncDisposable
{
    private const int KeptFailures = 10_000;
    private const int KeptOperations = 100_000;

    private readonly Channel<(IngestionOperation Operation, QueuedBlob Blob)> _waiting = Channel.CreateUnbounded<(IngestionOperation, QueuedBlob)>();
    private readonly ConcurrentDictionary<string, IngestionOperation> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _operationOrder = new();
    private readonly ConcurrentQueue<IngestionFailure> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BlobDownload _blobs;
    private readonly LocalClusterOptions _options;
    private readonly Batcher? _batcher;
    private readonly Task _worker;

    public IngestionQueue(BlobDownload blobs, LocalClusterOptions options)
    {
        _blobs = blobs;
        _options = options;
        if (options.SimulateBatching) _batcher = new Batcher(options.Clock, blobs, Release);
        _worker = Task.Run(RunAsync);
    }

    public IReadOnlyList<IngestionFailure> Failures => _failures.ToArray();

    public IngestionOperation? Find(string operationId) => _operations.GetValueOrDefault(operationId);

    /// <summary>Takes an operation; its blobs are ingested once their turn comes.</summary>
    public void Add(IngestionOperation operation)
    {
        if (operation.Properties.EnableTracking)
        {
            _operations[operation.Id] = operation;
            _operationOrder.Enqueue(operation.Id);
            if (_operationOrder.Count > KeptOperations && _operationOrder.TryDequeue(out string? oldest)) _operations.TryRemove(oldest, out _);
        }

        foreach (QueuedBlob blob in operation.Blobs)
        {
            if (_batcher is null)
                Release(operation, blob);
            else
                _batcher.Add(operation, blob);
        }
    }

    public void AddFailure(IngestionFailure failure)
    {
        _failures.Enqueue(failure);
        if (_failures.Count > KeptFailures) _failures.TryDequeue(out _);
    }

    public async ValueTask DisposeAsync()
    {
        _batcher?.Dispose();
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync();
        try
        {
            await _worker;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        _stop.Dispose();
    }

    private void Release(IngestionOperation operation, QueuedBlob blob) => _waiting.Writer.TryWrite((operation, blob));

    private async Task RunAsync()
    {
        await foreach ((IngestionOperation operation, QueuedBlob blob) in _waiting.Reader.ReadAllAsync(_stop.Token))
        {
            TimeSpan left = operation.StartedOn + _options.IngestionDelay - DateTime.UtcNow;
            if (left > TimeSpan.Zero) await Task.Delay(left, _stop.Token);
            if (blob.TryBegin()) Process(operation, blob);
        }
    }

    private void Process(IngestionOperation operation, QueuedBlob blob)
    {
        var id = Guid.NewGuid();
        try
        {
            StoredBlob stored = _blobs.Find(blob.Locator);
            BlobIngestion.Ingest(operation.Database, operation.Table, [new IngestionSource(stored.Blob.Content, blob.Address)], operation.Properties);
            if (operation.Properties.DeleteAfterDownload) stored.Container.Delete(stored.Name);
            blob.End();
        }
        catch (Exception e)
        {
            // Whatever one blob holds, the next ones must be ingested.
            IngestionException error = e as IngestionException ?? new IngestionException("General_InternalServerError", e.Message, transient: true);
            AddFailure(new IngestionFailure(
                id, operation.Database.Name, operation.Table, DateTime.UtcNow, blob.Address, error, "DataIngestPull", operation.Caller.Fqn, operation.Properties.Format));
            blob.End(error);
        }

        try
        {
            operation.BlobEnded?.Invoke(blob, id);
        }
        catch (Exception e)
        {
            AddFailure(new IngestionFailure(
                id, operation.Database.Name, operation.Table, DateTime.UtcNow, blob.Address, new IngestionException("General_InternalServerError", e.Message, transient: true),
                "DataIngestPull", operation.Caller.Fqn, operation.Properties.Format));
        }
    }
}
