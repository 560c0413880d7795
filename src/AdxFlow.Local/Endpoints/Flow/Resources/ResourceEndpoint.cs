using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>What all kinds of resources have in common: to be listed, read, made, changed, deleted, published.</summary>
internal sealed class ResourceEndpoint(FlowHost host, ResourceKind kind)
{
    private static readonly string[] CommonFields = ["id", "name", "description", "state", "createdAt", "updatedAt"];

    private readonly string[] _filterFields = [.. CommonFields, .. kind.FilterFields];

    public FlowAnswer List(FlowRequest request)
    {
        ResourcePage page = ResourcePage.Of(request, host.Options.PageSize);
        Workspace workspace = request.Workspace;
        return FlowAnswer.Ok(page.Answer(kind.Name, kind.In(workspace).Items, _filterFields, r => kind.Render(r, workspace, request.Now)));
    }

    public FlowAnswer Get(FlowRequest request, string id) =>
        FlowAnswer.Item(kind.Render(kind.In(request.Workspace).Get(id), request.Workspace, request.Now));

    public FlowAnswer Create(FlowRequest request)
    {
        JsonObject body = request.Object();
        string? mode = request.Value("mode");
        if (mode is not (null or FlowState.Draft)) throw FlowException.Connector(1368, "Mode is not allowed in flow request. Please check your request and try again.");
        bool isDraft = mode is not null;
        kind.Check(body, null, isDraft, request);
        var stored = (JsonObject)body.DeepClone();
        kind.Protect(stored, null);
        var resource = new FlowResource(stored, isDraft ? FlowState.Draft : FlowState.Enabled, request.Caller, request.Now);
        if (!isDraft) resource.Move(FlowState.Enabled, FlowState.Initializing, host.Options.TransitionTime, request.Caller, request.Now);
        kind.In(request.Workspace).Add(resource);
        kind.Changed(resource, request);
        return new FlowAnswer(201, Version(resource)) { Location = $"/{kind.Name}/{resource.Id}" };
    }

    public FlowAnswer Patch(FlowRequest request, string id)
    {
        FlowResource resource = kind.In(request.Workspace).Get(id);
        ETag.Demand(request.Header("If-Match"), resource, required: true);
        DemandSettled(resource, request.Now);
        var body = (JsonObject)resource.Body.DeepClone();
        foreach (PatchOperation operation in JsonPatch.Read(request.Body))
        {
            if (!kind.PatchFields.Contains(operation.Steps[0])) throw JsonPatch.InvalidPath(operation.Path);
            kind.CheckPatch(resource, operation, request);
            JsonPatch.Apply(body, operation);
        }

        kind.Check(body, resource.Body, resource.IsDraft, request);
        kind.Protect(body, resource.Body);
        resource.Replace(body);
        resource.Move(resource.State, resource.IsDraft ? FlowState.Draft : FlowState.Updating, host.Options.TransitionTime, request.Caller, request.Now);
        kind.Changed(resource, request);
        return FlowAnswer.Ok(Version(resource));
    }

    public FlowAnswer Delete(FlowRequest request, string id)
    {
        FlowResource resource = kind.In(request.Workspace).Get(id);
        DemandSettled(resource, request.Now);
        kind.CheckDeletion(resource, request.Workspace);
        kind.In(request.Workspace).Remove(resource);
        return FlowAnswer.NoContent;
    }

    /// <summary>Makes a draft real, once all that it is built on is.</summary>
    public FlowAnswer Publish(FlowRequest request, string id)
    {
        FlowResource resource = kind.In(request.Workspace).Get(id);
        ETag.Demand(request.Header("If-Match"), resource, required: false);
        if (!resource.IsDraft) throw WrongState("publish", resource.StateAt(request.Now));
        kind.CheckPublication(resource, request.Workspace);
        kind.Check(resource.Body, null, false, request);
        resource.Move(FlowState.Enabled, FlowState.Initializing, host.Options.TransitionTime, request.Caller, request.Now);
        kind.Changed(resource, request);
        return FlowAnswer.Ok(Version(resource));
    }

    /// <summary>The id and the ETag, which is all that a change answers.</summary>
    public static JsonObject Version(FlowResource resource) => new() { ["id"] = resource.Id, ["etag"] = resource.Etag };

    public static FlowException WrongState(string action, string state) =>
        FlowException.Invalid(1422, $"The action {action} cannot be applied on the current state {state}. Please update the action and try again.");

    private static void DemandSettled(FlowResource resource, DateTimeOffset now)
    {
        string state = resource.StateAt(now);
        if (state is FlowState.Updating or FlowState.Enabling or FlowState.Disabling)
            throw FlowException.Invalid(1420, $"The current state {state} cannot be updated.");
    }
}
