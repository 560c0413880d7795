using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators.Windows;

/// <summary>The state of a window function in one pass over the rows. It sees them in their order, chunk by chunk.</summary>
internal abstract class WindowFunction
{
    private readonly Expression? _restart;

    /// <param name="restart">True for rows where the function begins anew; null where it never does.</param>
    protected WindowFunction(Expression? restart) => _restart = restart;

    /// <summary>The values for the next rows.</summary>
    public abstract Vector Compute(RowChunk chunk);

    /// <summary>Tells for each row whether the function begins anew there.</summary>
    protected Func<int, bool> Restarts(RowChunk chunk)
    {
        if (_restart is null) return static _ => false;
        Vector vector = _restart.Evaluate(chunk);
        bool[] values = vector.Values<bool>();
        return row => values[row] && !vector.IsNull(row);
    }
}
