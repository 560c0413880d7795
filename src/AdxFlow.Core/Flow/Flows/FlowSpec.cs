namespace AdxFlow;

/// <summary>A flow specification: what may be joined to what, and by which rules.</summary>
public sealed class FlowSpec
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The id once more: what follows a specification says which one under this name.</summary>
    public string FlowSpecId => Id;

    /// <summary>Its name, such as <c>CRMToAEP</c>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its version.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>Who provides the flows.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Whether it brings data in; else it sends data out to a destination.</summary>
    public bool IsSource { get; init; }

    /// <summary>True where its flows can be drafts first; null where the spec does not say.</summary>
    public bool? IsDraftSupported { get; init; }

    /// <summary>The frequencies that its schedule allows, as the service spells them; empty where it tells none.</summary>
    public IReadOnlyList<string> Frequencies { get; init; } = [];

    /// <summary>The specifications of connections that its flows can come from.</summary>
    public IReadOnlyList<string> SourceSpecIds { get; init; } = [];

    /// <summary>The specifications of connections that its flows can go to.</summary>
    public IReadOnlyList<string> TargetSpecIds { get; init; } = [];

    /// <summary>Its name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
