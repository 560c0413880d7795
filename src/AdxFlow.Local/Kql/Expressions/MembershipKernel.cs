using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary><c>in</c> and <c>!in</c> with a list of constants: one look-up a row, however long the list is.</summary>
/// <remarks>The null rule is that of <c>==</c> joined by <c>or</c>. Source: Microsoft Learn, "Null values".</remarks>
internal static class MembershipKernel
{
    /// <summary>The kernel of the left side, or null where the list is not constant or not of the left side's type.</summary>
    public static Kernel? Create(Expression left, IReadOnlyList<Expression> items, bool negated)
    {
        foreach (Expression item in items)
        {
            if (!item.IsConstant) return null;
            bool widens = left.Type == KustoType.Long && item.Type == KustoType.Int;
            if (item.Type != left.Type && !widens) return null;
        }

        return left.Type switch
        {
            KustoType.Int => Create<int>(left.Type, items, negated),
            KustoType.Long or KustoType.DateTime or KustoType.TimeSpan => Create<long>(left.Type, items, negated),
            KustoType.Guid => Create<Guid>(left.Type, items, negated),
            KustoType.String => Create<string>(left.Type, items, negated),
            _ => null,
        };
    }

    private static Kernel Create<T>(KustoType type, IReadOnlyList<Expression> items, bool negated)
    {
        var set = new HashSet<T>();
        bool hasNull = false;
        var oneRow = new RowChunk([], 1);
        foreach (Expression item in items)
        {
            Vector value = Conversion.To(item, type)!.Evaluate(oneRow);
            if (value.IsNull(0))
                hasNull = true;
            else
                set.Add(value.Values<T>()[0]);
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
