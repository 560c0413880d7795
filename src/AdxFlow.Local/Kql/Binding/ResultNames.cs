using System.Globalization;
using AdxFlow.Local.Kql.Functions;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>The names that columns get which the query does not name.</summary>
/// <remarks>The rules agree with the official parser's (@kusto/language-service-next 12.4) on the tests' list of queries.</remarks>
internal static class ResultNames
{
    /// <summary>The name an expression suggests, or null where it suggests none.</summary>
    public static string? Of(ExpressionSyntax syntax)
    {
        switch (syntax)
        {
            case NameSyntax name:
                return name.Name;
            case PathSyntax path:
                return Of(path.Target) is { } target ? $"{target}_{path.Name}" : null;
            case IndexSyntax index:
                return Of(index.Target) is { } indexed ? $"{indexed}_{IndexText(index.Index)}" : null;
            case CallSyntax { Name: "ingestion_time", Arguments.Count: 0 }:
                return "$IngestionTime";
            case CallSyntax { Name: "column_ifexists" or "columnifexists" }:
                throw KqlException.NotSupportedValue("The local stand-in has no name for the result of column_ifexists(). Name it: x = column_ifexists(…).");
            case CallSyntax { Name: "take_any" or "take_anyif" or "arg_max" or "arg_min" or "percentile" or "percentiles" }:
                return null;
            case CallSyntax call when KnownNames.Aggregates.Contains(call.Name):
                return OfAggregate(call);
            case CallSyntax { Arguments.Count: > 0 } call when ScalarFunctions.Find(call.Name) is { } function:
                return function.NameRule switch
                {
                    ResultNameRule.FirstArgument => Of(call.Arguments[0]),
                    ResultNameRule.PrefixAndFirstArgument => $"{function.NamePrefix}_{Of(call.Arguments[0])}",
                    ResultNameRule.FirstArgumentAndSuffix => Of(call.Arguments[0]) is { } first ? $"{first}_{function.NamePrefix}" : null,
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>The name of the result of an aggregate with one result.</summary>
    public static string OfAggregate(CallSyntax call)
    {
        string? first = call.Arguments.Count > 0 ? Of(call.Arguments[0]) : null;
        return call.Name switch
        {
            "make_list" or "make_list_if" or "make_list_with_nulls" or "makelist" => $"list_{first}",
            "make_set" or "make_set_if" or "makeset" => $"set_{first}",
            "make_bag" or "make_bag_if" => $"bag_{first}",
            "binary_all_and" or "binary_all_or" or "binary_all_xor" => first ?? "",
            _ => $"{call.Name}_{first}",
        };
    }

    /// <summary>The name of one percentile, such as <c>percentile_x_95_5</c>.</summary>
    public static string OfPercentile(string? first, ExpressionSyntax percentile) =>
        $"percentile_{first}_{(percentile is LiteralSyntax literal ? Convert.ToString(literal.Value, CultureInfo.InvariantCulture) : "")}".Replace('.', '_');

    private static string IndexText(ExpressionSyntax index) => index is LiteralSyntax { Type: KustoType.Long or KustoType.String } literal
        ? Convert.ToString(literal.Value, CultureInfo.InvariantCulture) ?? ""
        : "";
}
