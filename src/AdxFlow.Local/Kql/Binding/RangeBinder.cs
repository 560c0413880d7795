using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>range</c>. Its type is that of adding the step to the start, so that int gives long.</summary>
/// <remarks>Source: Microsoft Learn, "range operator" and "Numerical operators".</remarks>
internal static class RangeBinder
{
    private static readonly RowChunk OneRow = new([], 1);

    public static RangeSource Bind(Scope scope, RangeSourceSyntax syntax)
    {
        var binder = new ExpressionBinder(scope, "range", []);
        Expression from = binder.Bind(syntax.From);
        Expression to = binder.Bind(syntax.To);
        Expression step = binder.Bind(syntax.Step);
        KustoType type = Type(from.Type, to.Type, step.Type)
            ?? throw KqlException.Semantic(scope.Source, syntax.Position, $"'range' operator: from {KustoTypes.Name(from.Type)} to {KustoTypes.Name(to.Type)} step {KustoTypes.Name(step.Type)} is not possible.");
        var column = new Column(syntax.Column, type);
        if (type == KustoType.Real) return RangeSource.OfReals(column, Value<double>(from, type), Value<double>(to, type), Nonzero(Value<double>(step, type)));
        return RangeSource.OfIntegers(column, Value<long>(from, type), Value<long>(to, type), Nonzero(Value<long>(step, type == KustoType.DateTime ? KustoType.TimeSpan : type)));

        T? Nonzero<T>(T? value)
            where T : struct, System.Numerics.INumber<T> =>
            value is { } number && T.IsZero(number) ? throw KqlException.Semantic(scope.Source, syntax.Step.Position, "'range' operator: the step must not be zero.") : value;
    }

    private static KustoType? Type(KustoType from, KustoType to, KustoType step)
    {
        if (from == KustoType.DateTime && to == KustoType.DateTime && step == KustoType.TimeSpan) return KustoType.DateTime;
        if (from == KustoType.TimeSpan && to == KustoType.TimeSpan && step == KustoType.TimeSpan) return KustoType.TimeSpan;
        KustoType[] types = [from, to, step];
        if (!Array.TrueForAll(types, t => t is KustoType.Int or KustoType.Long or KustoType.Real)) return null;
        return types.Contains(KustoType.Real) ? KustoType.Real : KustoType.Long;
    }

    private static T? Value<T>(Expression expression, KustoType type)
        where T : struct
    {
        Vector value = Conversion.To(expression, type)!.Evaluate(OneRow);
        return value.IsNull(0) ? null : value.Values<T>()[0];
    }
}
