namespace AdxFlow;

/// <summary>A way in which a connector signs in to its source.</summary>
public sealed class FlowAuthSpec
{
    internal FlowAuthSpec(string name)
    {
        Name = name;
    }

    /// <summary>The name, as -AuthSpec takes it.</summary>
    public string Name { get; }

    /// <summary>The sort, such as <c>Basic_Authentication</c>; null where the spec does not say.</summary>
    public string? Type { get; internal init; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<FlowAuthParameter> Parameters { get; internal init; } = [];

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
