using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>A sandbox as a journal tells it.</summary>
internal sealed class WorkspaceImage(string organization, string sandbox)
{
    private readonly Dictionary<WorkspaceKey, ResourceState> _resources = [];
    private readonly Dictionary<WorkspaceKey, DocumentState> _documents = [];
    private readonly Dictionary<string, PlanState> _plans = new(StringComparer.Ordinal);

    public string Organization => organization;

    public string Sandbox => sandbox;

    public IEnumerable<ResourceState> Resources => _resources.Values;

    public IEnumerable<DocumentState> Documents => _documents.Values;

    public PlanState? Plan(string flow) => _plans.GetValueOrDefault(flow);

    public void Apply(WorkspaceRecord changes)
    {
        foreach (ResourceState resource in changes.Resources)
            _resources[new WorkspaceKey(resource.Collection, resource.Id)] = resource;
        foreach (DocumentState document in changes.Documents)
            _documents[new WorkspaceKey(document.Collection, document.Id)] = document;
        foreach (PlanState plan in changes.Plans)
            _plans[plan.FlowId] = plan;
        foreach (WorkspaceKey removed in changes.Removed)
        {
            if (_resources.Remove(removed))
                _plans.Remove(removed.Id);
            else
                _documents.Remove(removed);
        }
    }

    /// <summary>A record for each thing, so that none is larger than it must be.</summary>
    public IEnumerable<StateRecord> Records() =>
    [
        .. _documents.Values.Select(d => new WorkspaceRecord(organization, sandbox) { Documents = [d] }),
        .. _resources.Values.Select(r => new WorkspaceRecord(organization, sandbox) { Resources = [r], Plans = Plan(r.Id) is { } plan ? [plan] : [] }),
    ];
}
