using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Access;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>A run of a flow. What it read is known once it has started; it tells so when its time is over.</summary>
/// <remarks>Source: Experience League, "Monitor dataflows using the Flow Service API".</remarks>
internal sealed class FlowRun : FlowResource
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public FlowRun(FlowResource flow, RunWindow window, JsonObject? parameters, DateTimeOffset startsAt, TimeSpan duration, FlowCaller caller, DateTimeOffset now)
        : base(Describe(flow, parameters), FlowState.Enabled, caller, now)
    {
        FlowId = flow.Id;
        Window = window;
        StartsAt = startsAt;
        CompletesAt = startsAt + duration;
        SourceId = JsonValues.Texts(flow.Body["sourceConnectionIds"])[0];
        TargetId = JsonValues.Texts(flow.Body["targetConnectionIds"])[0];
    }

    /// <param name="state">What an earlier process kept of it.</param>
    /// <param name="run">The part of that which only runs have.</param>
    /// <param name="creator">Who asked for it.</param>
    /// <param name="editor">The same.</param>
    public FlowRun(ResourceState state, RunState run, FlowCaller creator, FlowCaller editor)
        : base(state, creator, editor)
    {
        FlowId = run.FlowId;
        Window = run.Window;
        StartsAt = run.StartsAt;
        CompletesAt = run.CompletesAt;
        SourceId = run.SourceId;
        TargetId = run.TargetId;
        BatchId = run.BatchId;
        CopyId = run.CopyId;
        Outcome = run.Outcome;
    }

    public string FlowId { get; }

    public RunWindow Window { get; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset CompletesAt { get; private set; }

    public string SourceId { get; }

    public string TargetId { get; }

    /// <summary>The batch that the records arrive in.</summary>
    public string BatchId { get; } = "01" + string.Concat(RandomNumberGenerator.GetItems<char>(Crockford, 24).Select(c => c.ToString()));

    /// <summary>The run of the copy beneath.</summary>
    public string CopyId { get; } = Guid.NewGuid().ToString();

    /// <summary>Null until it has started.</summary>
    public RunOutcome? Outcome { get; private set; }

    public string StatusAt(DateTimeOffset now) => Outcome is null ? now < StartsAt ? RunStatus.Scheduled : RunStatus.InProgress
        : now < CompletesAt ? RunStatus.InProgress
        : Outcome.Succeeded ? RunStatus.Success : RunStatus.Failed;

    /// <summary>Starts no earlier than that.</summary>
    public void Delay(DateTimeOffset start)
    {
        if (StartsAt >= start) return;
        CompletesAt += start - StartsAt;
        StartsAt = start;
    }

    public void Finish(RunOutcome outcome)
    {
        Outcome = outcome;
        Touch(Editor, CompletesAt);
    }

    public override ResourceState Capture(string collection, int port) => base.Capture(collection, port) with
    {
        Run = new RunState(FlowId, Window, StartsAt, CompletesAt, SourceId, TargetId, BatchId, CopyId, Outcome),
    };

    /// <summary>What a flow tells about its latest run.</summary>
    public JsonObject Summary(DateTimeOffset now)
    {
        var summary = new JsonObject { ["id"] = Id, ["state"] = StatusAt(now), ["startedAtUTC"] = StartsAt.ToUnixTimeMilliseconds() };
        if (Outcome is not null && now >= CompletesAt) summary["completedAtUTC"] = CompletesAt.ToUnixTimeMilliseconds();
        return summary;
    }

    public override JsonObject Render(DateTimeOffset now)
    {
        JsonObject item = base.Render(now);
        item.Remove("version");
        item["state"] = StatusAt(now);
        RunReport.AddTo(item, this, now);
        return item;
    }

    private static JsonObject Describe(FlowResource flow, JsonObject? parameters)
    {
        var body = new JsonObject { ["flowId"] = flow.Id, ["flowSpec"] = flow.Body["flowSpec"]?.DeepClone(), ["providerRefId"] = Guid.NewGuid().ToString("N") };
        if (parameters is not null) body["params"] = parameters.DeepClone();
        return body;
    }
}
