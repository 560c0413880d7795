using System.Numerics;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary><c>== != &lt; &lt;= &gt; &gt;=</c> between values of comparable types.</summary>
internal static class Comparison
{
    /// <summary>The expression, or null where the types cannot be compared here.</summary>
    public static Expression? Bind(string symbol, Expression left, Expression right)
    {
        bool isEquality = symbol is "==" or "!=";
        if (left.Type == KustoType.Dynamic || right.Type == KustoType.Dynamic)
            return DynamicComparison.Bind(symbol, left, right);

        if (Align(left, right) is not var (a, b)) return null;
        if (isEquality) return KernelExpression.Create(KustoType.Bool, Equality(a.Type, symbol == "!="), a, b);

        if (symbol is ">" or ">=")
        {
            (a, b) = (b, a);
            symbol = symbol == ">" ? "<" : "<=";
        }

        Kernel? kernel = Order(a.Type, symbol == "<=");
        return kernel is null ? null : KernelExpression.Create(KustoType.Bool, kernel, a, b);
    }

    /// <summary>Both as one type, or null.</summary>
    public static (Expression Left, Expression Right)? Align(Expression left, Expression right)
    {
        if (left.Type == right.Type && left.Type != KustoType.Int) return (left, right);
        if (Conversion.IsNumeric(left.Type) && Conversion.IsNumeric(right.Type))
        {
            KustoType type = Conversion.Widest(Conversion.Widest(left.Type, right.Type), KustoType.Long);
            return (Conversion.Widen(left, type), Conversion.Widen(right, type));
        }

        return null;
    }

    private static Kernel Equality(KustoType type, bool negated) => type switch
    {
        KustoType.Bool => EqualityKernel.Create<EqualBool, bool>(negated),
        KustoType.Real => EqualityKernel.Create<Equal<double>, double>(negated),
        KustoType.Decimal => EqualityKernel.Create<Equal<KustoDecimal>, KustoDecimal>(negated),
        KustoType.Guid => EqualityKernel.Create<EqualGuid, Guid>(negated),
        KustoType.String => EqualityKernel.Create<EqualString, string>(negated),
        _ => EqualityKernel.Create<Equal<long>, long>(negated),
    };

    private static Kernel? Order(KustoType type, bool orEqual) => type switch
    {
        KustoType.Long or KustoType.DateTime or KustoType.TimeSpan => Order<long>(orEqual),
        KustoType.Real => Order<double>(orEqual),
        KustoType.Decimal => Order<KustoDecimal>(orEqual),
        _ => null,
    };

    private static Kernel Order<T>(bool orEqual)
        where T : IComparisonOperators<T, T, bool> => orEqual
            ? Kernels.Binary<LessOrEqual<T>, T, T, bool>(KustoType.Bool)
            : Kernels.Binary<Less<T>, T, T, bool>(KustoType.Bool);
}
