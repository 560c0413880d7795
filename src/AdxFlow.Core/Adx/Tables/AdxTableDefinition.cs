namespace AdxFlow.Adx;

/// <summary>What a table is to be like.</summary>
public sealed record AdxTableDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its columns, at least one.</summary>
    public required IReadOnlyList<AdxColumn> Columns { get; init; }

    /// <summary>The folder to show it in; null leaves that as it is.</summary>
    public string? Folder { get; init; }

    /// <summary>What it is for, in words; null leaves that as it is.</summary>
    public string? DocString { get; init; }
}
