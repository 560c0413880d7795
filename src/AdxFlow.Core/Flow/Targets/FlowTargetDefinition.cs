namespace AdxFlow.Flow;

/// <summary>A target as it is to be made.</summary>
internal sealed record FlowTargetDefinition
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string DatasetId { get; init; }

    /// <summary>The <c>$id</c> of the dataset's schema.</summary>
    public required string SchemaId { get; init; }

    /// <summary>The schema's major version.</summary>
    public int SchemaVersion { get; init; } = 1;

    public bool IsDraft { get; init; }
}
