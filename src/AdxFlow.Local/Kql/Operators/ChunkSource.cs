using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>Rows that are there already: the snapshot of a table, or computed values.</summary>
internal sealed class ChunkSource : TabularOperator
{
    private readonly IReadOnlyList<RowChunk> _chunks;

    public ChunkSource(IReadOnlyList<Column> schema, IReadOnlyList<RowChunk> chunks, string? name = null)
        : base(schema)
    {
        _chunks = chunks;
        Name = name;
    }

    public override string? Name { get; }

    /// <summary>The rows of a table as of now, in the columns it has now.</summary>
    public static ChunkSource Scan(Table table)
    {
        IReadOnlyList<Column> columns = table.Columns;
        return new ChunkSource(columns, table.Snapshot(), table.Name);
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        foreach (RowChunk chunk in _chunks)
        {
            cancel.ThrowIfCancellationRequested();

            // Columns that were added between reading the schema and taking the snapshot are not of this query.
            yield return chunk.Width == Schema.Count ? chunk : new RowChunk([.. chunk.Columns.Take(Schema.Count)], chunk.Count);
        }
    }
}
