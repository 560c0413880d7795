using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions of dynamic values.</summary>
internal static class DynamicFunctions
{
    private const long MaxWeight = 10_000_000;

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

    /// <summary>The value, unless it is larger than anybody could read.</summary>
    public static DynamicValue Bounded(DynamicValue value) => value.Weight <= MaxWeight
        ? value
        : throw KqlException.NotSupportedValue($"The local stand-in makes no dynamic value of more than {MaxWeight} values.");

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
