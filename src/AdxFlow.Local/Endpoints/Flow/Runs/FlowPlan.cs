using AdxFlow.Local.Endpoints.Flow.Flows;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>When a flow runs next, and from where on it reads then.</summary>
internal sealed class FlowPlan
{
    private DateTimeOffset? _last;

    /// <param name="flow">The flow.</param>
    /// <param name="kept">How far it had come in an earlier process; null where it has not begun.</param>
    public FlowPlan(FlowResource flow, PlanState? kept = null)
    {
        Flow = flow;
        _last = kept?.Last;
        WindowStart = kept?.WindowStart;
        Follow();
    }

    public FlowResource Flow { get; }

    /// <summary>The time of the next run; null where there is none.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>From where on the next run reads; null for the beginning.</summary>
    public DateTimeOffset? WindowStart { get; private set; }

    public FlowSchedule Schedule { get; private set; } = null!;

    /// <summary>Takes up the flow's schedule, which may have changed.</summary>
    public void Follow()
    {
        Schedule = FlowSchedule.Read(Flow.Body["scheduleParams"]);
        if (_last is { } last)
        {
            Due = Schedule.Period is { } period ? last + period : null;
            return;
        }

        Due = Schedule.Backfill ? Schedule.Start : Schedule.Start + Schedule.Period;
        WindowStart = Schedule.Backfill ? null : Schedule.Start;
    }

    /// <summary>Leaves out all missed times but the latest, whose run reads what those would have.</summary>
    public void Skip(DateTimeOffset now)
    {
        if (Schedule.Period is { } period && Due is { } due && due + period <= now) Due = due + (period * Math.Floor((now - due) / period));
    }

    /// <summary>What to keep of it; null where it has not begun, since the schedule tells the rest.</summary>
    public PlanState? Capture() => _last is { } last ? new PlanState(Flow.Id, last, WindowStart) : null;

    /// <summary>Goes on to the next time.</summary>
    /// <param name="hasRun">False where the flow was switched off: the next run reads what this one would have.</param>
    public void Advance(bool hasRun)
    {
        if (hasRun) WindowStart = Due;
        _last = Due;
        Follow();
    }
}
