using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Tabular expressions whose values a scalar expression needs: <c>toscalar(T | count)</c> and <c>x in (T | project y)</c>.
/// They are computed when the query is bound, once, as they are in the service.
/// </summary>
/// <remarks>Source: Microsoft Learn, "toscalar()" and "in operator".</remarks>
internal static class SubqueryBinder
{
    /// <summary>The most values that the right side of <c>in</c> may have.</summary>
    public const int MaxValues = 1_000_000;

    private static readonly RowChunk OneRow = new([], 1);

    /// <summary>The first value of the first column, null (of its type) where there are no rows; or the value of a scalar, computed once.</summary>
    public static Expression BindScalar(Scope scope, CallSyntax call)
    {
        if (call.Arguments is not [var argument])
            throw KqlException.Semantic(scope.Source, call.Position, "toscalar(): the function expects 1 argument(s).");
        if (Bind(scope, argument) is not { } table)
            return new ConstantExpression(new ExpressionBinder(WithoutRows(scope), "toscalar", []).Bind(argument).Evaluate(OneRow));
        RequireColumn(scope, argument, table);
        foreach (RowChunk chunk in table.Run(scope.Cancel))
        {
            if (chunk.Count > 0) return new ConstantExpression(chunk.Head(1)[0]);
        }

        return new ConstantExpression(Vector.CreateNull(table.Schema[0].Type, 1));
    }

    /// <summary>The values of the first column of a list that is a table; null where it is none.</summary>
    public static Vector? BindList(Scope scope, ExpressionSyntax syntax)
    {
        if (Bind(scope, syntax) is not { } table) return null;
        RequireColumn(scope, syntax, table);
        var key = new ColumnExpression(0, table.Schema[0].Type);
        if (key.Type == KustoType.Dynamic) throw KqlException.NotSupported(scope.Source, syntax.Position, "subquery of dynamic values as a list", "Cast them first.");
        var distinct = new GroupTable([key.Type]);
        foreach (RowChunk chunk in table.Run(scope.Cancel))
        {
            distinct.Assign([chunk[0]], chunk.Count);
            if (distinct.Count > MaxValues) throw KqlException.Runtime($"The list on the right of an operator has more than {MaxValues} values.");
        }

        return distinct.Keys()[0];
    }

    private static Scope WithoutRows(Scope scope)
    {
        Scope inner = scope.CreateInner();
        inner.Origin = RowOrigin.Open;
        return inner;
    }

    private static TabularOperator? Bind(Scope scope, ExpressionSyntax syntax) =>
        PipelineBinder.TryPipelineOf(scope, syntax) is { } pipeline ? new PipelineBinder(scope.CreateForSubquery()).Bind(pipeline) : null;

    private static void RequireColumn(Scope scope, ExpressionSyntax syntax, TabularOperator table)
    {
        if (table.Schema.Count == 0) throw KqlException.Semantic(scope.Source, syntax.Position, "A table with at least one column expected.");
    }
}
