namespace AdxFlow;

/// <summary>A table that a connection reaches.</summary>
public sealed class FlowTable
{
    internal FlowTable(string connectionId, string table)
    {
        ConnectionId = connectionId;
        Table = table;
    }

    /// <summary>The base connection over which it is reached.</summary>
    public string ConnectionId { get; }

    /// <summary>What the connector calls it: its path.</summary>
    public string Table { get; }

    /// <summary>The name to show; mostly the path as well.</summary>
    public string? Name { get; internal init; }

    /// <summary><c>table</c>, or what else the connector has.</summary>
    public string? Type { get; internal init; }

    /// <summary>True where rows can be looked at; null where the connector does not say.</summary>
    public bool? CanPreview { get; internal init; }

    /// <summary>True where columns can be told; null where the connector does not say.</summary>
    public bool? CanFetchSchema { get; internal init; }

    /// <summary>The columns; null where they were not asked for.</summary>
    public IReadOnlyList<FlowColumn>? Columns { get; internal init; }

    /// <summary>The path.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => Table;
}
