using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Endpoints.Flow.Runs;
using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>What a sandbox holds. Whoever reads or changes it holds the gate.</summary>
internal sealed class Workspace
{
    /// <param name="organization">The organization.</param>
    /// <param name="sandbox">The name of the sandbox.</param>
    /// <param name="log">Keeps what changes.</param>
    /// <param name="port">The port of the stand-in.</param>
    public Workspace(string organization, string sandbox, StateLog log, int port) => Log = new WorkspaceLog(this, organization, sandbox, log, port);

    /// <summary>Keeps what changed, before it is answered.</summary>
    public WorkspaceLog Log { get; }

    public object Gate { get; } = new();

    public ResourceCollection Connections { get; } = new("connections");

    public ResourceCollection SourceConnections { get; } = new("sourceConnections");

    public ResourceCollection TargetConnections { get; } = new("targetConnections");

    public ResourceCollection Flows { get; } = new("flows");

    public ResourceCollection Runs { get; } = new("runs");

    /// <summary>All collections of the Flow Service.</summary>
    public IEnumerable<ResourceCollection> Collections => [Connections, SourceConnections, TargetConnections, Flows, Runs];

    /// <summary>When each flow runs next.</summary>
    public FlowPlans Plans { get; } = new();

    public XdmRegistry Schemas { get; } = new();

    public DataSetCollection DataSets { get; } = new();

    public Dictionary<string, MappingSet> MappingSets { get; } = new(StringComparer.Ordinal);
}
