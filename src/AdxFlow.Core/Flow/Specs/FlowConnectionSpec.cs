namespace AdxFlow;

/// <summary>A connection spec of Flow Service: a connector, and how it signs in.</summary>
public sealed class FlowConnectionSpec
{
    internal FlowConnectionSpec(string id)
    {
        Id = id;
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The id, by the name under which other cmdlets take it from the pipeline.</summary>
    public string SpecId => Id;

    /// <summary>The name.</summary>
    public string? Name { get; internal init; }

    /// <summary>The version.</summary>
    public string? Version { get; internal init; }

    /// <summary>The family it belongs to.</summary>
    public string? ProviderId { get; internal init; }

    /// <summary>What it connects to, such as <c>database</c>; null where the spec does not say.</summary>
    public string? Category { get; internal init; }

    /// <summary>True for a source, false for a destination; null where the spec does not say.</summary>
    public bool? IsSource { get; internal init; }

    /// <summary>True where its connections can be drafts first; null where the spec does not say.</summary>
    public bool? IsDraftSupported { get; internal init; }

    /// <summary>The ways to sign in.</summary>
    public IReadOnlyList<FlowAuthSpec> AuthSpecs { get; internal init; } = [];

    /// <summary>The name, or the id where it has none.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name ?? Id;
}
