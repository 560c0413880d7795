using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Choices between values, and tests for null.</summary>
internal static class ConditionalFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("iff", None, If),
        new("iif", None, If),
        new("case", None, Case),
        new("coalesce", None, call => Fold(call, (first, _, row) => !IsEmpty(first, row))),
        new("min_of", None, call => Extreme(call, least: true)),
        new("max_of", None, call => Extreme(call, least: false)),
        new("not", None, new Overload(KustoType.Bool, Kernels.Map<bool, bool>(KustoType.Bool, v => !v), Arg.Bool)),
        new("isnull", None, call => Test(call, (v, row) => v.IsNull(row))),
        new("isnotnull", None, call => Test(call, (v, row) => !v.IsNull(row))),
        new("notnull", None, call => Test(call, (v, row) => !v.IsNull(row))),
        new("isempty", None, call => Test(call, IsEmpty)),
        new("isnotempty", None, call => Test(call, (v, row) => !IsEmpty(v, row))),
        new("notempty", None, call => Test(call, (v, row) => !IsEmpty(v, row))),
    ];

    private static bool IsEmpty(Vector vector, int row) =>
        vector.Type == KustoType.String ? vector.Values<string>()[row].Length == 0 : vector.IsNull(row);

    private static Expression Test(CallContext call, Func<Vector, int, bool> test)
    {
        call.ExpectCount(1, 1);
        return KernelExpression.Create(KustoType.Bool, (arguments, count) =>
        {
            var result = new bool[count];
            for (int i = 0; i < count; i++)
                result[i] = test(arguments[0], i);
            return new Vector<bool>(KustoType.Bool, result, count, null);
        }, call.Arguments[0]);
    }

    private static Expression If(CallContext call)
    {
        call.ExpectCount(3, 3);
        return Choose(call, call.Arguments[0], call.Arguments[1], call.Arguments[2]);
    }

    private static Expression Case(CallContext call)
    {
        call.ExpectCount(3, 64);
        if (call.Arguments.Length % 2 == 0) throw call.Error("the function expects pairs of predicate and value, and a value at the end.");
        Expression result = call.Arguments[^1];
        for (int i = call.Arguments.Length - 3; i >= 0; i -= 2)
            result = Choose(call, call.Arguments[i], call.Arguments[i + 1], result);
        return result;
    }

    // Values of unlike types make a dynamic.
    private static Expression Choose(CallContext call, Expression condition, Expression then, Expression otherwise)
    {
        if (condition.Type != KustoType.Bool) throw call.Error("the predicate must have the type bool.");
        if (then.Type == KustoType.Dynamic != (otherwise.Type == KustoType.Dynamic))
            throw call.NotSupported($"'{call.Name}()' of a dynamic and another value", "Cast the dynamic one first.");
        KustoType type = Conversion.Common(then.Type, otherwise.Type) ?? KustoType.Dynamic;
        return KernelExpression.Create(type, ChoiceKernel.Conditional(type), condition, Conversion.To(then, type)!, Conversion.To(otherwise, type)!);
    }

    private static Expression Fold(CallContext call, Func<Vector, Vector, int, bool> takesFirst)
    {
        call.ExpectCount(2, 64);
        KustoType type = call.Arguments[0].Type;
        foreach (Expression argument in call.Arguments)
        {
            type = Conversion.Common(type, argument.Type)
                ?? throw call.Error($"the arguments must be of one type, not {KustoTypes.Name(type)} and {KustoTypes.Name(argument.Type)}.");
        }

        Expression result = Conversion.To(call.Arguments[0], type)!;
        foreach (Expression argument in call.Arguments.Skip(1))
            result = KernelExpression.Create(type, ChoiceKernel.Create(type, takesFirst), result, Conversion.To(argument, type)!);
        return result;
    }

    // A null gives way to what is not null.
    private static Expression Extreme(CallContext call, bool least)
    {
        if (call.Arguments.Length > 0 && call.Arguments[0].Type is KustoType.Dynamic or KustoType.Bool or KustoType.Guid or KustoType.String)
            throw call.NotSupported($"function '{call.Name}()' of {KustoTypes.Name(call.Arguments[0].Type)}");
        return Fold(call, (first, second, row) =>
        {
            if (first.IsNull(row) || second.IsNull(row)) return !first.IsNull(row);
            int order = first.Type switch
            {
                KustoType.Int => first.Values<int>()[row].CompareTo(second.Values<int>()[row]),
                KustoType.Real => first.Values<double>()[row].CompareTo(second.Values<double>()[row]),
                KustoType.Decimal => first.Values<KustoDecimal>()[row].CompareTo(second.Values<KustoDecimal>()[row]),
                _ => first.Values<long>()[row].CompareTo(second.Values<long>()[row]),
            };
            return least ? order <= 0 : order >= 0;
        });
    }
}
