using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>Where rows are from, as far as extent_id(), extent_tags() and ingestion_time() are concerned.</summary>
internal sealed class RowOrigin
{
    /// <param name="extents">The extents of the table whose rows they are.</param>
    public RowOrigin(ExtentList extents) => Extents = extents;

    private RowOrigin()
    {
    }

    /// <summary>The query has made them: they are of no extent.</summary>
    public static RowOrigin Computed { get; } = new();

    /// <summary>Whether they still belong to their extents is not documented.</summary>
    public static RowOrigin Open { get; } = new();

    /// <summary>The extents by which rows are numbered; null where they are of none.</summary>
    public ExtentList? Extents { get; }

    /// <summary>True once an expression wants to know the extents; only then do rows carry them. Set while the query is bound.</summary>
    public bool IsAsked { get; set; }
}
