using System.Globalization;

namespace AdxFlow.Adx;

/// <summary>What a table is to be like.</summary>
public sealed record AdxTableDefinition
{
    /// <summary>The most columns a table can have. Source: <see href="https://learn.microsoft.com/kusto/query/schema-entities/columns"/>.</summary>
    public const int MaxColumns = 10_000;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its columns, at least one.</summary>
    public required IReadOnlyList<AdxColumn> Columns { get; init; }

    /// <summary>The folder to show it in; null leaves that as it is.</summary>
    public string? Folder { get; init; }

    /// <summary>What it is for, in words; null leaves that as it is.</summary>
    public string? DocString { get; init; }

    /// <summary>Sees that the service can make such a table.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidName</c>, <c>AdxInvalidTable</c>.</exception>
    internal void Check()
    {
        CheckNewName(Name);
        if (Columns.Count == 0)
            throw Unfit("has no columns.");
        if (Columns.Count > MaxColumns)
            throw Unfit(string.Create(CultureInfo.InvariantCulture, $"has {Columns.Count} columns; {MaxColumns} are the limit."));

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (AdxColumn column in Columns)
        {
            CheckNewName(column.Name);
            if (!names.Add(column.Name))
                throw Unfit($"has the column '{column.Name}' twice.");
        }
    }

    /// <summary>How a table that is there differs from this, in words; null where it does not.</summary>
    internal string? DifferenceTo(AdxTable table)
    {
        if (!table.Columns.SequenceEqual(Columns))
            return $"other columns: {string.Join(", ", table.Columns)}";
        if (Folder is not null && Folder != table.Folder)
            return $"another folder: '{table.Folder}'";
        return DocString is not null && DocString != table.DocString ? $"another description: '{table.DocString}'" : null;
    }

    private static void CheckNewName(string name)
    {
        Kql.CheckedName(name);
        if (name.StartsWith("__", StringComparison.Ordinal) || name.EndsWith("__", StringComparison.Ordinal))
        {
            throw new AdxException("AdxInvalidName", AdxErrorKind.InvalidArgument, $"'{name}' is not a name one may give: those that begin or end with two underscores are reserved.")
            {
                RecommendedAction = "Take the underscores away, or leave one.",
            };
        }
    }

    private AdxException Unfit(string reason) => new("AdxInvalidTable", AdxErrorKind.InvalidArgument, $"Table '{Name}' {reason}")
    {
        RecommendedAction = "Correct the columns; a table has at least one, and each name once.",
    };
}
