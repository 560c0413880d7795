using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>Adobe's side as a journal tells it: what is in each sandbox, and which tokens are good.</summary>
internal sealed class FlowImage
{
    private readonly Dictionary<(string Organization, string Sandbox), WorkspaceImage> _workspaces = [];

    public IEnumerable<WorkspaceImage> Workspaces => _workspaces.Values;

    /// <summary>Since when tokens are good; null where none was ever taken back.</summary>
    public Guid? TokenGeneration { get; private set; }

    /// <summary>True where the record is one of Adobe's side.</summary>
    public bool TryApply(StateRecord record)
    {
        switch (record)
        {
            case WorkspaceRecord changes:
                if (!_workspaces.TryGetValue((changes.Organization, changes.Sandbox), out WorkspaceImage? workspace))
                    _workspaces[(changes.Organization, changes.Sandbox)] = workspace = new WorkspaceImage(changes.Organization, changes.Sandbox);
                workspace.Apply(changes);
                return true;
            case TokensExpiredRecord expired:
                TokenGeneration = expired.Generation;
                return true;
            default:
                return false;
        }
    }

    public IEnumerable<StateRecord> Records()
    {
        IEnumerable<StateRecord> records = Workspaces.SelectMany(w => w.Records());
        return TokenGeneration is { } generation ? records.Prepend(new TokensExpiredRecord(generation)) : records;
    }
}
