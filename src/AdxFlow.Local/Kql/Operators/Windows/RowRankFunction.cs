using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators.Windows;

/// <summary><c>row_rank_dense()</c> counts the changes of its term; <c>row_rank_min()</c> gives the number of the row where the term changed last.</summary>
internal sealed class RowRankFunction : WindowFunction
{
    private readonly Expression _term;
    private readonly bool _isDense;
    private Vector? _last;
    private long _row;
    private long _rank;

    public RowRankFunction(Expression term, Expression? restart, bool isDense)
        : base(restart)
    {
        _term = term;
        _isDense = isDense;
    }

    public override Vector Compute(RowChunk chunk)
    {
        var result = new long[chunk.Count];
        if (result.Length == 0) return new Vector<long>(KustoType.Long, result, 0, null);
        Func<int, bool> restarts = Restarts(chunk);
        Vector term = _term.Evaluate(chunk);
        RowComparer order = RowComparer.Create(term, descending: false, nullsFirst: true);
        bool isSame = _last is not null && RowComparer.Create(Concatenation.Of([_last, term.Head(1)]), descending: false, nullsFirst: true).Compare(0, 1) == 0;
        for (int row = 0; row < result.Length; row++)
        {
            if (row > 0) isSame = order.Compare(row - 1, row) == 0;
            if (restarts(row))
            {
                _row = 0;
                _rank = 0;
                isSame = false;
            }

            _row++;
            if (!isSame) _rank = _isDense ? _rank + 1 : _row;
            result[row] = _rank;
        }

        _last = term.Gather([result.Length - 1]);
        return new Vector<long>(KustoType.Long, result, result.Length, null);
    }
}
