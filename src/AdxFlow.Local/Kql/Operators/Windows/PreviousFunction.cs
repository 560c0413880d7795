using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators.Windows;

/// <summary><c>prev()</c>: it keeps as many values as its offset.</summary>
internal sealed class PreviousFunction : WindowFunction
{
    private readonly ColumnExpression _column;
    private readonly int _offset;
    private readonly Vector _none;
    private Vector _kept;

    /// <param name="column">The column.</param>
    /// <param name="offset">How many rows to go back.</param>
    /// <param name="none">The value where there is no such row.</param>
    public PreviousFunction(ColumnExpression column, int offset, Vector none)
        : base(null)
    {
        _column = column;
        _offset = offset;
        _none = none;
        _kept = Vector.CreateNull(column.Type, 0);
    }

    public override Vector Compute(RowChunk chunk)
    {
        Vector all = Concatenation.Of([_none, _kept, _column.Evaluate(chunk)]);
        var rows = new int[chunk.Count];
        for (int row = 0; row < rows.Length; row++)
            rows[row] = (int)Math.Max(0, 1L + _kept.Count + row - _offset);
        Vector result = all.Gather(rows);

        int kept = Math.Min(_offset, all.Count - 1);
        _kept = all.Gather([.. Enumerable.Range(all.Count - kept, kept)]);
        return result;
    }
}
