using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Endpoints.Flow.Runs;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>What a sandbox holds. Whoever reads or changes it holds the gate.</summary>
internal sealed class Workspace
{
    public object Gate { get; } = new();

    public ResourceCollection Connections { get; } = new("connections");

    public ResourceCollection SourceConnections { get; } = new("sourceConnections");

    public ResourceCollection TargetConnections { get; } = new("targetConnections");

    public ResourceCollection Flows { get; } = new("flows");

    public ResourceCollection Runs { get; } = new("runs");

    /// <summary>When each flow runs next.</summary>
    public FlowPlans Plans { get; } = new();

    public XdmRegistry Schemas { get; } = new();

    public DataSetCollection DataSets { get; } = new();

    public Dictionary<string, MappingSet> MappingSets { get; } = new(StringComparer.Ordinal);
}
