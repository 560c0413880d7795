using AdxFlow.Local.Endpoints.Flow.Resources;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>What a sandbox holds. Whoever reads or changes it holds the gate.</summary>
internal sealed class Workspace
{
    public Workspace() => Resources = [Connections, SourceConnections, TargetConnections, Flows, Runs];

    public object Gate { get; } = new();

    public ResourceCollection Connections { get; } = new("connections");

    public ResourceCollection SourceConnections { get; } = new("sourceConnections");

    public ResourceCollection TargetConnections { get; } = new("targetConnections");

    public ResourceCollection Flows { get; } = new("flows");

    public ResourceCollection Runs { get; } = new("runs");

    public IReadOnlyList<ResourceCollection> Resources { get; }
}
