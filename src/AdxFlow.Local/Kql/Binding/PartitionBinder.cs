using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>partition</c> with a subquery that has no source of its own.</summary>
/// <remarks>Source: Microsoft Learn, "partition operator".</remarks>
internal static class PartitionBinder
{
    /// <summary>The most partitions of the legacy strategy, which is the default one.</summary>
    private const int LegacyLimit = 64;

    public static PartitionOperator Bind(Scope scope, TabularOperator input, PartitionSyntax syntax)
    {
        if (new ExpressionBinder(scope, "partition", input.Schema).Bind(syntax.Key) is not ColumnExpression key)
            throw KqlException.Semantic(scope.Source, syntax.Key.Position, "'partition' operator: Column name expected.");
        if (key.Type == KustoType.Dynamic) throw KqlException.Semantic(scope.Source, syntax.Key.Position, "'partition' operator: A value of type dynamic is not allowed.");
        bool isLegacy = syntax.Strategy == "legacy";
        foreach (OperatorSyntax step in syntax.Operators)
        {
            if (!isLegacy && step is JoinSyntax or UnionSyntax or AsSyntax or RenderSyntax or GetSchemaSyntax or PartitionSyntax)
                throw KqlException.NotSupported(scope.Source, step.Position, $"such an operator in 'partition hint.strategy={syntax.Strategy}'", "Use the legacy strategy.");
            if (step is MakeSeriesSyntax series && (series.From is null || series.To is null))
                throw KqlException.NotSupported(scope.Source, step.Position, "'make-series' without 'from' and 'to' in 'partition'");
        }

        var partition = new ReplaySource(input.Schema) { Order = RowOrder.Open };
        TabularOperator result = PipelineBinder.BindSubquery(scope, partition, syntax.Operators);
        return new PartitionOperator(input, key.Ordinal, partition, result, isLegacy ? LegacyLimit : int.MaxValue);
    }
}
