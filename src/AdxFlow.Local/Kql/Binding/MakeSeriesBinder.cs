using System.Numerics;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds <c>make-series</c>: the rows are summarized by the keys and by their place on the axis, and each combination of keys
/// then becomes one row of arrays.
/// </summary>
/// <remarks>Source: Microsoft Learn, "make-series operator".</remarks>
internal sealed class MakeSeriesBinder
{
    /// <summary>The aggregates of the page's list that <c>summarize</c> has here.</summary>
    private static readonly HashSet<string> Aggregates = new(StringComparer.Ordinal)
    {
        "avg", "avgif", "count", "countif", "covariance", "covarianceif", "covariancep", "covariancepif", "dcount", "dcountif", "max", "maxif",
        "min", "minif", "percentile", "take_any", "stdev", "sum", "sumif", "variance", "varianceif", "variancep", "variancepif",
    };

    private readonly Scope _scope;
    private readonly TabularOperator _input;
    private readonly MakeSeriesSyntax _syntax;
    private readonly ExpressionBinder _constants;

    public MakeSeriesBinder(Scope scope, TabularOperator input, MakeSeriesSyntax syntax)
    {
        _scope = scope;
        _input = input;
        _syntax = syntax;
        _constants = new ExpressionBinder(scope, "make-series", []);
    }

    public MakeSeriesOperator Bind()
    {
        Expression axis = new ExpressionBinder(_scope, "make-series", _input.Schema).Bind(_syntax.Axis.Expression);
        (SeriesAxis places, Expression place) = axis.Type switch
        {
            KustoType.DateTime => Integers(axis, KustoType.TimeSpan),
            KustoType.TimeSpan or KustoType.Long or KustoType.Int => Integers(axis, axis.Type),
            KustoType.Real => Reals(axis),
            KustoType.Decimal => throw KqlException.NotSupported(_scope.Source, _syntax.Axis.Position, "'make-series' on a decimal", "Cast it: toreal()."),
            _ => throw KqlException.Semantic(_scope.Source, _syntax.Axis.Position, $"'make-series' operator: the axis must be a datetime, a timespan or a number, not {KustoTypes.Name(axis.Type)}."),
        };

        (ProjectOperator rows, OutputColumns output) = SummarizeBinder.BindSeries(_scope, _input, _syntax, place, Aggregates);
        int keys = _syntax.Keys.Count;
        int series = output.Columns.Count - keys;
        if (series != _syntax.Series.Count) throw KqlException.NotSupported(_scope.Source, _syntax.Position, "'make-series' of aggregates with several results");
        DynamicValue[] gaps = [.. _syntax.Series.Select((s, i) => Gap(s, output.Columns[keys + i].Type))];
        output.Add(_syntax.Axis, axis.Type);
        Column[] schema = [.. output.Columns.Take(keys), .. output.Columns.Skip(keys).Select(c => c with { Type = KustoType.Dynamic })];
        return new MakeSeriesOperator(rows, schema, keys, places, gaps, _syntax.NonEmpty);
    }

    private (SeriesAxis Axis, Expression Place) Integers(Expression axis, KustoType stepType)
    {
        long step = (long)Step(Constant(_syntax.Step, stepType));
        long? from = _syntax.From is null ? null : (long)Constant(_syntax.From, axis.Type);
        long? to = _syntax.To is null ? null : (long)Constant(_syntax.To, axis.Type);
        long origin = from ?? 0;
        long? end = to is { } last ? Places(Math.Ceiling(((decimal)last - origin) / step)) : null;
        Func<long, DynamicValue> value = axis.Type switch
        {
            KustoType.DateTime => n => DynamicValue.OfDateTime(Moment(checked(origin + (n * step)))),
            KustoType.TimeSpan => n => DynamicValue.OfTimeSpan(checked(origin + (n * step))),
            _ => n => DynamicValue.Of(checked(origin + (n * step))),
        };
        Kernel kernel = Kernels.TryMap(KustoType.Long, (long v, out long place) =>
        {
            Int128 distance = (Int128)v - origin;
            Int128 floor = distance / step;
            if (distance % step < 0) floor--;
            place = (long)floor;
            return (from is null || v >= from) && (to is null || v < to);
        });
        if (axis.Type == KustoType.Int) axis = Conversion.Widen(axis, KustoType.Long);
        return (new SeriesAxis(value, from is null ? null : 0, end), KernelExpression.Create(KustoType.Long, kernel, axis));
    }

