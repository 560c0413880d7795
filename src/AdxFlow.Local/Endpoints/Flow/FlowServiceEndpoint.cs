using AdxFlow.Local.Endpoints.Flow.Connections;
using AdxFlow.Local.Endpoints.Flow.Flows;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Endpoints.Flow.Runs;
using AdxFlow.Local.Endpoints.Flow.Specs;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>The Flow Service: which operation a request is.</summary>
/// <remarks>Source: Adobe Developer, "Flow Service API".</remarks>
internal sealed class FlowServiceEndpoint
{
    private readonly ConnectionExplorer _explorer;
    private readonly FlowActions _flowActions;
    private readonly RunEndpoint _runs;
    private readonly FlowScheduler _scheduler;
    private readonly Dictionary<string, ResourceEndpoint> _resources;

    public FlowServiceEndpoint(FlowHost host)
    {
        _explorer = new ConnectionExplorer(host);
        _flowActions = new FlowActions(host);
        _scheduler = host.Scheduler;
        _runs = new RunEndpoint(host, _scheduler);
        ResourceKind[] kinds = [new ConnectionKind(), new SourceKind(), new TargetKind(), new FlowKind(_scheduler)];
        _resources = kinds.ToDictionary(k => k.Name, k => new ResourceEndpoint(host, k), StringComparer.Ordinal);
    }

    public FlowAnswer Handle(FlowRequest request)
    {
        lock (request.Workspace.Gate)
        {
            _scheduler.CatchUp(request.Workspace);
            FlowAnswer answer = Dispatch(request, [.. request.Segments]);
            request.Workspace.Log.Keep();
            return answer;
        }
    }

    private FlowAnswer Dispatch(FlowRequest request, string[] path) => (request.Method, path) switch
    {
        ("GET", ["connectionSpecs"]) => SpecEndpoint.List(request, SpecCatalog.Connections),
        ("GET", ["connectionSpecs", var id]) => SpecEndpoint.Get(SpecCatalog.FindConnectionSpec(id), path[0], id),
        ("GET", ["connectionSpecs", var id, "explore"]) => throw FlowException.Connector(1372, $"The current operation is not allowed. Explore via connection spec is not allowed for connection spec ID={id}."),
        ("GET", ["flowSpecs"]) => SpecEndpoint.List(request, SpecCatalog.Flows),
        ("GET", ["flowSpecs", var id]) => SpecEndpoint.Get(SpecCatalog.FindFlowSpec(id), path[0], id),
        ("GET", ["connections", var id, "test"]) => _explorer.Test(request.Workspace.Connections.Get(id)),
        ("GET", ["connections", var id, "explore"]) => _explorer.Explore(request, request.Workspace.Connections.Get(id)),
        (_, ["runs", ..]) => _runs.Handle(request, path),
        ("POST", ["flows", var id, "action"]) when request.Value("op") is { } op && op.Equals("enable", StringComparison.OrdinalIgnoreCase) => _flowActions.Enable(request, id),
        ("POST", ["flows", var id, "action"]) when request.Value("op") is { } op && op.Equals("disable", StringComparison.OrdinalIgnoreCase) => _flowActions.Disable(request, id),
        (_, [var collection, ..]) when _resources.TryGetValue(collection, out ResourceEndpoint? resources) => Dispatch(request, path, resources),
        _ => throw NotServed(request),
    };

    private static FlowAnswer Dispatch(FlowRequest request, string[] path, ResourceEndpoint resources) => (request.Method, path) switch
    {
        ("GET", [_]) => resources.List(request),
        ("POST", [_]) => resources.Create(request),
        ("GET", [_, var id]) => resources.Get(request, id),
        ("PATCH", [_, var id]) => resources.Patch(request, id),
        ("DELETE", [_, var id]) => resources.Delete(request, id),
        ("POST", [_, var id, "action"]) => request.Value("op")?.ToLowerInvariant() switch
        {
            "publish" => resources.Publish(request, id),
            "finalize" or "finalize_update" => throw FlowException.Invalid(1402, "The action 'finalize' is supported for provider requests only."),
            var action => throw FlowException.Connector(1398, $"The provided operation : {action} is unsupported. Please check the operation provided and try again."),
        },
        _ => throw NotServed(request),
    };

    public static FlowException NotServed(FlowRequest request) => FlowException.Of(
        "FLOW-1101-404", "Resource not found", $"The local stand-in serves no {request.Method} at this address of the Flow Service.");
}
