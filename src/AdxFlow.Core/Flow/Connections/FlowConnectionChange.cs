using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>What is to be changed in a base connection; null leaves as it is.</summary>
internal sealed class FlowConnectionChange
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>All parameters of the sign-in, which replace those there are.</summary>
    public JsonObject? Parameters { get; init; }

    /// <summary>The values among them that must never show.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];
}
