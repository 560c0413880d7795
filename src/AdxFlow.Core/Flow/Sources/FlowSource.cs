namespace AdxFlow;

/// <summary>A source connection: a table, or what else a base connection leads to, as the beginning of a dataflow.</summary>
public sealed class FlowSource
{
    /// <summary>The source's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id once more: what uses a source says which one under this name.</summary>
    public string SourceId => Id;

    /// <summary>The source's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What it is for, in words; empty where there are none.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The base connection that it goes through.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>The specification of that connection.</summary>
    public string? ConnectionSpecId { get; init; }

    /// <summary>The table, as exploring names it; null for a source that is none.</summary>
    public string? Table { get; init; }

    /// <summary>The names of the table's columns, as they were when the source was made.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The service's word for its state, such as <c>enabled</c> or <c>draft</c>.</summary>
    public string? State { get; init; }

    /// <summary>The version that a change must name, with its own double quotes.</summary>
    public string? ETag { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset? UpdatedOn { get; init; }

    /// <summary>The source's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
