using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow;
using AdxFlow.Local.Endpoints.Flow.Access;
using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Endpoints.Flow.Runs;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>Gives Adobe's side of a stand-in that starts what an earlier one had. Nothing runs before it is told to go on.</summary>
internal sealed class FlowRestorer(FlowHost host, StateLog log, int port)
{
    /// <exception cref="LocalPathException">What was kept cannot be read.</exception>
    public void Restore(FlowImage image)
    {
        try
        {
            foreach (WorkspaceImage workspace in image.Workspaces)
                Restore(workspace);
        }
        catch (Exception e) when (e is not LocalPathException)
        {
            throw log.Damaged(e);
        }
    }

    private void Restore(WorkspaceImage image)
    {
        Organization organization = host.Organization(image.Organization);

        // A sandbox that this process does not have stays in the folder.
        if (organization.FindSandbox(image.Sandbox) is not { } sandbox) return;
        Workspace workspace = sandbox.Workspace;
        foreach (DocumentState document in image.Documents)
            Restore(workspace, document);
        foreach (ResourceState state in image.Resources)
            Restore(workspace, state, new FlowCaller(state.Creator, organization, sandbox), new FlowCaller(state.Editor, organization, sandbox));
        foreach (FlowResource flow in workspace.Flows.Items.Where(f => !f.IsDraft))
            workspace.Plans.ByFlow.Add(flow.Id, new FlowPlan(flow, image.Plan(flow.Id)));
        workspace.Log.Assume(image);
    }

    private static void Restore(Workspace workspace, DocumentState document)
    {
        switch (document.Collection)
        {
            case "dataSets": workspace.DataSets.Add(new DataSet(document.Id, document.Body)); break;
            case "mappingSets": workspace.MappingSets.Add(document.Id, MappingSet.Restore(document.Id, document.Body)); break;
            default: workspace.Schemas.Add(RegistryKind.Find(document.Collection)!, document.Body); break;
        }
    }

    private void Restore(Workspace workspace, ResourceState state, FlowCaller creator, FlowCaller editor)
    {
        if (state.Run is { } kept)
        {
            var run = new FlowRun(state, kept, creator, editor);
            workspace.Runs.Add(run);
            if (run.Outcome is null) workspace.Plans.Waiting.Add(run);
            return;
        }

        workspace.Collections.First(c => c.Name == state.Collection).Add(new FlowResource(Here(state), creator, editor));
    }

    /// <summary>A connection to this stand-in's own cluster stays one when it has another port.</summary>
    private ResourceState Here(ResourceState state)
    {
        string? endpoint = JsonValues.Text(JsonValues.At(state.Body, "auth", "params", "endpoint"));
        if (state.Port == port || !Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) || address.Host != host.Adx.ClusterUri.Host || address.Port != state.Port)
            return state;

        // What was written stays as it was written, but for the port.
        var body = (JsonObject)state.Body.DeepClone();
        JsonValues.At(body, "auth", "params")!["endpoint"] = endpoint.Replace($"{address.Host}:{state.Port}", $"{address.Host}:{port}", StringComparison.OrdinalIgnoreCase);
        return state with { Body = body };
    }
}
