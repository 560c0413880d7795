using System.Runtime.CompilerServices;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Turns a pipeline as written into operators that run.</summary>
internal sealed class PipelineBinder
{
    private readonly Scope _scope;
    private bool _isInner;

    public PipelineBinder(Scope scope) => _scope = scope;

    /// <summary>The expression as a pipeline, or null where it can be none.</summary>
    public static PipelineSyntax? PipelineOf(ExpressionSyntax syntax) => syntax switch
    {
        SubquerySyntax subquery => subquery.Pipeline,
        NameSyntax name => new PipelineSyntax(new TableSourceSyntax(name.Position, name.Name), []),
        CallSyntax call => new PipelineSyntax(new CallSourceSyntax(call.Position, call), []),
        _ => null,
    };

    /// <summary>The expression as a pipeline where it gives a table, or null.</summary>
    public static PipelineSyntax? TryPipelineOf(Scope scope, ExpressionSyntax syntax) => syntax switch
    {
        NameSyntax name when !scope.IsTable(name.Name) => null,
        CallSyntax call when call.Name != "table" && !(scope.Functions.TryGetValue(call.Name, out Function? function) && function.IsTabular) => null,
        _ => PipelineOf(syntax),
    };

    /// <summary>Binds a pipeline. Names that <c>as</c> gives within it are known in the rest of it.</summary>
    public TabularOperator Bind(PipelineSyntax pipeline)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw KqlException.NotSupported(_scope.Source, pipeline.Source.Position, "query as deep as this");
        if (pipeline.Operators.Any(o => o is AsSyntax) && !_isInner) return new PipelineBinder(_scope.CreateInner()) { _isInner = true }.Bind(pipeline);
        RowOrigin outer = _scope.Origin;
        _scope.Origin = RowOrigin.Computed;
        try
        {
            return BindOperators(new SourceBinder(_scope, this).Bind(pipeline.Source), pipeline.Operators);
        }
        finally
        {
            _scope.Origin = outer;
        }
    }

    /// <summary>Binds a subquery: operators for rows that are given.</summary>
    public static TabularOperator BindSubquery(Scope scope, TabularOperator input, IReadOnlyList<OperatorSyntax> operators)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw KqlException.NotSupported(scope.Source, operators[0].Position, "query as deep as this");
        Scope inner = scope.CreateInner();
        inner.IsRepeated = true;
        return new PipelineBinder(inner) { _isInner = true }.BindOperators(input, operators);
    }

    private TabularOperator BindOperators(TabularOperator input, IReadOnlyList<OperatorSyntax> operators)
    {
        foreach (OperatorSyntax syntax in operators)
        {
            RowOrder order = RowOrders.Behind(syntax, input.Order);
            RowOrigin origin = RowOrigins.Behind(syntax, input.Origin);
            _scope.Origin = input.Origin;
            input = BindOperator(input, syntax);
            input.Order = order;
            input.Origin = origin;
        }

        return input;
    }

    private TabularOperator BindOperator(TabularOperator input, OperatorSyntax syntax)
    {
        switch (syntax)
        {
            case WhereSyntax where: return BindWhere(input, where);
            case ProjectSyntax or ExtendSyntax or SerializeSyntax or ProjectAwaySyntax or ProjectReorderSyntax or ProjectRenameSyntax:
                return new ProjectBinder(_scope, input).Bind(syntax);
            case CountSyntax count: return new CountOperator(input, count.Name);
            case JoinSyntax join: return new JoinBinder(_scope, join).Bind(input);
            case SearchSyntax search: return new SearchBinder(_scope, search).Bind(input);
            case UnionSyntax union: return new UnionBinder(_scope, union).Bind(input);
            case MvExpandSyntax expand: return new MvExpandBinder(_scope, expand).Bind(input);
            case MvApplySyntax apply: return MvApplyBinder.Bind(_scope, input, apply);
            case PartitionSyntax partition: return PartitionBinder.Bind(_scope, input, partition);
            case ParseSyntax parse: return ParseBinder.Bind(_scope, input, parse);
            case EvaluateSyntax evaluate: return EvaluateBinder.Bind(_scope, input, evaluate);
            case AsSyntax named: return BindAs(input, named);
            case TakeSyntax take: return new TakeOperator(input, Binder(input, "take").BindRowCount(take.Rows));
            case SampleSyntax sample: return new TakeOperator(input, BindSampleSize(sample.Rows, Binder(input, "sample")));
            case SampleDistinctSyntax sample: return BindSampleDistinct(input, sample);
            case SortSyntax sort: return BindSort(input, sort);
            case TopSyntax top: return BindTop(input, top);
            case SummarizeSyntax summarize: return SummarizeBinder.Bind(_scope, input, summarize);
            case MakeSeriesSyntax series: return new MakeSeriesBinder(_scope, input, series).Bind();
            case DistinctSyntax distinct: return BindDistinct(input, distinct);
            case GetSchemaSyntax: return GetSchemaBinder.Bind(input);
            case RenderSyntax: return input;
            default: throw new InvalidOperationException(syntax.GetType().Name);
        }
    }

    private ExpressionBinder Binder(TabularOperator input, string operatorName) => new(_scope, operatorName, input.Schema);

    private TabularOperator BindAs(TabularOperator input, AsSyntax named)
    {
        if (named.Materialized && _scope.IsRepeated) throw KqlException.NotSupported(_scope.Source, named.Position, "'hint.materialized' in a subquery that runs several times");
        return _scope.Tabulars[named.Name] = named.Materialized ? new MaterializeOperator(input, named.Name) : new NamedOperator(input, named.Name);
    }

    private long BindSampleSize(ExpressionSyntax rows, ExpressionBinder binder) => binder.Bind(rows).Type is KustoType.Real or KustoType.Decimal
        ? throw KqlException.NotSupported(_scope.Source, rows.Position, "sample whose size is no integer")
        : binder.BindRowCount(rows);

    private TakeOperator BindSampleDistinct(TabularOperator input, SampleDistinctSyntax sample)
    {
        ExpressionBinder binder = Binder(input, "sample-distinct");
        if (sample.Column is not { Name: null, Expression: NameSyntax } || binder.Bind(sample.Column.Expression) is not ColumnExpression column)
            throw KqlException.Semantic(_scope.Source, sample.Column.Position, "'sample-distinct' operator: Column name expected.");
        if (column.Type == KustoType.Dynamic) throw KqlException.Semantic(_scope.Source, sample.Column.Position, "'sample-distinct' operator: A value of type dynamic is not allowed.");
        return new TakeOperator(new DistinctOperator(input, column.Ordinal), BindSampleSize(sample.Rows, binder));
    }

    private TabularOperator BindWhere(TabularOperator input, WhereSyntax where)
    {
        var windows = new WindowBinder(_scope, input);
        Expression predicate = new ExpressionBinder(_scope, "where", input.Schema) { Windows = windows }.BindBool(where.Predicate);
        return windows.Drop(new FilterOperator(windows.Input, predicate));
    }

    private TabularOperator BindSort(TabularOperator input, SortSyntax sort)
    {
        var windows = new WindowBinder(_scope, input);
        OrderKey[] keys = [.. sort.Keys.Select(k => BindKey(windows, k, "sort"))];
        return windows.Drop(new SortOperator(windows.Input, keys));
    }

    private TabularOperator BindTop(TabularOperator input, TopSyntax top)
    {
        var windows = new WindowBinder(_scope, input);
        OrderKey key = BindKey(windows, top.Key, "top");
        return windows.Drop(new SortOperator(windows.Input, [key], Binder(input, "top").BindRowCount(top.Rows)));
    }

    private OrderKey BindKey(WindowBinder windows, OrderSyntax order, string operatorName)
    {
        Expression expression = new ExpressionBinder(_scope, operatorName, windows.Columns) { Windows = windows }.Bind(order.Expression);
        return expression.Type == KustoType.Dynamic
            ? throw KqlException.NotSupported(_scope.Source, order.Expression.Position, $"'{operatorName}' by a dynamic value", "Cast it first.")
            : new OrderKey(expression, order.Descending, order.NullsFirst);
    }

    private SummarizeOperator BindDistinct(TabularOperator input, DistinctSyntax syntax)
    {
        IReadOnlyList<NamedExpressionSyntax> items = syntax.All
            ? [.. input.Schema.Select(c => new NamedExpressionSyntax(null, syntax.Position, new NameSyntax(syntax.Position, c.Name)))]
            : syntax.Items;
        var output = new OutputColumns(_scope.Source);
        Expression[] keys = SummarizeBinder.BindKeys(_scope, input, items, "distinct", output);
        return new SummarizeOperator(input, output.Columns, keys, []);
    }
}
