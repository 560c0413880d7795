using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>The rows that a subquery begins with, which are others each time it runs. Whoever runs it reads it to its end before the next time.</summary>
internal sealed class ReplaySource : TabularOperator
{
    private IReadOnlyList<RowChunk>? _rows;

    public ReplaySource(IReadOnlyList<Column> schema)
        : base(schema)
    {
    }

    /// <summary>Gives it the rows for the next time.</summary>
    public void Begin(params IReadOnlyList<RowChunk> rows) => _rows = rows;

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        // What is computed while the query is bound, such as toscalar(), cannot have seen any rows.
        IReadOnlyList<RowChunk> rows = _rows ?? throw KqlException.NotSupportedValue("The local stand-in has no tabular expression within a value that depends on the rows of a subquery.");
        foreach (RowChunk chunk in rows)
        {
            cancel.ThrowIfCancellationRequested();
            yield return chunk;
        }
    }
}
