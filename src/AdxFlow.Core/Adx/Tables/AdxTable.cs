namespace AdxFlow;

/// <summary>A table of a database.</summary>
public sealed class AdxTable
{
    /// <summary>The table's name; the case of its letters matters.</summary>
    public required string Name { get; init; }

    /// <summary>The database it is in.</summary>
    public required string Database { get; init; }

    /// <summary>The table's name once more: what belongs to a table says which one under this name.</summary>
    public string Table => Name;

    /// <summary>The folder that tools show it in; empty where there is none.</summary>
    public string Folder { get; init; } = string.Empty;

    /// <summary>What it is for, in words; empty where there are none.</summary>
    public string DocString { get; init; } = string.Empty;

    /// <summary>The columns, in their order.</summary>
    public IReadOnlyList<AdxColumn> Columns { get; init; } = [];

    /// <summary>How many rows it has; null where that was not asked for.</summary>
    public long? RowCount { get; init; }

    /// <summary>The size of its data as it was ingested, in bytes; null where that was not asked for.</summary>
    public long? OriginalSize { get; init; }

    /// <summary>The size of its data as it is stored, in bytes; null where that was not asked for.</summary>
    public long? ExtentSize { get; init; }

    /// <summary>The table's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
