using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Access;
using AdxFlow.Local.Endpoints.Flow.Flows;
using AdxFlow.Local.Endpoints.Flow.Resources;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Starts runs when their time has come, by the stand-in's clock.</summary>
internal sealed class FlowScheduler(FlowHost host)
{
    /// <summary>Timers take no longer times.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly RunReader _reader = new(host.Adx);

    /// <summary>Takes up a flow that is new, or has changed.</summary>
    public void Plan(Workspace workspace, FlowResource flow)
    {
        if (flow.IsDraft) return;
        if (workspace.Plans.ByFlow.TryGetValue(flow.Id, out FlowPlan? plan))
        {
            plan.Follow();
            plan.Skip(host.Clock.GetUtcNow());
        }
        else
        {
            workspace.Plans.ByFlow.Add(flow.Id, new FlowPlan(flow));
        }

        CatchUp(workspace);
    }

    /// <summary>A run that was asked for.</summary>
    public FlowRun Start(Workspace workspace, FlowResource flow, RunWindow window, JsonObject? parameters, DateTimeOffset startsAt, FlowCaller caller)
    {
        FlowRun run = Add(workspace, flow, window, parameters, startsAt, caller, host.Clock.GetUtcNow());
        workspace.Plans.Waiting.Add(run);
        CatchUp(workspace);
        return run;
    }

    public static FlowRun? LastRun(Workspace workspace, FlowResource flow) =>
        workspace.Runs.Items.OfType<FlowRun>().Where(r => r.FlowId == flow.Id).MaxBy(r => r.StartsAt);

    /// <summary>Takes up what an earlier process had: of the times that passed since then each flow has one run.</summary>
    public void Resume(Workspace workspace)
    {
        lock (workspace.Gate)
        {
            foreach (FlowPlan plan in workspace.Plans.ByFlow.Values)
                plan.Skip(host.StartedOn);
            foreach (FlowRun run in workspace.Plans.Waiting)
                run.Delay(host.StartedOn);
        }

        Wake(workspace);
    }

    /// <summary>Runs what is due, in the order of its times, and waits for the next.</summary>
    public void CatchUp(Workspace workspace)
    {
        FlowPlans plans = workspace.Plans;
        DateTimeOffset now = host.Clock.GetUtcNow();
        foreach (FlowPlan gone in plans.ByFlow.Values.Where(p => workspace.Flows.Find(p.Flow.Id) is null).ToArray())
            plans.ByFlow.Remove(gone.Flow.Id);
        while (plans.Next() is { } due && due <= now)
        {
            if (plans.Waiting.Find(r => r.StartsAt == due) is { } waiting)
            {
                plans.Waiting.Remove(waiting);
                Execute(workspace, waiting);
                continue;
            }

            RunScheduled(workspace, plans.ByFlow.Values.First(p => p.Due == due));
        }

        plans.SetAlarm(() => plans.Next() is { } next ? host.Clock.CreateTimer(_ => Wake(workspace), null, Wait(next - now), Timeout.InfiniteTimeSpan) : null);
    }

    private static TimeSpan Wait(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > LongestWait ? LongestWait : time;

    private void Wake(Workspace workspace)
    {
        lock (workspace.Gate)
        {
            CatchUp(workspace);
            try
            {
                workspace.Log.Keep();
            }
            catch (InvalidOperationException)
            {
                // Nobody was told yet; who asks gets the error.
            }
        }
    }

    private void RunScheduled(Workspace workspace, FlowPlan plan)
    {
        FlowResource flow = plan.Flow;
        DateTimeOffset due = plan.Due!.Value;
        bool isOn = flow.State == FlowState.Enabled;
        if (isOn)
        {
            string? delta = FlowTransformations.Read(flow.Body).DeltaColumn;
            var window = plan.Schedule.IsOnce ? new RunWindow(null, null, null) : new RunWindow(delta, plan.WindowStart, due);
            DateTimeOffset at = due < host.StartedOn ? host.StartedOn : due;
            Execute(workspace, Add(workspace, flow, window, null, at, flow.Editor, at));
        }

        plan.Advance(isOn);
    }

    private FlowRun Add(Workspace workspace, FlowResource flow, RunWindow window, JsonObject? parameters, DateTimeOffset startsAt, FlowCaller caller, DateTimeOffset now)
    {
        var run = new FlowRun(flow, window, parameters, startsAt, host.Options.RunDuration, caller, now);
        workspace.Runs.Add(run);
        return run;
    }

    private void Execute(Workspace workspace, FlowRun run) =>
        run.Finish(host.PlannedFailures.TryDequeue(out RunError? planned) ? RunOutcome.Planned(planned) : Read(workspace, run));

    /// <summary>Reads the rows of a run. The clock may have started it, so that nobody is there for an error but the run itself.</summary>
    private RunOutcome Read(Workspace workspace, FlowRun run)
    {
        try
        {
            return _reader.Read(workspace, run);
        }
        catch (Exception e)
        {
            return RunOutcome.NotCopied("The local stand-in could not do this: " + e.Message);
        }
    }
}
