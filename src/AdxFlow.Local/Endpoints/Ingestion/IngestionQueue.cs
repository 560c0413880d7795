using System.Collections.Concurrent;
using System.Threading.Channels;
using AdxFlow.Local.Endpoints.Storage;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Ingests queued blobs in the background, one after the other in the order in which they came.</summary>
internal sealed class IngestionQueue : IAsyncDisposable
{
    private const int KeptFailures = 10_000;
    private const int KeptOperations = 100_000;

    private readonly Channel<(IngestionOperation Operation, QueuedBlob Blob)> _waiting = Channel.CreateUnbounded<(IngestionOperation, QueuedBlob)>();
    private readonly ConcurrentDictionary<string, IngestionOperation> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _operationOrder = new();
    private readonly ConcurrentQueue<IngestionFailure> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BlobStore _store;
    private readonly TimeSpan _delay;
    private readonly Task _worker;

    public IngestionQueue(BlobStore store, TimeSpan delay)
    {
        _store = store;
        _delay = delay;
        _worker = Task.Run(RunAsync);
    }

    public IReadOnlyList<IngestionFailure> Failures => _failures.ToArray();

    public IngestionOperation? Find(string operationId) => _operations.GetValueOrDefault(operationId);

    public void Add(IngestionOperation operation)
    {
        if (operation.Properties.EnableTracking)
        {
            _operations[operation.Id] = operation;
            _operationOrder.Enqueue(operation.Id);
            if (_operationOrder.Count > KeptOperations && _operationOrder.TryDequeue(out string? oldest)) _operations.TryRemove(oldest, out _);
        }

        foreach (QueuedBlob blob in operation.Blobs)
            _waiting.Writer.TryWrite((operation, blob));
    }

    public void AddFailure(IngestionFailure failure)
    {
        _failures.Enqueue(failure);
        if (_failures.Count > KeptFailures) _failures.TryDequeue(out _);
    }

    public async ValueTask DisposeAsync()
    {
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

    private async Task RunAsync()
    {
        await foreach ((IngestionOperation operation, QueuedBlob blob) in _waiting.Reader.ReadAllAsync(_stop.Token))
        {
            TimeSpan left = blob.QueuedOn + _delay - DateTime.UtcNow;
            if (left > TimeSpan.Zero) await Task.Delay(left, _stop.Token);
            Process(operation, blob);
        }
    }

    private void Process(IngestionOperation operation, QueuedBlob blob)
    {
        blob.Set(BlobStatus.InProgress);
        try
        {
            (BlobContainer container, string name, Blob stored) = Download(blob.Uri);
            BlobIngestion.Ingest(operation.Database, operation.Table, stored.Content, blob.Address, operation.Properties);
            if (operation.Properties.DeleteAfterDownload) container.Delete(name);
            blob.Set(BlobStatus.Succeeded);
        }
        catch (Exception e)
        {
            // Whatever one blob holds, the next ones must be ingested.
            IngestionException error = e as IngestionException ?? new IngestionException("General_InternalServerError", e.Message, transient: true);
            AddFailure(new IngestionFailure(
                Guid.NewGuid(), operation.Database.Name, operation.Table, DateTime.UtcNow, blob.Address, error, "DataIngestPull", operation.Caller.Fqn, operation.Properties.Format));
            blob.Set(BlobStatus.Failed, error);
        }
    }

    private (BlobContainer Container, string Name, Blob Blob) Download(Uri uri)
    {
        if (!_store.Owns(uri))
            throw new IngestionException("LocalStandIn_NotSupported", "The local stand-in ingests blobs of its own storage only; it reads nothing from the network.");
        if (!_store.IsSignature(UrlQuery.Parse(uri.Query.TrimStart('?')).GetValueOrDefault("sig", "")))
            throw new IngestionException("Download_Forbidden", "Failed to download source from Azure Storage. Access forbidden.");
        (BlobContainer? container, string name) = _store.Locate(uri);
        return container?.Find(name) is { } blob
            ? (container, name, blob)
            : throw new IngestionException("Download_SourceNotFound", "Failed to download source from Azure Storage. Source not found.");
    }
}
