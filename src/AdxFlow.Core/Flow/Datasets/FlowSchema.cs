namespace AdxFlow.Flow;

/// <summary>A schema as far as rows and mappings are concerned.</summary>
internal sealed class FlowSchema
{
    public required string Id { get; init; }

    public string Title { get; init; } = string.Empty;

    /// <summary>The major version.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The paths of the fields that take a single value, such as <c>_acme.eventId</c>.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The paths that every row needs.</summary>
    public IReadOnlyList<string> RequiredPaths { get; init; } = [];
}
