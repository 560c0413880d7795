using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>The ingestion commands that ran or run, latest state only, of which the latest are kept.</summary>
internal sealed class OperationLog
{
    private const int Kept = 10_000;

    private readonly ConcurrentDictionary<Guid, LoggedOperation> _operations = new();
    private readonly ConcurrentQueue<Guid> _order = new();

    public IReadOnlyList<LoggedOperation> All => [.. _order.Select(Find).OfType<LoggedOperation>()];

    public LoggedOperation? Find(Guid id) => _operations.GetValueOrDefault(id);

    public LoggedOperation Begin(string operation, string database, string principal)
    {
        var begun = new LoggedOperation(operation, database, principal);
        _operations[begun.Id] = begun;
        _order.Enqueue(begun.Id);
        if (_order.Count > Kept && _order.TryDequeue(out Guid oldest)) _operations.TryRemove(oldest, out _);
        return begun;
    }
}
