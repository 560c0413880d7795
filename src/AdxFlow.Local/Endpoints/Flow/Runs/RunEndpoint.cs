using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Flows;
using AdxFlow.Local.Endpoints.Flow.Resources;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Runs: listed, asked for, tried again.</summary>
/// <remarks>Sources: Experience League, "Create a flow run for on-demand ingestion using the Flow Service API" and "Retry failed
/// dataflow runs".</remarks>
internal sealed class RunEndpoint(FlowHost host, FlowScheduler scheduler)
{
    private static readonly string[] FilterFields = ["id", "flowId", "state", "createdAt", "updatedAt", "metrics", "flowSpec", "providerRefId"];

    public FlowAnswer Handle(FlowRequest request, string[] path) => (request.Method, path) switch
    {
        ("GET", [_]) => FlowAnswer.Ok(ResourcePage.Of(request, host.Options.PageSize).Answer("runs", request.Workspace.Runs.Items, FilterFields, r => r.Render(request.Now))),
        ("GET", [_, var id]) => FlowAnswer.Item(request.Workspace.Runs.Get(id).Render(request.Now)),
        ("POST", [_]) => Create(request),
        ("POST", [_, var id, "action"]) => Act(request, id),
        ("PUT", [_, _]) => throw FlowException.Invalid(1427, "The user token is unauthorized to create/update flow runs. Please ensure that the user token is authorized and try again."),
        _ => throw FlowServiceEndpoint.NotServed(request),
    };

    private FlowAnswer Create(FlowRequest request)
    {
        JsonObject body = request.Object();
        string flowId = JsonValues.Text(body["flowId"]) ?? "";
        if (flowId.Length == 0) throw FlowException.Invalid(1446, "The flow ID cannot be null or empty. Please update the flow ID and try again.");
        FlowResource flow = request.Workspace.Flows.Find(flowId) ?? throw FlowException.Invalid(1430, $"Flow not found with id {flowId}.");
        string state = flow.StateAt(request.Now);
        if (state != FlowState.Enabled) throw FlowException.Connector(1380, $"Failed to create flow run. Error message: The flow {flowId} is in state {state}.");
        if (!FlowSchedule.Read(flow.Body["scheduleParams"]).IsOnce)
        {
            string frequency = JsonValues.Text(JsonValues.At(flow.Body, "scheduleParams", "frequency"))!;
            throw FlowException.Connector(1386, $"The flowId={flowId} with scheduleParams frequency={frequency} is not supported for creating flow runs. Please provide a valid frequency and try again.");
        }

        if (body["params"] is not JsonObject { Count: > 0 } parameters) throw Invalid(body["params"]);
        DateTimeOffset starts = Time(parameters, "startTime");
        DateTimeOffset from = Time(parameters, "windowStartTime");
        DateTimeOffset until = Time(parameters, "windowEndTime");
        if (until < from)
            throw FlowException.Connector(1381, $"WindowEndTime={until.ToUnixTimeSeconds()} cannot be before Window StartTime={from.ToUnixTimeSeconds()}. Please provide a valid end time and try again.");
        string delta = Delta(flow, parameters["deltaColumn"] as JsonObject, request);
        FlowRun run = scheduler.Start(request.Workspace, flow, new RunWindow(delta, from, until), parameters, starts < request.Now ? request.Now : starts, request.Caller);
        return new FlowAnswer(201, new JsonObject { ["items"] = new JsonArray(ResourceEndpoint.Version(run)) }) { Location = "/runs/" + run.Id };
    }

    /// <summary>A new run with the window of one that failed, or that found nothing.</summary>
    private FlowAnswer Act(FlowRequest request, string id)
    {
        var run = (FlowRun)request.Workspace.Runs.Get(id);
        string action = request.Value("op")?.ToLowerInvariant() ?? "";
        if (action is not ("re-trigger" or "re_trigger"))
            throw FlowException.Connector(1401, $"The provided flow run action={action} is not supported. Please provide a valid flow run action and try again.");
        string status = run.StatusAt(request.Now);
        bool isIdle = status == RunStatus.Success && run.Outcome!.InputRecords == 0;
        if (status != RunStatus.Failed && !isIdle)
            throw FlowException.Connector(1387, $"The flowRunId={id} is in an invalid state={status} for re-triggering. Please try again after some time and contact customer support if the problem persists.");
        FlowResource flow = request.Workspace.Flows.Get(run.FlowId);
        string state = flow.StateAt(request.Now);
        if (state != FlowState.Enabled)
            throw FlowException.Connector(1388, $"The flow={flow.Id} is in state={state} and cannot be re-triggered. The flow must be in enabled state for re-triggering.");
        FlowRun again = scheduler.Start(request.Workspace, flow, run.Window, run.Body["params"] as JsonObject, request.Now, request.Caller);
        return FlowAnswer.Ok(ResourceEndpoint.Version(again));
    }

    private static DateTimeOffset Time(JsonObject parameters, string name)
    {
        if (parameters[name] is not { } value) throw Invalid(parameters);
        return JsonValues.Integer(value) is >= 0 and <= EpochSeconds.Last and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw FlowException.Connector(1340, $"An error occurred while parsing {JsonValues.Scalar(value)}. Please check the time format provided in the request and try again.");
    }

    /// <summary>The first run brings the delta column into the flow; later ones may only repeat it.</summary>
    private static string Delta(FlowResource flow, JsonObject? wanted, FlowRequest request)
    {
        string? known = FlowTransformations.Read(flow.Body).DeltaColumn;
        string? name = JsonValues.Text(wanted?["name"]);
        if (known is not null)
        {
            if (name is not null && name != known)
                throw FlowException.Connector(1382, "The delta column should match the value present in the flow's Copy transformations. Please provide a valid delta column and try again.");
            return known;
        }

        if (name is null) throw FlowException.Connector(1383, "The delta column is missing in the params received for creating a flow run. Please provide delta column in params and try again.");
        FlowKind.DemandColumn(name, request.Workspace.SourceConnections.Find(JsonValues.Texts(flow.Body["sourceConnectionIds"])[0]));
        var body = (JsonObject)flow.Body.DeepClone();
        var copy = new JsonObject { ["name"] = "Copy", ["params"] = new JsonObject { ["deltaColumn"] = wanted!.DeepClone() } };
        var transformations = (JsonArray)body["transformations"]!;
        transformations.Insert(0, copy);
        flow.Replace(body);
        flow.Touch(request.Caller, request.Now);
        return name;
    }

    private static FlowException Invalid(JsonNode? parameters) => FlowException.Connector(
        1384, $"The params={parameters?.ToJsonString()} provided for creating flow run are invalid or empty. Please provide valid params and try again.");
}
