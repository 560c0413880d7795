namespace AdxFlow.Flow;

/// <summary>A source as it is to be made.</summary>
internal sealed record FlowSourceDefinition
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string ConnectionId { get; init; }

    /// <summary>The table, by the path that exploring gave.</summary>
    public required string Table { get; init; }

    public bool IsDraft { get; init; }
}
