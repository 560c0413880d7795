using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Conversions between types, and questions about them.</summary>
internal static class ConversionFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        To("tostring", KustoType.String),
        To("tolong", KustoType.Long),
        To("toint", KustoType.Int),
        To("toreal", KustoType.Real),
        To("todouble", KustoType.Real),
        To("todecimal", KustoType.Decimal),
        To("tobool", KustoType.Bool),
        To("toboolean", KustoType.Bool),
        To("todatetime", KustoType.DateTime),
        To("totimespan", KustoType.TimeSpan),
        To("totime", KustoType.TimeSpan),
        To("toguid", KustoType.Guid),
        new("parse_json", FirstArgument, ParseJson),
        new("parsejson", FirstArgument, ParseJson),
        new("todynamic", FirstArgument, ParseJson),
        new("toobject", FirstArgument, ParseJson),
        new("gettype", PrefixAndFirstArgument, GetKustoType) { NamePrefix = "type" },
    ];

    private static ScalarFunction To(string name, KustoType type) => new(name, FirstArgument, call =>
    {
        call.ExpectCount(1, 1);
        if (type == KustoType.Guid && call.Arguments[0].Type is not (KustoType.String or KustoType.Dynamic)) throw call.Error("the argument must be a string.");
        return Conversion.To(call.Arguments[0], type)
            ?? throw call.NotSupported($"conversion of {KustoTypes.Name(call.Arguments[0].Type)} by '{name}()'");
    });

    private static Expression ParseJson(CallContext call)
    {
        call.ExpectCount(1, 1);
        Expression argument = call.Arguments[0];
        if (argument.Type == KustoType.Dynamic) return argument;
        if (argument.Type != KustoType.String) throw call.Error("the argument must be a string.");
        return KernelExpression.Create(KustoType.Dynamic, DynamicText.Kernel, argument);
    }

    private static Expression GetKustoType(CallContext call)
    {
        call.ExpectCount(1, 1);
        Expression argument = call.Arguments[0];
        if (argument.Type != KustoType.Dynamic)
            return ConstantExpression.Of(KustoType.String, KustoTypes.Name(argument.Type));
        return KernelExpression.Create(KustoType.String, (arguments, count) =>
        {
            DynamicValue[] values = arguments[0].Values<DynamicValue>();
            var result = new string[count];
            for (int i = 0; i < count; i++)
                result[i] = arguments[0].IsNull(i) ? "null" : KindName(values[i].Parse());
            return new Vector<string>(KustoType.String, result, count, null);
        }, argument);
    }

    private static string KindName(DynamicValue value) => value.Kind switch
    {
        DynamicKind.Bool => "bool",
        DynamicKind.Long => (long)value.Value! is >= int.MinValue and <= int.MaxValue ? "int" : "long",
        DynamicKind.Real => "real",
        DynamicKind.String => "string",
        DynamicKind.Decimal => "decimal",
        DynamicKind.DateTime => "datetime",
        DynamicKind.TimeSpan => "timespan",
        DynamicKind.Guid => "guid",
        DynamicKind.Array => "array",
        DynamicKind.Object => "dictionary",
        _ => "null",
    };
}
