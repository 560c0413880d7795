using AdxFlow.Local.Kql.Aggregates;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds <c>summarize</c>. The aggregates, wherever they stand in an expression, become columns of one operator; what the
/// query computes around them is a projection after it.
/// </summary>
internal sealed class SummarizeBinder
{
    private readonly Scope _scope;
    private readonly TabularOperator _input;
    private readonly WindowBinder _windows;
    private readonly List<Func<Aggregate>> _aggregates = [];
    private readonly List<Column> _computed = [];
    private AggregateBinder _binder = null!;

    private SummarizeBinder(Scope scope, TabularOperator input)
    {
        _scope = scope;
        _input = input;
        _windows = new WindowBinder(scope, input);
    }

    public static ProjectOperator Bind(Scope scope, TabularOperator input, SummarizeSyntax syntax) => new SummarizeBinder(scope, input).Bind(syntax);

    private ProjectOperator Bind(SummarizeSyntax syntax)
    {
        var output = new OutputColumns(_scope.Source);
        Expression[] keys = BindKeys(_scope, _input, syntax.Keys, "summarize", output, _windows);
        _computed.AddRange(output.Columns);
        _binder = new AggregateBinder(_scope, _input.Schema, [.. output.Columns.Select(c => c.Name)], _windows);

        var expressions = new List<Expression>(keys.Select((k, i) => new ColumnExpression(i, k.Type)));
        var around = new ExpressionBinder(_scope, "summarize", [], call => Compute(call)[0]);
        foreach (NamedExpressionSyntax item in syntax.Aggregates)
        {
            if (item.Expression is CallSyntax call && KnownNames.Aggregates.Contains(call.Name))
            {
                Expression[] columns = Compute(call);
                for (int i = 0; i < columns.Length; i++)
                {
                    if (i == 0 && item.Name is not null)
                        output.AddNamed(item.Name, columns[i].Type, item.Position);
                    else
                        output.AddSuggested(_computed[((ColumnExpression)columns[i]).Ordinal].Name is { Length: > 0 } name ? name : null, columns[i].Type);
                }

                expressions.AddRange(columns);
                continue;
            }

            if (item.Expression is NameSyntax unknown)
                throw KqlException.Semantic(_scope.Source, unknown.Position, $"'summarize' operator: The name '{unknown.Name}' is not an aggregate or scalar function.");
            Expression expression = around.Bind(item.Expression);
            output.Add(item, expression.Type);
            expressions.Add(expression);
        }

        var summarize = new SummarizeOperator(_windows.Input, _computed, keys, [.. _aggregates]);
        return new ProjectOperator(summarize, output.Columns, [.. expressions]);
    }

    /// <summary>Binds the keys of <c>summarize … by</c> and <c>distinct</c>, and names their columns.</summary>
    public static Expression[] BindKeys(Scope scope, TabularOperator input, IReadOnlyList<NamedExpressionSyntax> items, string operatorName, OutputColumns output, WindowBinder? windows = null)
    {
        var binder = new ExpressionBinder(scope, operatorName, input.Schema) { Windows = windows };
        var keys = new List<Expression>();
        foreach (NamedExpressionSyntax item in items)
        {
            Expression key = binder.Bind(item.Expression);
            if (key.Type == KustoType.Dynamic)
                throw KqlException.Semantic(scope.Source, item.Expression.Position, $"'{operatorName}' operator: A value of type dynamic is not allowed as a key. Cast it: tostring().");
            output.Add(item, key.Type);
            keys.Add(key);
        }

        return [.. keys];
    }

    private Expression[] Compute(CallSyntax call)
    {
        BoundAggregate aggregate = _binder.Bind(call);
        _aggregates.Add(aggregate.Create);
        var columns = new Expression[aggregate.Outputs.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = new ColumnExpression(_computed.Count, aggregate.Outputs[i].Type);
            _computed.Add(aggregate.Outputs[i]);
        }

        return columns;
    }
}
