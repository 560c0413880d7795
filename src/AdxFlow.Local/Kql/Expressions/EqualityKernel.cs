using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>
/// <c>==</c> and <c>!=</c> with their own null rule: two nulls give null, one null gives false for <c>==</c> and true for <c>!=</c>.
/// </summary>
/// <remarks>Source: Microsoft Learn, "Null values" of the Kusto Query Language.</remarks>
internal static class EqualityKernel
{
    public static Kernel Create<TOperation, T>(bool negated)
        where TOperation : struct, IBinaryOperation<T, T, bool> => (arguments, count) =>
    {
        T[] a = arguments[0].Values<T>();
        T[] b = arguments[1].Values<T>();
        var result = new bool[count];
        for (int i = 0; i < result.Length; i++)
            result[i] = TOperation.Apply(a[i], b[i]) != negated;
        return WithNulls(arguments[0], arguments[1], result, negated);
    };

    /// <summary>Applies the null rule to the results for non-null rows.</summary>
    public static Vector WithNulls(Vector left, Vector right, bool[] result, bool negated)
    {
        ulong[]? nulls = null;
        if (left.Nulls is not null || right.Nulls is not null)
        {
            for (int i = 0; i < result.Length; i++)
            {
                bool leftNull = left.IsNull(i);
                bool rightNull = right.IsNull(i);
                if (leftNull && rightNull)
                    NullMask.Set(ref nulls, i, result.Length);
                else if (leftNull || rightNull)
                    result[i] = negated;
            }
        }

        return new Vector<bool>(KustoType.Bool, result, result.Length, nulls);
    }
}
