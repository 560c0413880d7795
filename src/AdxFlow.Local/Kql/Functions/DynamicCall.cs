using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Binds functions that see all their arguments as dynamic values, one row at a time.</summary>
internal static class DynamicCall
{
    private const int MaxArguments = 64;

    /// <summary>A binder.</summary>
    /// <param name="parameters">A letter for each parameter: <c>d</c> a dynamic value, <c>i</c> an integer, <c>b</c> a bool, <c>t</c> text,
    /// <c>n</c> an integer or a dynamic value, <c>s</c> any value. A capital
    /// letter wants a constant. <c>*</c> at the end: as many more of the last as one likes.</param>
    /// <param name="least">How many must be given.</param>
    /// <param name="result">The type of the result.</param>
    /// <param name="function">The value for one row, or null. An argument is null where it has no value.</param>
    public static Func<CallContext, Expression> Of(string parameters, int least, KustoType result, Func<DynamicValue?[], object?> function) => call =>
    {
        bool isOpen = parameters[^1] == '*';
        string letters = parameters.TrimEnd('*');
        call.ExpectCount(least, isOpen ? MaxArguments : letters.Length);
        for (int i = 0; i < call.Arguments.Length; i++)
            Check(call, call.Arguments[i], letters[Math.Min(i, letters.Length - 1)]);
        Expression[] arguments = System.Array.ConvertAll(call.Arguments, a => Conversion.To(a, KustoType.Dynamic)!);
        return KernelExpression.Create(result, (vectors, count) => Compute(result, function, vectors, count), arguments);
    };

    /// <summary>The elements of an argument that must be an array.</summary>
    /// <exception cref="KqlException">It is none: what the service makes of it is not documented.</exception>
    public static IReadOnlyList<DynamicValue> Array(DynamicValue? value, string function) =>
        value?.AsArray() ?? throw KqlException.NotSupportedValue($"The local stand-in does not know what {function}() makes of a value that is no array.");

    private static void Check(CallContext call, Expression argument, char letter)
    {
        KustoType type = argument.Type;
        (bool fits, string expected) = char.ToLowerInvariant(letter) switch
        {
            'd' => (type == KustoType.Dynamic, "a value of type dynamic"),
            'i' => (Conversion.IsInteger(type), "an integer"),
            'b' => (type == KustoType.Bool, "a value of type bool"),
            'n' => (Conversion.IsInteger(type) || type == KustoType.Dynamic, "an integer or a value of type dynamic"),
            't' => (type is KustoType.String or KustoType.Dynamic, "a string"),
            _ => (true, ""),
        };
        if (!fits && letter is 'i' or 'b' or 'B' && type == KustoType.Dynamic) throw call.NotSupported($"'{call.Name}()' with a dynamic value for {expected}", "Cast it.");
        if (!fits) throw call.Error($"{expected} expected.");
        if (char.IsUpper(letter) && !argument.IsConstant) throw call.Error("a constant expected.");
    }

    private static Vector Compute(KustoType result, Func<DynamicValue?[], object?> function, Vector[] vectors, int count)
    {
        ColumnBuilder builder = ColumnBuilder.Create(result);
        var row = new DynamicValue?[vectors.Length];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < row.Length; k++)
                row[k] = vectors[k].IsNull(i) ? null : vectors[k].Values<DynamicValue>()[i].Parse();
            object? value = function(row);
            builder.AppendObject(value is DynamicValue made ? DynamicFunctions.Bounded(made) : value);
        }

        return builder.Build();
    }
}
