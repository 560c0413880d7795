using System.Collections.Concurrent;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>The ingestion commands that ran or run, latest state only, of which the latest are kept.</summary>
internal sealed class OperationLog(StateLog log)
{
    private const int Kept = 10_000;

    private readonly ConcurrentDictionary<Guid, LoggedOperation> _operations = new();
    private readonly ConcurrentQueue<Guid> _order = new();

    public IReadOnlyList<LoggedOperation> All => [.. _order.Select(Find).OfType<LoggedOperation>()];

    public LoggedOperation? Find(Guid id) => _operations.GetValueOrDefault(id);

    public LoggedOperation Begin(string operation, string database, string principal)
    {
        var begun = new LoggedOperation(operation, database, principal);
        Add(begun);
        return begun;
    }

    /// <summary>Ends an operation, with an error or, for null, without.</summary>
    public void End(LoggedOperation operation, Exception? error)
    {
        operation.End(error);
        Keep(operation);
    }

    /// <summary>Keeps the state of an operation; one that was never kept is forgotten with the process.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Keep(LoggedOperation operation)
    {
        LoggedOperation.State state = operation.Current;
        log.Append(new OperationRecord(
            operation.Id, operation.Operation, operation.Database, operation.Principal, operation.StartedOn, state.Name, state.Status, state.UpdatedOn, state.ShouldRetry, operation.Details));
    }

    /// <summary>Brings back an operation of an earlier process; one that ran when it ended was abandoned.</summary>
    public void Restore(OperationRecord record)
    {
        var operation = new LoggedOperation(record.Operation, record.Database, record.Principal) { Id = record.Id, StartedOn = record.StartedOn, Details = record.Details };
        operation.Restore(record.State == LoggedOperation.Running
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
