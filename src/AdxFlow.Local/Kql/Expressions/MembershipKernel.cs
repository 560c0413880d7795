using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary><c>in</c> and <c>!in</c> with a list of constants: one look-up a row, however long the list is.</summary>
/// <remarks>The null rule is that of <c>==</c> joined by <c>or</c>. Source: Microsoft Learn, "Null values".</remarks>
internal static class MembershipKernel
{
    /// <summary>The kernel of the left side, or null where the list is not constant or not of the left side's type.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="items">The list; an item may stand for many values.</param>
    /// <param name="negated">True for <c>!in</c>.</param>
    /// <param name="ignoreCase">True for <c>in~</c>, which is for text only.</param>
    public static Kernel? Create(Expression left, IReadOnlyList<Expression> items, bool negated, bool ignoreCase)
    {
        foreach (Expression item in items)
        {
            if (!item.IsConstant) return null;
            bool widens = left.Type == KustoType.Long && item.Type == KustoType.Int;
            if (item.Type != left.Type && !widens) return null;
        }

        return left.Type switch
        {
            KustoType.String => Create(left.Type, items, negated, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal),
            _ when ignoreCase => null,
            KustoType.Int => Create<int>(left.Type, items, negated, null),
            KustoType.Long or KustoType.DateTime or KustoType.TimeSpan => Create<long>(left.Type, items, negated, null),
            KustoType.Guid => Create<Guid>(left.Type, items, negated, null),
            _ => null,
        };
    }

    private static Kernel Create<T>(KustoType type, IReadOnlyList<Expression> items, bool negated, IEqualityComparer<T>? comparer)
    {
        var set = new HashSet<T>(comparer);
        bool hasNull = false;
        foreach (Expression item in items)
        {
            Vector list = ((ConstantExpression)item).Values;
            Vector values = item.Type == type ? list : ConversionKernels.Find(item.Type, type)!([list], list.Count);
            for (int row = 0; row < values.Count; row++)
            {
                if (values.IsNull(row))
                    hasNull = true;
                else
                    set.Add(values.Values<T>()[row]);
            }
        }

        return (arguments, count) =>
        {
            T[] values = arguments[0].Values<T>();
            var result = new ResultColumn<bool>(KustoType.Bool, count);
            for (int i = 0; i < count; i++)
            {
                if (!arguments[0].IsNull(i))
                    result.Items[i] = set.Contains(values[i]) != negated;
                else if (hasNull)
                    result.SetNull(i);
                else
                    result.Items[i] = negated;
            }

            return result.Build();
        };
    }
}