    private (SeriesAxis Axis, Expression Place) Reals(Expression axis)
    {
        double step = (double)Step(Constant(_syntax.Step, KustoType.Real));
        double? from = _syntax.From is null ? null : (double)Constant(_syntax.From, KustoType.Real);
        double? to = _syntax.To is null ? null : (double)Constant(_syntax.To, KustoType.Real);
        double origin = from ?? 0;
        if (!double.IsFinite(step) || !double.IsFinite(origin) || to is { } end && !double.IsFinite(end))
            throw KqlException.Semantic(_scope.Source, _syntax.Position, "'make-series' operator: the ends and the step must be finite.");
        long? places = to is { } last ? Places(Math.Ceiling((last - origin) / step)) : null;
        Kernel kernel = Kernels.TryMap(KustoType.Long, (double v, out long place) =>
        {
            double floor = Math.Floor((v - origin) / step);
            bool counts = (from is null || v >= from) && (to is null || v < to) && Math.Abs(floor) < 1e18;
            place = counts ? (long)floor : 0;
            return counts;
        });
        return (new SeriesAxis(n => DynamicValue.Of(origin + (n * step)), from is null ? null : 0, places), KernelExpression.Create(KustoType.Long, kernel, axis));
    }

    private static long Moment(long ticks) =>
        ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? ticks : throw new OverflowException();

    private static long Places<T>(T count)
        where T : INumber<T> => long.CreateSaturating(count);

    // Ticks for points in time and spans.
    private object Constant(ExpressionSyntax syntax, KustoType type)
    {
        Expression bound = _constants.Bind(syntax);
        if (bound is not ConstantExpression constant) throw KqlException.NotSupported(_scope.Source, syntax.Position, "'make-series' whose ends and step are not constant");
        if (bound.Type != type && !(bound.Type == KustoType.Int && type == KustoType.Long))
        {
            throw Conversion.IsNumeric(bound.Type) && Conversion.IsNumeric(type)
                ? KqlException.NotSupported(_scope.Source, syntax.Position, $"value of type {KustoTypes.Name(bound.Type)} on an axis of type {KustoTypes.Name(type)} in 'make-series'", "Cast one of them.")
                : KqlException.Semantic(_scope.Source, syntax.Position, $"'make-series' operator: The expression must have the type {KustoTypes.Name(type)}.");
        }

        return constant.Value switch
        {
            DateTime moment => moment.Ticks,
            TimeSpan duration => duration.Ticks,
            int or long => Convert.ToInt64(constant.Value, null),
            { } value => value,
            null => throw KqlException.NotSupported(_scope.Source, syntax.Position, "null as an end or a step of 'make-series'"),
        };
    }

    private object Step(object value) => value is > 0L or > 0.0
        ? value
        : throw KqlException.Semantic(_scope.Source, _syntax.Step.Position, "'make-series' operator: the step must be positive.");

    // What stands where no row is: 0 where nothing is given.
    private DynamicValue Gap(SeriesSyntax series, KustoType type)
    {
        if (!Conversion.IsNumeric(type))
            throw KqlException.NotSupported(_scope.Source, series.Item.Position, $"'make-series' of a value of type {KustoTypes.Name(type)}", "The operator is for numbers.");
        Expression given = series.Default is null ? ConstantExpression.Of(KustoType.Int, 0) : _constants.Bind(series.Default);
        int position = series.Default?.Position ?? series.Item.Position;
        if (given is not ConstantExpression constant) throw KqlException.NotSupported(_scope.Source, position, "default of 'make-series' that is no constant");
        if (!Conversion.IsNumeric(given.Type)) throw KqlException.NotSupported(_scope.Source, position, $"default of type {KustoTypes.Name(given.Type)} in 'make-series'");
        if (constant.Value is null) return DynamicValue.Null;
        if (given.Type > type && !(Conversion.IsInteger(given.Type) && Conversion.IsInteger(type)))
            throw KqlException.NotSupported(_scope.Source, position, $"default of type {KustoTypes.Name(given.Type)} in a series of {KustoTypes.Name(type)}", "Cast one of them.");
        return ToDynamic(constant, type) ?? DynamicValue.Null;
    }

    private static DynamicValue? ToDynamic(ConstantExpression value, KustoType type) =>
        ((ConstantExpression)Conversion.To(Conversion.To(value, type)!, KustoType.Dynamic)!).Value as DynamicValue;
}
