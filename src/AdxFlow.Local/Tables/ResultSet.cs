namespace AdxFlow.Local.Tables;

/// <summary>What a query or a command returns: columns, and rows that are computed while they are enumerated (once).</summary>
internal sealed class ResultSet
{
    public ResultSet(IReadOnlyList<Column> columns, IEnumerable<RowChunk> chunks)
    {
        Columns = columns;
        Chunks = chunks;
    }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>What whoever asked should know beside the rows.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The rows. Enumerating may throw <see cref="OperationCanceledException"/> or a run-time error of the query.</summary>
    public IEnumerable<RowChunk> Chunks { get; }

    /// <summary>A result from ready values, for commands. Values are what <see cref="ColumnBuilder.AppendObject"/> takes.</summary>
    public static ResultSet FromRows(IReadOnlyList<Column> columns, IEnumerable<object?[]> rows)
    {
        var chunks = new List<RowChunk>();
        ColumnBuilder[] builders = Builders(columns);
        int count = 0;
        foreach (object?[] row in rows)
        {
            for (int i = 0; i < builders.Length; i++)
                builders[i].AppendObject(row[i]);
            if (++count < RowChunk.MaxRows) continue;
            chunks.Add(new RowChunk(Array.ConvertAll(builders, b => b.Build()), count));
            builders = Builders(columns);
            count = 0;
        }

        if (count > 0)
            chunks.Add(new RowChunk(Array.ConvertAll(builders, b => b.Build()), count));
        return new ResultSet(columns, chunks);
    }

    private static ColumnBuilder[] Builders(IReadOnlyList<Column> columns) =>
        [.. columns.Select(c => ColumnBuilder.Create(c.Type))];
}
