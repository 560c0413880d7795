using System.Collections.Concurrent;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>The ingestion commands that ran or run, latest state only, of which the latest are kept.</summary>
internal sealed class OperationLog(StateLog log) : IAsyncDisposable
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 10_000;

    private readonly ConcurrentDictionary<Guid, LoggedOperation> _operations = new();
    private readonly ConcurrentQueue<Guid> _order = new();
    private readonly ConcurrentDictionary<Task, byte> _background = new();

    public IReadOnlyList<LoggedOperation> All => [.. _order.Select(Find).OfType<LoggedOperation>()];

    public LoggedOperation? Find(Guid id) => _operations.GetValueOrDefault(id);

    public LoggedOperation Begin(string operation, string database, string principal)
    {
        var begun = new LoggedOperation(operation, database, principal);
        Add(begun);
        return begun;
    }

    /// <summary>Runs what an operation does while nobody waits for it, and which throws nothing.</summary>
    public void RunInBackground(Action work)
    {
        var task = new Task(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        _background.TryAdd(task, 0);
        task.ContinueWith(done => _background.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        task.Start(TaskScheduler.Default);
    }

    /// <summary>Comes back when nothing goes on in the background any more.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_background.Keys);

    /// <summary>
    /// Ends an operation, with an error or, for null, without. What it has become is kept before anybody sees it; where the disk
    /// does not take it, this process tells it all the same, for what the operation did is done.
    /// </summary>
    public void End(LoggedOperation operation, Exception? error)
    {
        LoggedOperation.State ended = LoggedOperation.Ended(error);
        try
        {
            log.Append(Describe(operation, ended));
        }
        catch (InvalidOperationException)
        {
            // What can be done about it was told to those whose requests the disk did not take.
        }

        operation.Become(ended);
    }

    /// <summary>Keeps that an operation runs; one that was never kept is forgotten with the process.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Keep(LoggedOperation operation) => log.Append(Describe(operation, operation.Current));

    /// <summary>An operation in a state, as it is kept.</summary>
    public static OperationRecord Describe(LoggedOperation operation, LoggedOperation.State state) => new(
        operation.Id, operation.Operation, operation.Database, operation.Principal, operation.StartedOn, state.Name, state.Status, state.UpdatedOn, state.ShouldRetry, operation.Details);

    /// <summary>Brings back an operation of an earlier process; one that ran when it ended was abandoned.</summary>
    public void Restore(OperationRecord record)
    {
        var operation = new LoggedOperation(record.Operation, record.Database, record.Principal) { Id = record.Id, StartedOn = record.StartedOn, Details = record.Details };
        operation.Become(record.State == LoggedOperation.Running
            ? new LoggedOperation.State("Abandoned", "The stand-in ended before the command did.", record.UpdatedOn, true)
            : new LoggedOperation.State(record.State, record.Status, record.UpdatedOn, record.ShouldRetry));
        Add(operation);
    }

    private void Add(LoggedOperation operation)
    {
        _operations[operation.Id] = operation;
        _order.Enqueue(operation.Id);
        if (_order.Count > Kept && _order.TryDequeue(out Guid oldest)) _operations.TryRemove(oldest, out _);
    }
}
