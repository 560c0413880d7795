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
    private readonly string _operator;
    private readonly IReadOnlySet<string>? _allowed;
    private readonly OutputColumns _output;
    private readonly WindowBinder _windows;
    private readonly List<Func<Aggregate>> _aggregates = [];
    private readonly List<Column> _computed = [];
    private AggregateBinder _binder = null!;

    private SummarizeBinder(Scope scope, TabularOperator input, string operatorName, IReadOnlySet<string>? allowed)
    {
        _scope = scope;
        _input = input;
        _operator = operatorName;
        _allowed = allowed;
        _output = new OutputColumns(scope.Source);
        _windows = new WindowBinder(scope, input);
    }

    public static ProjectOperator Bind(Scope scope, TabularOperator input, SummarizeSyntax syntax) =>
        new SummarizeBinder(scope, input, "summarize", null).Bind(syntax.Aggregates, syntax.Keys, null);

    /// <summary>Binds the aggregates of <c>make-series</c>: a row for each combination of keys and each place on the axis, which is the column behind the keys.</summary>
    /// <param name="scope">The query.</param>
    /// <param name="input">The rows.</param>
    /// <param name="syntax">The operator.</param>
    /// <param name="place">The place of a row, a long.</param>
    /// <param name="allowed">The aggregates that the operator has.</param>
    /// <returns>The rows, and the names of all columns but that of the place.</returns>
    public static (ProjectOperator Rows, OutputColumns Output) BindSeries(Scope scope, TabularOperator input, MakeSeriesSyntax syntax, Expression place, IReadOnlySet<string> allowed)
    {
        var binder = new SummarizeBinder(scope, input, "make-series", allowed);
        return (binder.Bind([.. syntax.Series.Select(s => s.Item)], syntax.Keys, place), binder._output);
    }

    private ProjectOperator Bind(IReadOnlyList<NamedExpressionSyntax> items, IReadOnlyList<NamedExpressionSyntax> keyItems, Expression? place)
    {
        List<Expression> keys = [.. BindKeys(_scope, _input, keyItems, _operator, _output, _windows)];
        _computed.AddRange(_output.Columns);
        int names = keys.Count;
        if (place is not null)
        {
            keys.Add(place);
            _computed.Add(new Column("", place.Type));
        }

        _binder = new AggregateBinder(_scope, _input.Schema, [.. _output.Columns.Select(c => c.Name)], _windows);

        var expressions = new List<Expression>(keys.Select((k, i) => new ColumnExpression(i, k.Type)));
        var around = new ExpressionBinder(_scope, _operator, [], call => Compute(call)[0]);
        foreach (NamedExpressionSyntax item in items)
        {
            if (item.Expression is CallSyntax call && KnownNames.Aggregates.Contains(call.Name))
            {
                Expression[] columns = Compute(call);
                for (int i = 0; i < columns.Length; i++)
                {
                    if (i == 0 && item.Name is not null)
                        _output.AddNamed(item.Name, columns[i].Type, item.Position);
                    else
                        _output.AddSuggested(_computed[((ColumnExpression)columns[i]).Ordinal].Name is { Length: > 0 } name ? name : null, columns[i].Type);
                }

                expressions.AddRange(columns);
                continue;
            }

            if (item.Expression is NameSyntax unknown)
                throw KqlException.Semantic(_scope.Source, unknown.Position, $"'{_operator}' operator: The name '{unknown.Name}' is not an aggregate or scalar function.");
            Expression expression = around.Bind(item.Expression);
            _output.Add(item, expression.Type);
            expressions.Add(expression);
        }

        var summarize = new SummarizeOperator(_windows.Input, _computed, [.. keys], [.. _aggregates]);
        IEnumerable<Column> schema = place is null ? _output.Columns : [.. _output.Columns.Take(names), _computed[names], .. _output.Columns.Skip(names)];
        return new ProjectOperator(summarize, [.. schema], [.. expressions]);
    }

    /// <summary>Binds the keys of <c>summarize … by</c> and <c>distinct</c>, and names their columns.</summary>
    public static Expression[] BindKeys(Scope scope, TabularOperator input, IReadOnlyList<NamedExpressionSyntax> items, string operatorName, OutputColumns output, WindowBinder? windows = null)
    {
        var binder = new ExpressionBinder(scope, operatorName, input.Schema) { Windows = windows };
        var keys = new List<Expression>();
        foreach (NamedExpressionSyntax item in items)
        {
            Expression key = binder.Bind(item.Expression);
            if (key.Type == KustoType.Dynamic && operatorName == "make-series")
                throw KqlException.NotSupported(scope.Source, item.Expression.Position, "'make-series' by a dynamic value", "Cast it first: tostring().");
            if (key.Type == KustoType.Dynamic)
                throw KqlException.Semantic(scope.Source, item.Expression.Position, $"'{operatorName}' operator: A value of type dynamic is not allowed as a key. Cast it: tostring().");
            output.Add(item, key.Type);
            keys.Add(key);
        }

        return [.. keys];
    }

    private Expression[] Compute(CallSyntax call)
    {
        if (_allowed?.Contains(call.Name) == false) throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' in '{_operator}'");
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
