namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>What is going to run in a sandbox.</summary>
internal sealed class FlowPlans : IDisposable
{
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>By the id of the flow.</summary>
    public Dictionary<string, FlowPlan> ByFlow { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs that were asked for, and have not started.</summary>
    public List<FlowRun> Waiting { get; } = [];

    /// <summary>The next time at which something runs; null for none.</summary>
    public DateTimeOffset? Next()
    {
        DateTimeOffset? next = null;
        foreach (DateTimeOffset? due in ByFlow.Values.Select(p => p.Due).Concat(Waiting.Select(r => (DateTimeOffset?)r.StartsAt)))
        {
            if (next is null || due < next) next = due ?? next;
        }

        return next;
    }

    /// <summary>Sets the alarm; the one before it is off.</summary>
    public void SetAlarm(Func<ITimer?> create)
    {
        _timer?.Dispose();
        _timer = _disposed ? null : create();
    }

    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
    }
}
