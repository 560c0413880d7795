using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds the functions that tell of the extent of a row: <c>extent_id()</c>, <c>extent_tags()</c>, <c>ingestion_time()</c>.</summary>
/// <remarks>Source: Microsoft Learn, the pages of these functions.</remarks>
internal static class ExtentBinder
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal) { "extent_id", "extentid", "extent_tags", "ingestion_time" };

    /// <param name="scope">The query.</param>
    /// <param name="call">A call of one of them.</param>
    /// <param name="isBehindAggregates">True where it stands beside aggregates, and so sees none of their rows.</param>
    public static Expression Bind(Scope scope, CallSyntax call, bool isBehindAggregates)
    {
        if (call.Arguments.Count > 0) throw KqlException.Semantic(scope.Source, call.Position, $"{call.Name}(): the function expects 0 argument(s).");
        if (isBehindAggregates || scope.Origin == RowOrigin.Open)
            throw KqlException.NotSupported(scope.Source, call.Position, $"'{call.Name}()' on rows of which it is not documented whether they are still those of a table", "Extend the table itself by it first.");
        if (scope.Origin.Extents is not { } extents) return OfNoExtent(call.Name);
        scope.Origin.IsAsked = true;
        return call.Name switch
        {
            "ingestion_time" => new ExtentExpression<long>(KustoType.DateTime, extents, e => e.IngestedOn.Ticks),
            "extent_tags" => new ExtentExpression<DynamicValue>(KustoType.Dynamic, extents, e => DynamicValue.Of([.. e.Tags.Select(DynamicValue.Of)])),
            _ => new ExtentExpression<Guid>(KustoType.Guid, extents, e => e.Id),
        };
    }

    // Not constant, so that it is allowed where it would be for rows of a table.
    private static Expression OfNoExtent(string function) => function switch
    {
        "ingestion_time" => KernelExpression.CreateVolatile(KustoType.DateTime, (_, count) => Vector.CreateNull(KustoType.DateTime, count)),
        "extent_tags" => KernelExpression.CreateVolatile(KustoType.Dynamic, (_, count) => Vector.CreateNull(KustoType.Dynamic, count)),
        _ => KernelExpression.CreateVolatile(KustoType.Guid, (_, count) => new Vector<Guid>(KustoType.Guid, new Guid[count], count, null)),
    };
}
