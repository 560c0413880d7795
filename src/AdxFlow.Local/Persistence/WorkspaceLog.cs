using AdxFlow.Local.Endpoints.Flow;
using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>
/// Keeps what a sandbox holds, whatever request changed it: it compares what is with what was kept last. What changed in between
/// is one record, so that a run and its place in the schedule are never kept one without the other.
/// </summary>
/// <param name="workspace">What the sandbox holds. Its gate is held during each call.</param>
/// <param name="organization">The organization.</param>
/// <param name="sandbox">The name of the sandbox.</param>
/// <param name="log">Where to keep it.</param>
/// <param name="port">The port of the stand-in, which addresses have.</param>
internal sealed class WorkspaceLog(Workspace workspace, string organization, string sandbox, StateLog log, int port)
{
    private readonly Dictionary<WorkspaceKey, long> _kept = [];
    private readonly Dictionary<string, PlanState> _plans = new(StringComparer.Ordinal);

    /// <summary>Keeps what changed since it was last asked.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Keep()
    {
        if (!log.Keeps) return;
        var present = new HashSet<WorkspaceKey>(_kept.Count);
        var changes = new WorkspaceRecord(organization, sandbox)
        {
            Resources = [.. workspace.Collections.SelectMany(c => c.Items.Where(r => IsNew(present, c.Name, r.Id, r.ChangeNumber)).Select(r => r.Capture(c.Name, port)))],
            Documents = [.. Documents().Where(d => IsNew(present, d.Collection, d.Id, 0))],
            Plans = [.. workspace.Plans.ByFlow.Values.Where(p => workspace.Flows.Find(p.Flow.Id) is not null).Select(p => p.Capture()).OfType<PlanState>().Where(p => _plans.GetValueOrDefault(p.FlowId) != p)],
        };
        changes = changes with { Removed = [.. _kept.Keys.Where(k => !present.Contains(k))] };
        if (changes.Resources.Length + changes.Documents.Length + changes.Plans.Length + changes.Removed.Length == 0) return;
        log.Append(changes);
        Remember(changes);
    }

    /// <summary>What was restored need not be kept again.</summary>
    public void Assume(WorkspaceImage image) => Remember(new WorkspaceRecord(organization, sandbox)
    {
        Resources = [.. image.Resources],
        Documents = [.. image.Documents],
        Plans = [.. image.Resources.Select(r => image.Plan(r.Id)).OfType<PlanState>()],
    });

    private IEnumerable<DocumentState> Documents() =>
    [
        .. RegistryKind.All.SelectMany(kind => workspace.Schemas.All(kind).Select(r => new DocumentState(kind.Path, XdmRegistry.Id(r), r))),
        .. workspace.DataSets.Items.Select(d => new DocumentState("dataSets", d.Id, d.Body)),
        .. workspace.MappingSets.Values.Select(m => new DocumentState("mappingSets", m.Id, m.Body)),
    ];

    /// <summary>True for what was not kept, or in an earlier version.</summary>
    private bool IsNew(HashSet<WorkspaceKey> present, string collection, string id, long version)
    {
        var key = new WorkspaceKey(collection, id);
        present.Add(key);
        return !_kept.TryGetValue(key, out long kept) || kept != version;
    }

    private void Remember(WorkspaceRecord changes)
    {
        foreach (ResourceState resource in changes.Resources)
            _kept[new WorkspaceKey(resource.Collection, resource.Id)] = resource.ChangeNumber;
        foreach (DocumentState document in changes.Documents)
            _kept[new WorkspaceKey(document.Collection, document.Id)] = 0;
        foreach (PlanState plan in changes.Plans)
            _plans[plan.FlowId] = plan;
        foreach (WorkspaceKey removed in changes.Removed)
        {
            _kept.Remove(removed);
            _plans.Remove(removed.Id);
        }
    }
}
