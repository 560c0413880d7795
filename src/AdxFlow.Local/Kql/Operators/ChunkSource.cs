using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>Rows that are there already: the snapshot of a table, or computed values.</summary>
internal sealed class ChunkSource : TabularOperator
{
    private readonly TableSnapshot _rows;

    public ChunkSource(IReadOnlyList<Column> schema, IReadOnlyList<RowChunk> chunks)
        : this(schema, new TableSnapshot(chunks, ExtentList.Empty), null) => Origin = RowOrigin.Computed;

    private ChunkSource(IReadOnlyList<Column> schema, TableSnapshot rows, string? name)
        : base(schema)
    {
        _rows = rows;
        Name = name;
    }

    public override string? Name { get; }

    /// <summary>The rows of a table as of now, in the columns it has now.</summary>
    public static ChunkSource Scan(Table table)
    {
        IReadOnlyList<Column> columns = table.Columns;
        TableSnapshot rows = table.SnapshotWithExtents();
        return new ChunkSource(columns, rows, table.Name) { Origin = table.IsComputed ? RowOrigin.Computed : new RowOrigin(rows.Extents) };
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        foreach (RowChunk chunk in Origin.IsAsked ? _rows.Number() : _rows.Chunks)
        {
            cancel.ThrowIfCancellationRequested();

            // Columns that were added between reading the schema and taking the snapshot are not of this query.
            yield return chunk.Width == Schema.Count ? chunk : chunk.With([.. chunk.Columns.Take(Schema.Count)]);
        }
    }
}
