using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>A base connection to be made.</summary>
internal sealed class FlowConnectionDefinition
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The connection spec.</summary>
    public required string SpecId { get; init; }

    /// <summary>The version of the spec; null means the present one.</summary>
    public string? SpecVersion { get; init; }

    /// <summary>How the connector is to sign in; null where the spec knows one way only.</summary>
    public string? AuthSpec { get; init; }

    /// <summary>What that takes.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>The values among them that must never show.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>True to make a draft, which Publish-FlowConnection makes a connection of.</summary>
    public bool IsDraft { get; init; }
}
