using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using AdxFlow.Local.Endpoints.Ingestion.Batching;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>
/// Ingests queued blobs in the background. Several are read at the same time; their rows come into the tables in the order in
/// which they, or their batches, came.
/// </summary>
internal sealed class IngestionQueue : IAsyncDisposable
{
    public const int KeptFailures = 10_000;
    public const int KeptOperations = 100_000;

    // Each holds the rows of a blob; more than these would only take more memory.
    private const int MaxWorkers = 4;
    private const int LargeBlob = 256 * 1024;

    private readonly Channel<Turn> _waiting = Channel.CreateUnbounded<Turn>();
    private readonly ConcurrentDictionary<string, IngestionOperation> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _operationOrder = new();
    private readonly ConcurrentQueue<IngestionFailure> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BlobDownload _blobs;
    private readonly LocalClusterOptions _options;
    private readonly StateLog _log;
    private readonly Batcher? _batcher;
    private readonly object _turnGate = new();
    private readonly Task[] _workers;
    private Task _last = Task.CompletedTask;

    public IngestionQueue(BlobDownload blobs, LocalClusterOptions options, StateLog log)
    {
        _blobs = blobs;
        _options = options;
        _log = log;
        if (options.SimulateBatching) _batcher = new Batcher(options.Clock, blobs, Release);
        _workers = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, MaxWorkers)).Select(_ => Task.Run(RunAsync))];
    }

    public IReadOnlyList<IngestionFailure> Failures => _failures.ToArray();

    public IngestionOperation? Find(string operationId) => _operations.GetValueOrDefault(operationId);

    /// <summary>Takes an operation; its blobs are ingested once their turn comes.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Add(IngestionOperation operation)
    {
        _log.Append(new QueuedRecord(
            operation.Id, operation.Database.Name, operation.Table, operation.Properties,
            [.. operation.Blobs.Select(b => (Blob: b, Locator: _blobs.WithoutSecrets(b.Locator))).Select(b => new QueuedBlobState(b.Locator.Uri.AbsoluteUri, b.Locator.Credential, b.Blob.SourceId, b.Blob.RawSize))],
            operation.Caller, operation.StartedOn, _blobs.Port, operation.Message) { IsToBeTold = operation.BlobEnded is not null });
        Take(operation);
    }

    /// <summary>Takes an operation of an earlier process; what of it had ended stays so, and is told where it was not.</summary>
    public void Restore(IngestionOperation operation)
    {
        foreach (QueuedBlob blob in operation.Untold)
            Tell(operation, blob, Guid.NewGuid());
        Take(operation);
    }

    public void Restore(FailureRecord failure) => Enter(new IngestionFailure(
        failure.OperationId, failure.Database, failure.Table, failure.FailedOn, failure.Source, failure.Error.Restore(), failure.OperationKind, failure.Principal, failure.Format));

    /// <summary>Cancels what of an operation waits.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Cancel(IngestionOperation operation) => operation.Cancel(
        (blob, state) => _log.Append(new BlobEndedRecord(new QueuedSource(operation.Id, blob), state.Status, state.UpdatedOn, null)));

    private void Take(IngestionOperation operation)
    {
        if (operation.Properties.EnableTracking)
        {
            _operations[operation.Id] = operation;
            _operationOrder.Enqueue(operation.Id);
            if (_operationOrder.Count > KeptOperations && _operationOrder.TryDequeue(out string? oldest)) _operations.TryRemove(oldest, out _);
        }

        foreach (QueuedBlob blob in operation.Blobs.Where(b => b.Current.Status == BlobStatus.Queued))
        {
            if (_batcher is null)
                Release(operation, blob);
            else
                _batcher.Add(operation, blob);
        }
    }

    public void AddFailure(IngestionFailure failure)
    {
        Enter(failure);
        TryKeep(() => _log.Append(new FailureRecord(
            failure.OperationId, failure.Database, failure.Table, failure.FailedOn, failure.Source, ErrorState.Of(failure.Error)!, failure.OperationKind, failure.Principal, failure.Format)));
    }

    public async ValueTask DisposeAsync()
    {
        _batcher?.Dispose();
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_workers);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        _stop.Dispose();
    }

    /// <summary>Lines a blob up: its rows come into the table behind those of the one before.</summary>
    private void Release(IngestionOperation operation, QueuedBlob blob)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_turnGate)
        {
            _waiting.Writer.TryWrite(new Turn(operation, blob, _last, turn));
            _last = turn.Task;
        }
    }

    private async Task RunAsync()
    {
        await foreach (Turn turn in _waiting.Reader.ReadAllAsync(_stop.Token))
        {
            try
            {
                TimeSpan left = turn.Operation.StartedOn + _options.IngestionDelay - DateTime.UtcNow;
                if (left > TimeSpan.Zero) await Task.Delay(left, _stop.Token);
                if (turn.Blob.TryBegin())
                    await ProcessAsync(turn);
                else
                    await turn.Before.WaitAsync(_stop.Token);
            }
            finally
            {
                turn.Done.SetResult();
            }
        }
    }

    /// <summary>Reads a blob while others are read, then waits for its turn to commit. Whatever it holds, the next ones are ingested.</summary>
    private async Task ProcessAsync(Turn turn)
    {
        (IngestionOperation operation, QueuedBlob blob) = (turn.Operation, turn.Blob);
        var id = Guid.NewGuid();
        StoredBlob? stored = null;
        PendingRows? rows = null;
        Exception? failure = null;
        try
        {
            (stored, rows) = await ReadAsync(operation, blob);
        }
        catch (Exception e)
        {
            failure = e;
        }

        await turn.Before.WaitAsync(_stop.Token);

        // Where all ends, the one before may have gone without having been ingested.
        _stop.Token.ThrowIfCancellationRequested();
        try
        {
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);

            // What was read ahead counts while blob and table are those that were read: an operation that came before may have
            // deleted the blob, and somebody else have written another, or made the table anew.
            if (!stored!.IsPresent) (stored, rows) = await ReadAsync(operation, blob);
            while (!BlobIngestion.TryCommit(operation.Database, operation.Properties, rows! with { Source = Source(operation, blob) }))
                (stored, rows) = await ReadAsync(operation, blob);
            if (operation.Properties.DeleteAfterDownload) TryKeep(() => stored.Delete());
            blob.Succeed();
        }
        catch (Exception e)
        {
            Fail(operation, blob, id, e);
        }

        Tell(operation, blob, id);
    }

    /// <summary>Tells whoever wishes to know how a blob ended. Where the process ends meanwhile, the next tells it.</summary>
    private void Tell(IngestionOperation operation, QueuedBlob blob, Guid id)
    {
        if (operation.BlobEnded is not { } tell) return;
        try
        {
            tell(blob, id);
        }
        catch (Exception e)
        {
            AddFailure(Failure(operation, blob, id, Internal(e)));
        }

        QueuedBlob.State state = blob.Current;
        TryKeep(() => _log.Append(new BlobEndedRecord(Source(operation, blob), state.Status, state.UpdatedOn, ErrorState.Of(state.Error)) { IsTold = true }));
    }

    /// <summary>Reads a blob; a large one on a thread of its own, for uploads wait for those of the pool.</summary>
    private async Task<(StoredBlob Stored, PendingRows Rows)> ReadAsync(IngestionOperation operation, QueuedBlob blob)
    {
        StoredBlob stored = _blobs.Find(blob.Locator);
        var source = new IngestionSource(stored.Blob.Content, blob.Address);
        PendingRows Read() => BlobIngestion.Read(operation.Database, operation.Table, [source], operation.Properties);
        PendingRows rows = source.Content.Length < LargeBlob
            ? Read()
            : await Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return (stored, rows);
    }

    private void Fail(IngestionOperation operation, QueuedBlob blob, Guid id, Exception cause)
    {
        IngestionException error = cause as IngestionException ?? Internal(cause);
        AddFailure(Failure(operation, blob, id, error));
        blob.Fail(error, state => TryKeep(() => _log.Append(new BlobEndedRecord(Source(operation, blob), state.Status, state.UpdatedOn, ErrorState.Of(error)))));
    }

    private static IngestionFailure Failure(IngestionOperation operation, QueuedBlob blob, Guid id, IngestionException error) => new(
        id, operation.Database.Name, operation.Table, DateTime.UtcNow, blob.Address, error, "DataIngestPull", operation.Caller.Fqn, operation.Properties.Format);

    private static IngestionException Internal(Exception cause) => new("General_InternalServerError", cause.Message, transient: true);

    private static QueuedSource Source(IngestionOperation operation, QueuedBlob blob) => new(operation.Id, operation.IndexOf(blob));

    /// <summary>Keeps what nobody waits for: where the disk takes no more, the next start finds out anew.</summary>
    private static void TryKeep(Action keep)
    {
        try
        {
            keep();
        }
        catch (InvalidOperationException)
        {
            // What can be done about it was told to those whose requests the disk did not take.
        }
    }

    private void Enter(IngestionFailure failure)
    {
        _failures.Enqueue(failure);
        if (_failures.Count > KeptFailures) _failures.TryDequeue(out _);
    }

    /// <summary>A blob in line.</summary>
    /// <param name="Operation">Its operation.</param>
    /// <param name="Blob">The blob.</param>
    /// <param name="Before">Completes when the blob before it has ended.</param>
    /// <param name="Done">To be completed when this one has.</param>
    private sealed record Turn(IngestionOperation Operation, QueuedBlob Blob, Task Before, TaskCompletionSource Done);
}
