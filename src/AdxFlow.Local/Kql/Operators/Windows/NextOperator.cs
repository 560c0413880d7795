using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators.Windows;

/// <summary><c>next()</c>: a chunk waits until as many rows behind it are known as the offset says.</summary>
internal sealed class NextOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly ColumnExpression _column;
    private readonly int _offset;
    private readonly Vector _none;

    /// <param name="input">The rows.</param>
    /// <param name="schema">Their columns, and that of the function.</param>
    /// <param name="column">The column.</param>
    /// <param name="offset">How many rows to look ahead.</param>
    /// <param name="none">The value where there is no such row.</param>
    public NextOperator(TabularOperator input, IReadOnlyList<Column> schema, ColumnExpression column, int offset, Vector none)
        : base(schema)
    {
        _input = input;
        _column = column;
        _offset = offset;
        _none = none;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        EnsureStack();
        var waiting = new Queue<RowChunk>();
        long ahead = 0;
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            if (chunk.Count == 0) continue;
            if (waiting.Count > 0) ahead += chunk.Count;
            waiting.Enqueue(chunk);
            while (waiting.Count > 1 && ahead >= _offset)
            {
                yield return Complete(waiting);
                ahead -= waiting.Peek().Count;
            }
        }

        while (waiting.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            yield return Complete(waiting);
        }
    }

    private RowChunk Complete(Queue<RowChunk> waiting)
    {
        RowChunk chunk = waiting.Dequeue();
        var parts = new List<Vector> { _none, _column.Evaluate(chunk) };
        int needed = _offset;
        foreach (RowChunk following in waiting)
        {
            if (needed <= 0) break;
            Vector part = _column.Evaluate(following);
            parts.Add(part.Head(Math.Min(part.Count, needed)));
            needed -= part.Count;
        }

        Vector all = Concatenation.Of(parts);
        var rows = new int[chunk.Count];
        for (int row = 0; row < rows.Length; row++)
        {
            long at = 1L + row + _offset;
            rows[row] = at < all.Count ? (int)at : 0;
        }

        return chunk.With([.. chunk.Columns, all.Gather(rows)]);
    }
}
