namespace AdxFlow.Adx;

/// <summary>What a mapping is to be like.</summary>
public sealed record AdxMappingDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The sort of data it is for.</summary>
    public required AdxMappingKind Kind { get; init; }

    /// <summary>
    /// Its columns, at least one. A column of which nothing says where it comes from is taken by its own name; in csv, by its place
    /// among such columns.
    /// </summary>
    public required IReadOnlyList<AdxColumnMapping> Columns { get; init; }
}
