using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators.Windows;

/// <summary><c>row_number()</c>.</summary>
internal sealed class RowNumberFunction : WindowFunction
{
    private readonly long _start;
    private long _next;

    public RowNumberFunction(long start, Expression? restart)
        : base(restart) => _start = _next = start;

    public override Vector Compute(RowChunk chunk)
    {
        Func<int, bool> restarts = Restarts(chunk);
        var result = new long[chunk.Count];
        for (int row = 0; row < result.Length; row++)
        {
            if (restarts(row)) _next = _start;
            result[row] = _next;
            _next = unchecked(_next + 1);
        }

        return new Vector<long>(KustoType.Long, result, result.Length, null);
    }
}
