using System.Globalization;
using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions of dynamic values.</summary>
internal static class DynamicFunctions
{
    private const long MaxWeight = 10_000_000;
    private const int MaxRange = 1_048_576;

    private static readonly Regex PathStep = new(@"\G(?:\.(?<name>\w+)|\[(?<index>\d{1,9})\]|\[(?<quote>['""])(?<name>[^'""\]]+)\k<quote>\])", RegexOptions.CultureInvariant);

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("array_length", None, ArrayLength),
        new("arraylength", None, ArrayLength),
        new("bag_keys", None, new Overload(KustoType.Dynamic, Kernels.TryMap(KustoType.Dynamic, (DynamicValue v, out DynamicValue keys) =>
        {
            Dictionary<string, DynamicValue>? bag = v.AsObject();
            keys = bag is null ? DynamicValue.Null : DynamicValue.Of([.. bag.Keys.Select(DynamicValue.Of)]);
            return bag is not null;
        }), Arg.Dynamic)),
        new("bag_has_key", None, new Overload(KustoType.Bool, Kernels.TryMap(KustoType.Bool, (DynamicValue v, string key, out bool found) =>
        {
            Dictionary<string, DynamicValue>? bag = v.AsObject();
            found = bag is not null && (bag.ContainsKey(key) || BagPath.Exists(v, key));
            return bag is not null;
        }), Arg.Dynamic, Arg.StringOrDynamic)),
        new("pack_array", None, PackArray),
        new("bag_pack", None, PackBag),
        new("pack", None, PackBag),
        new("pack_dictionary", None, PackBag),
        new("range", None, Range),
        new("extract_json", None, ExtractJson) { Constants = [0] },
        new("extractjson", None, ExtractJson) { Constants = [0] },
        new("new_guid", None, NewGuid),
    ];

    private static Overload ArrayLength => new(KustoType.Long, Kernels.TryMap(KustoType.Long, (DynamicValue v, out long length) =>
    {
        IReadOnlyList<DynamicValue>? items = v.AsArray();
        length = items?.Count ?? 0;
        return items is not null;
    }), Arg.Dynamic);

    private static Expression PackArray(CallContext call)
    {
        call.ExpectCount(1, 64);
        return KernelExpression.Create(KustoType.Dynamic, (arguments, count) =>
        {
            var result = new DynamicValue[count];
            for (int i = 0; i < count; i++)
                result[i] = Bounded(DynamicValue.Of([.. arguments.Select(a => ValueOf(a, i))]));
            return new Vector<DynamicValue>(KustoType.Dynamic, result, count, null);
        }, Dynamics(call.Arguments));
    }

    private static Expression PackBag(CallContext call)
    {
        call.ExpectCount(2, 64);
        if (call.Arguments.Length % 2 != 0) throw call.Error("the function expects pairs of key and value.");
        for (int i = 0; i < call.Arguments.Length; i += 2)
        {
            if (call.Arguments[i].Type == KustoType.Dynamic) throw call.NotSupported($"'{call.Name}()' with a dynamic value as a key", "Cast it: tostring().");
            if (call.Arguments[i].Type != KustoType.String) throw call.Error("a key must be of type string.");
        }

        return KernelExpression.Create(KustoType.Dynamic, (arguments, count) =>
        {
            var result = new DynamicValue[count];
            for (int i = 0; i < count; i++)
            {
                var bag = new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
                for (int k = 0; k < arguments.Length; k += 2)
                    bag[ValueOf(arguments[k], i).ToString()] = ValueOf(arguments[k + 1], i);
                result[i] = Bounded(DynamicValue.Of(bag));
            }

            return new Vector<DynamicValue>(KustoType.Dynamic, result, count, null);
        }, Dynamics(call.Arguments));
    }

    // Of numbers, points in time or time spans; the service cuts it at 2^20 elements.
    private static Expression Range(CallContext call)
    {
        call.ExpectCount(2, 3);
        Expression start = call.Arguments[0];
        KustoType[] types = [.. call.Arguments.Select(a => a.Type)];
        if (types.Contains(KustoType.Dynamic) || types.Contains(KustoType.Decimal)) throw call.NotSupported($"'range()' of {string.Join(", ", types.Select(KustoTypes.Name))}");
        bool isTime = start.Type is KustoType.DateTime or KustoType.TimeSpan;
        Expression step = call.Arguments.Length > 2 ? call.Arguments[2] : isTime ? ConstantExpression.Of(KustoType.TimeSpan, TimeSpan.TicksPerHour) : ConstantExpression.Of(KustoType.Long, 1L);
        bool fits = isTime ? types[1] == start.Type && step.Type == KustoType.TimeSpan : Array.TrueForAll(types, Conversion.IsNumeric);
        if (!fits) throw call.NotSupported($"'range()' of {string.Join(", ", types.Select(KustoTypes.Name))}");
        if (!isTime && types.Contains(KustoType.Real))
            return KernelExpression.Create(KustoType.Dynamic, Kernels.Map<double, double, double, DynamicValue>(KustoType.Dynamic, (from, to, by) => Series((to - from) / by, by != 0, i => DynamicValue.Of(from + (i * by)))), [.. new[] { start, call.Arguments[1], step }.Select(a => Conversion.Widen(a, KustoType.Real))]);
        Func<long, DynamicValue> value = start.Type switch
        {
            KustoType.DateTime => DynamicValue.OfDateTime,
            KustoType.TimeSpan => DynamicValue.OfTimeSpan,
            _ => DynamicValue.Of,
        };
        Expression[] arguments = isTime ? [start, call.Arguments[1], step] : [.. new[] { start, call.Arguments[1], step }.Select(a => Conversion.Widen(a, KustoType.Long))];
        return KernelExpression.Create(KustoType.Dynamic, Kernels.Map<long, long, long, DynamicValue>(KustoType.Dynamic,
            (from, to, by) => Series(by == 0 ? 0 : (double)Math.Floor(((decimal)to - from) / by), by != 0, i => value(from + (i * by)))), arguments);
    }

    private static DynamicValue Series(double steps, bool moves, Func<long, DynamicValue> value)
    {
        if (!moves || double.IsNaN(steps)) throw KqlException.NotSupportedValue("The local stand-in does not know what range() makes of a step of zero, or of numbers that are none.");
        return DynamicValue.Of([.. Enumerable.Range(0, (int)Math.Clamp(Math.Floor(steps) + 1, 0, MaxRange)).Select(i => value(i))]);
    }

    // A path of names and indexes.
    private static Expression ExtractJson(CallContext call)
    {
        call.ExpectCount(2, 3);
        if (call.Arguments[0] is not ConstantExpression { Value: string path }) throw call.Error("the path must be a constant string.");
        Expression source = call.Arguments[1];
        if (source.Type is not (KustoType.String or KustoType.Dynamic)) throw call.Error("a string expected.");
        if (source.Type == KustoType.Dynamic) throw call.NotSupported($"'{call.Name}()' of a dynamic value");
        MatchCollection steps = PathStep.Matches(path, Math.Min(1, path.Length));
        if (path.Length < 2 || path[0] != '$' || steps.Sum(s => s.Length) != path.Length - 1) throw call.NotSupported($"JSON path '{path}'");
        Expression value = KernelExpression.Create(KustoType.Dynamic, DynamicText.Kernel, source);
        foreach (Match step in steps)
        {
            value = step.Groups["index"].Success
                ? KernelExpression.Create(KustoType.Dynamic, DynamicAccess.Element, value, ConstantExpression.Of(KustoType.Long, long.Parse(step.Groups["index"].Value, CultureInfo.InvariantCulture)))
                : KernelExpression.Create(KustoType.Dynamic, DynamicAccess.Member(step.Groups["name"].Value), value);
        }

        KustoType type = call.Arguments.Length < 3 ? KustoType.String : call.Arguments[2] is TypeOfExpression named ? named.Named : throw call.Error("the last argument must be a type: typeof(long).");
        return type == KustoType.Dynamic ? value : Conversion.To(Conversion.ToText(value), type) ?? throw call.NotSupported($"{call.Name}() to {KustoTypes.Name(type)}");
    }

    /// <summary>The value, unless it is larger than anybody could read.</summary>
    public static DynamicValue Bounded(DynamicValue value) => value.Weight <= MaxWeight
        ? value
        : throw KqlException.NotSupportedValue($"The local stand-in makes no dynamic value of more than {MaxWeight} values.");

    /// <summary>Refuses an array of more elements than anybody could read.</summary>
    public static void CheckCount(long count)
    {
        if (count > MaxWeight) throw KqlException.NotSupportedValue($"The local stand-in makes no dynamic value of more than {MaxWeight} values.");
    }

    private static Expression[] Dynamics(Expression[] arguments) => Array.ConvertAll(arguments, a => Conversion.To(a, KustoType.Dynamic)!);

    private static DynamicValue ValueOf(Vector vector, int row) => vector.IsNull(row) ? DynamicValue.Null : vector.Values<DynamicValue>()[row];

    private static Expression NewGuid(CallContext call)
    {
        call.ExpectCount(0, 0);
        return KernelExpression.CreateVolatile(KustoType.Guid, (_, count) =>
        {
            var result = new Guid[count];
            for (int i = 0; i < count; i++)
                result[i] = Guid.NewGuid();
            return new Vector<Guid>(KustoType.Guid, result, count, null);
        });
    }
}
