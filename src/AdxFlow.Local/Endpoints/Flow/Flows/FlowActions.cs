using AdxFlow.Local.Endpoints.Flow.Resources;

namespace AdxFlow.Local.Endpoints.Flow.Flows;

/// <summary>Switches flows on and off.</summary>
/// <remarks>Source: Experience League, "Update dataflows using the Flow Service API".</remarks>
internal sealed class FlowActions(FlowHost host)
{
    public FlowAnswer Enable(FlowRequest request, string id) => Switch(request, id, "enable", FlowState.Disabled, FlowState.Enabled, FlowState.Enabling);

    public FlowAnswer Disable(FlowRequest request, string id) => Switch(request, id, "disable", FlowState.Enabled, FlowState.Disabled, FlowState.Disabling);

    private FlowAnswer Switch(FlowRequest request, string id, string action, string from, string to, string between)
    {
        FlowResource flow = request.Workspace.Flows.Get(id);
        ETag.Demand(request.Header("If-Match"), flow, required: false);
        string state = flow.StateAt(request.Now);
        if (state != from) throw ResourceEndpoint.WrongState(action, state);
        flow.Move(to, between, host.Options.TransitionTime, request.Caller, request.Now);
        return FlowAnswer.Ok(ResourceEndpoint.Version(flow));
    }
}
