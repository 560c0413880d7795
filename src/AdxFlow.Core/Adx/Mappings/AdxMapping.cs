namespace AdxFlow;

/// <summary>A mapping that a table or database keeps under a name, for ingestion to refer to.</summary>
public sealed class AdxMapping
{
    /// <summary>Its name. Mappings of different kinds may share one.</summary>
    public required string Name { get; init; }

    /// <summary>The sort of data it is for.</summary>
    public required AdxMappingKind Kind { get; init; }

    /// <summary>The kind in the service's words, such as <c>Json</c>.</summary>
    public string KindText { get; init; } = string.Empty;

    /// <summary>The database it is in.</summary>
    public required string Database { get; init; }

    /// <summary>The table it belongs to; null for a mapping of the database, which all its tables may use.</summary>
    public string? Table { get; init; }

    /// <summary>The columns and where they come from; empty where <see cref="Definition"/> cannot be understood.</summary>
    public IReadOnlyList<AdxColumnMapping> Columns { get; init; } = [];

    /// <summary>The mapping as the service keeps it, in JSON.</summary>
    public string Definition { get; init; } = string.Empty;

    /// <summary>When it was made or changed last, in UTC; null where the service does not tell.</summary>
    public DateTime? LastUpdatedOn { get; init; }

    /// <summary>The mapping's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
