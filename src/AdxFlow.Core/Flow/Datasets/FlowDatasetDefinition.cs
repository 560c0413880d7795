namespace AdxFlow.Flow;

/// <summary>A dataset as it is to be made: of a schema that exists, or of fields for which one is made.</summary>
internal sealed record FlowDatasetDefinition
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The <c>$id</c> of a schema; null where <see cref="Fields"/> are given.</summary>
    public string? SchemaId { get; init; }

    /// <summary>The schema's major version.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The class of the schema to make.</summary>
    public string ClassId { get; init; } = SchemaClass.Profile;

    /// <summary>The fields of the schema to make.</summary>
    public IReadOnlyList<FlowField> Fields { get; init; } = [];

    /// <summary>Whether batches keep what was wrong with each row.</summary>
    public bool ErrorDiagnostics { get; init; }
}
