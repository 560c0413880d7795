using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators.Windows;

/// <summary><c>row_cumsum()</c>. What a null adds is not documented: it fails the query.</summary>
internal sealed class CumulativeSumFunction<T> : WindowFunction
    where T : struct, System.Numerics.INumber<T>
{
    private readonly Expression _term;
    private T _sum;

    public CumulativeSumFunction(Expression term, Expression? restart)
        : base(restart) => _term = term;

    public override Vector Compute(RowChunk chunk)
    {
        Func<int, bool> restarts = Restarts(chunk);
        Vector term = _term.Evaluate(chunk);
        T[] values = term.Values<T>();
        var result = new T[chunk.Count];
        for (int row = 0; row < result.Length; row++)
        {
            if (term.IsNull(row)) throw KqlException.NotSupportedValue("The local stand-in does not know what row_cumsum() makes of a null. Replace nulls first: coalesce(x, 0).");
            if (restarts(row)) _sum = T.Zero;
            try
            {
                _sum = checked(_sum + values[row]);
            }
            catch (OverflowException)
            {
                throw KqlException.NotSupportedValue("row_cumsum() left the range of its type. (What the service would answer then is not documented.)");
            }

            result[row] = _sum;
        }

        return new Vector<T>(term.Type, result, result.Length, null);
    }
}
