namespace AdxFlow.Local.Endpoints;

/// <summary>The faults that wait for their requests, first added first used, and the latest that are spent.</summary>
internal sealed class FaultPlan
{
    private const int KeptSpent = 1000;

    private readonly object _gate = new();
    private readonly List<(int Id, LocalFault Fault, int Left)> _faults = [];
    private readonly Queue<LocalFaultState> _spent = new();
    private int _last;

    /// <summary>All of them, in the order in which they were added.</summary>
    public IReadOnlyList<LocalFaultState> States
    {
        get
        {
            lock (_gate)
                return [.. _spent.Concat(_faults.Select(f => new LocalFaultState(f.Id, f.Fault, f.Left))).OrderBy(s => s.Id)];
        }
    }

    /// <summary>Adds a fault, and tells the number by which it can be removed; 0 where it strikes nothing.</summary>
    public int Add(LocalFault fault)
    {
        if (fault.Count <= 0) return 0;
        lock (_gate)
        {
            _faults.Add((++_last, fault, fault.Count));
            return _last;
        }
    }

    /// <summary>Removes a fault; false where there is none of that number.</summary>
    public bool Remove(int id)
    {
        lock (_gate)
        {
            if (_faults.RemoveAll(f => f.Id == id) > 0) return true;
            List<LocalFaultState> others = [.. _spent.Where(s => s.Id != id)];
            if (others.Count == _spent.Count) return false;
            _spent.Clear();
            others.ForEach(_spent.Enqueue);
            return true;
        }
    }

    /// <summary>Takes the fault that strikes a request of this kind to this path, if any.</summary>
    public LocalFault? Take(LocalFaultTarget kind, string path)
    {
        lock (_gate)
        {
            for (int i = 0; i < _faults.Count; i++)
            {
                (int id, LocalFault fault, int left) = _faults[i];
                if ((fault.Target & kind) == 0 || (fault.PathPrefix is { } prefix && !path.StartsWith(prefix, StringComparison.Ordinal))) continue;
                if (left > 1)
                {
                    _faults[i] = (id, fault, left - 1);
                }
                else
                {
                    _faults.RemoveAt(i);
                    _spent.Enqueue(new LocalFaultState(id, fault, 0));
                    if (_spent.Count > KeptSpent) _spent.Dequeue();
                }

                return fault;
            }
        }

        return null;
    }
}
