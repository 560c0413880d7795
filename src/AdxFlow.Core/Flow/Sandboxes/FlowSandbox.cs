namespace AdxFlow;

/// <summary>A sandbox of an organization in Experience Platform: what is in one is not seen in another.</summary>
public sealed class FlowSandbox
{
    internal FlowSandbox(string name)
    {
        Name = name;
    }

    /// <summary>The name, in small letters: what Connect-Flow takes.</summary>
    public string Name { get; }

    /// <summary>The name for people.</summary>
    public string? Title { get; internal init; }

    /// <summary><c>creating</c>, <c>active</c>, <c>deleting</c>, <c>resetting</c>, <c>deleted</c> or <c>failed</c>.</summary>
    public string? State { get; internal init; }

    /// <summary><c>production</c> or <c>development</c>.</summary>
    public string? Type { get; internal init; }

    /// <summary>Where its data is, such as <c>VA7</c>.</summary>
    public string? Region { get; internal init; }

    /// <summary>True for the one that is meant where none is named.</summary>
    public bool IsDefault { get; internal init; }

    /// <summary>When it was made, in UTC; null where the service does not say.</summary>
    public DateTimeOffset? CreatedOn { get; internal init; }

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
