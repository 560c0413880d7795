using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Queries;

/// <summary>The queries that run, and the latest that have ended.</summary>
internal sealed class QueryRegistry
{
    private const int Kept = 1_000;

    private readonly ConcurrentDictionary<Guid, RunningQuery> _running = new();
    private readonly ConcurrentQueue<RunningQuery> _ended = new();

    public IReadOnlyList<RunningQuery> Running => [.. _running.Values.OrderBy(q => q.StartedOn)];

    /// <summary>Those that have ended, oldest first.</summary>
    public IReadOnlyList<RunningQuery> Ended => _ended.ToArray();

    public void Add(RunningQuery query) => _running[query.ActivityId] = query;

    /// <summary>Moves a query to those that have ended.</summary>
    public void Remove(RunningQuery query)
    {
        _running.TryRemove(query.ActivityId, out _);
        _ended.Enqueue(query);
        if (_ended.Count > Kept) _ended.TryDequeue(out _);
    }
}
