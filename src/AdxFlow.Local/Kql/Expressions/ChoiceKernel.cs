using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>Chooses between two vectors row by row.</summary>
internal static class ChoiceKernel
{
    /// <summary>A kernel of (first, second) that takes the first where the test of both rows says so.</summary>
    public static Kernel Create(KustoType type, Func<Vector, Vector, int, bool> takesFirst) => (arguments, count) =>
        Choose(type, arguments[0], arguments[1], row => takesFirst(arguments[0], arguments[1], row), count);

    /// <summary>A kernel of (condition, then, else); a null condition takes the latter.</summary>
    public static Kernel Conditional(KustoType type) => (arguments, count) =>
    {
        bool[] condition = arguments[0].Values<bool>();
        return Choose(type, arguments[1], arguments[2], row => condition[row] && !arguments[0].IsNull(row), count);
    };

    private static Vector Choose(KustoType type, Vector first, Vector second, Func<int, bool> takesFirst, int count) => type switch
    {
        KustoType.Bool => Choose<bool>(type, first, second, takesFirst, count),
        KustoType.Int => Choose<int>(type, first, second, takesFirst, count),
        KustoType.Long or KustoType.DateTime or KustoType.TimeSpan => Choose<long>(type, first, second, takesFirst, count),
        KustoType.Real => Choose<double>(type, first, second, takesFirst, count),
        KustoType.Decimal => Choose<KustoDecimal>(type, first, second, takesFirst, count),
        KustoType.Guid => Choose<Guid>(type, first, second, takesFirst, count),
        KustoType.String => Choose<string>(type, first, second, takesFirst, count),
        _ => Choose<DynamicValue>(type, first, second, takesFirst, count),
    };

    private static Vector Choose<T>(KustoType type, Vector first, Vector second, Func<int, bool> takesFirst, int count)
    {
        T[] a = first.Values<T>();
        T[] b = second.Values<T>();
        var result = new ResultColumn<T>(type, count);
        for (int i = 0; i < count; i++)
        {
            bool isFirst = takesFirst(i);
            if ((isFirst ? first : second).IsNull(i))
                result.SetNull(i);
            else
                result.Items[i] = isFirst ? a[i] : b[i];
        }

        return result.Build();
    }
}
