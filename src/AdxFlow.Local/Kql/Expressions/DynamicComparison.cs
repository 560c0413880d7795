using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>
/// Comparisons in which an operand is dynamic: like is compared with like (numbers with numbers, text with text). What the
/// service makes of unlike ones is not documented, so such a pair is an error that names the cast to write.
/// </summary>
internal static class DynamicComparison
{
    public static Expression? Bind(string symbol, Expression left, Expression right)
    {
        if (symbol is not ("==" or "!=") && !(CanBeOrdered(left.Type) && CanBeOrdered(right.Type))) return null;
        Expression? a = Conversion.To(left, KustoType.Dynamic);
        Expression? b = Conversion.To(right, KustoType.Dynamic);
        if (a is null || b is null) return null;
        if (symbol is "==" or "!=")
        {
            bool negated = symbol == "!=";
            return KernelExpression.Create(KustoType.Bool, (arguments, count) =>
            {
                DynamicValue[] x = arguments[0].Values<DynamicValue>();
                DynamicValue[] y = arguments[1].Values<DynamicValue>();
                var result = new bool[count];
                for (int i = 0; i < count; i++)
                {
                    if (!arguments[0].IsNull(i) && !arguments[1].IsNull(i))
                        result[i] = (Compare(x[i], y[i], order: false) == 0) != negated;
                }

                return EqualityKernel.WithNulls(arguments[0], arguments[1], result, negated);
            }, a, b);
        }

        Func<DynamicValue, DynamicValue, bool> test = symbol switch
        {
            "<" => static (x, y) => Compare(x, y, order: true) < 0,
            "<=" => static (x, y) => Compare(x, y, order: true) <= 0,
            ">" => static (x, y) => Compare(x, y, order: true) > 0,
            _ => static (x, y) => Compare(x, y, order: true) >= 0,
        };
        return KernelExpression.Create(KustoType.Bool, Kernels.Map(KustoType.Bool, test), a, b);
    }

    private static bool CanBeOrdered(KustoType type) => type == KustoType.Dynamic || Conversion.IsNumeric(type);

    private static int Compare(DynamicValue left, DynamicValue right, bool order)
    {
        left = left.Parse();
        right = right.Parse();
        if (IsNumber(left.Kind) && IsNumber(right.Kind))
        {
            if (left.Kind == DynamicKind.Long && right.Kind == DynamicKind.Long) return ((long)left.Value!).CompareTo((long)right.Value!);
            return left.Kind == DynamicKind.Real || right.Kind == DynamicKind.Real ? AsReal(left).CompareTo(AsReal(right)) : AsDecimal(left).CompareTo(AsDecimal(right));
        }

        if (left.Kind == right.Kind)
        {
            switch (left.Kind)
            {
                case DynamicKind.Bool when !order: return ((bool)left.Value!).CompareTo((bool)right.Value!);
                case DynamicKind.DateTime or DynamicKind.TimeSpan: return ((long)left.Value!).CompareTo((long)right.Value!);
                case DynamicKind.Guid when !order: return ((Guid)left.Value!).CompareTo((Guid)right.Value!);
                case DynamicKind.String when !order: return string.CompareOrdinal((string)left.Value!, (string)right.Value!);
            }
        }

        throw KqlException.NotSupportedValue($"The local stand-in does not compare a dynamic {Name(left.Kind)} with a {Name(right.Kind)}. Cast the dynamic value first: tostring(), tolong(), todatetime(), …");
    }

    private static double AsReal(DynamicValue number) => number.Value is KustoDecimal exact ? (double)exact : Convert.ToDouble(number.Value, null);

    private static KustoDecimal AsDecimal(DynamicValue number) => number.Value is KustoDecimal exact ? exact : (long)number.Value!;

    private static bool IsNumber(DynamicKind kind) => kind is DynamicKind.Long or DynamicKind.Real or DynamicKind.Decimal;

    private static string Name(DynamicKind kind) => kind switch
    {
        DynamicKind.Object => "property bag",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
