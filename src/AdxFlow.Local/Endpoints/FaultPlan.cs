namespace AdxFlow.Local.Endpoints;

/// <summary>The faults that wait for their requests, first added first used.</summary>
internal sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly List<(LocalFault Fault, int Left)> _faults = [];

    public void Add(LocalFault fault)
    {
        if (fault.Count <= 0) return;
        lock (_gate)
            _faults.Add((fault, fault.Count));
    }

    /// <summary>Takes the fault that strikes a request of this kind to this path, if any.</summary>
    public LocalFault? Take(LocalFaultTarget kind, string path)
    {
        lock (_gate)
        {
            for (int i = 0; i < _faults.Count; i++)
            {
                (LocalFault fault, int left) = _faults[i];
                if ((fault.Target & kind) == 0 || (fault.PathPrefix is { } prefix && !path.StartsWith(prefix, StringComparison.Ordinal))) continue;
                if (left > 1)
                    _faults[i] = (fault, left - 1);
                else
                    _faults.RemoveAt(i);
                return fault;
            }
        }

        return null;
    }
}
