using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>Implicit conversions between types.</summary>
internal static class Conversion
{
    public static bool IsInteger(KustoType type) => type is KustoType.Int or KustoType.Long;

    public static bool IsNumeric(KustoType type) => type is KustoType.Int or KustoType.Long or KustoType.Real or KustoType.Decimal;

    /// <summary>The wider of two numeric types.</summary>
    public static KustoType Widest(KustoType left, KustoType right) => left > right ? left : right;

    /// <summary>The expression as a numeric type that is as wide as its own or wider.</summary>
    public static Expression Widen(Expression expression, KustoType type) => To(expression, type)!;

    /// <summary>The expression converted as the <c>to…()</c> function of the type would do it, or null where there is none.</summary>
    public static Expression? To(Expression expression, KustoType type)
    {
        if (expression.Type == type) return expression;
        return ConversionKernels.Find(expression.Type, type) is { } kernel ? KernelExpression.Create(type, kernel, expression) : null;
    }

    /// <summary>The expression as text, as <c>tostring()</c> has it.</summary>
    public static Expression ToText(Expression expression) => To(expression, KustoType.String)!;

    /// <summary>The type that values of both types can have (<c>iff</c>, <c>case</c>, <c>coalesce</c>), or null.</summary>
    public static KustoType? Common(KustoType left, KustoType right)
    {
        if (left == right) return left;
        return IsNumeric(left) && IsNumeric(right) ? Widest(left, right) : null;
    }
}
