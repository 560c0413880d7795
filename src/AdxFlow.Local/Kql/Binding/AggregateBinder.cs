using AdxFlow.Local.Kql.Aggregates;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds calls of aggregation functions.</summary>
internal sealed class AggregateBinder
{
    private const long MaxListSize = 1048576;

    private readonly Scope _scope;
    private readonly ExpressionBinder _arguments;
    private readonly RowPickBinder _picks;

    /// <param name="scope">The query.</param>
    /// <param name="columns">The columns of the input.</param>
    /// <param name="keyColumns">The names of output columns that are keys: <c>*</c> leaves these out.</param>
    /// <param name="windows">Binds window functions among the arguments, where they are allowed.</param>
    public AggregateBinder(Scope scope, IReadOnlyList<Column> columns, HashSet<string> keyColumns, WindowBinder? windows = null)
    {
        _scope = scope;
        _arguments = new ExpressionBinder(scope, "summarize", columns) { Windows = windows };
        _picks = new RowPickBinder(scope, _arguments, columns, keyColumns);
    }

    public BoundAggregate Bind(CallSyntax call)
    {
        // The if-forms are the plain ones over fewer rows; their predicate is the second argument, or the only one of countif().
        (string plain, int predicateAt) = call.Name switch
        {
            "countif" => ("count", 0),
            "sumif" or "avgif" or "minif" or "maxif" or "dcountif" or "stdevif" or "varianceif" or "variancepif" or "take_anyif" => (call.Name[..^2], 1),
            "count_distinctif" => ("count_distinct", 1),
            "make_list_if" => ("make_list", 1),
            "make_set_if" => ("make_set", 1),
            "make_bag_if" => ("make_bag", 1),
            _ => (call.Name, -1),
        };
        if (predicateAt < 0) return BindPlain(call, plain, call.Arguments);

        if (call.Arguments.Count <= predicateAt) throw Error(call, "the predicate is missing.");
        if (plain is "count" or "take_any" && call.Arguments.Count > predicateAt + 1) throw Error(call, $"the function expects {predicateAt + 1} argument(s).");
        Expression predicate = _arguments.BindBool(call.Arguments[predicateAt]);
        BoundAggregate inner = BindPlain(call, plain, [.. call.Arguments.Where((_, i) => i != predicateAt)]);
        return inner with { Create = () => new FilteredAggregate(predicate, inner.Create()) };
    }

    private BoundAggregate BindPlain(CallSyntax call, string name, IReadOnlyList<ExpressionSyntax> arguments)
    {
        switch (name)
        {
            case "count":
                ExpectCount(call, arguments, 0, 1);
                if (arguments.Count == 0) return Single(call, KustoType.Long, () => new CountAggregate());
                Expression counting = _arguments.Bind(arguments[0]);
                if (counting.Type != KustoType.Bool) throw KqlException.NotSupported(_scope.Source, call.Position, "'count()' of a value that is no bool", "Write count(), or countif(isnotnull(…)).");
                return Single(call, KustoType.Long, () => new FilteredAggregate(counting, new CountAggregate()));
            case "sum": return Sum(call, Argument(call, arguments));
            case "avg": return Average(call, Argument(call, arguments));
            case "min" or "max": return Extreme(call, Argument(call, arguments), name == "max");
            case "dcount" or "count_distinct":
                ExpectCount(call, arguments, 1, name == "dcount" ? 2 : 1);
                Expression counted = NoDynamic(call, _arguments.Bind(arguments[0]));
                if (arguments.Count == 2) Constant(call, arguments[1]);
                return Single(call, KustoType.Long, () => new DistinctCountAggregate(counted));
            case "make_list": return List(call, arguments, distinct: false);
            case "make_set": return List(call, arguments, distinct: true);
            case "make_list_with_nulls":
                Expression element = Argument(call, arguments);
                return Single(call, KustoType.Dynamic, () => new ListAggregate(element, false, MaxListSize, keepsNulls: true));
            case "make_bag":
                ExpectCount(call, arguments, 1, 2);
                Expression bag = _arguments.Bind(arguments[0]);
                if (bag.Type != KustoType.Dynamic) throw Error(call, "the argument must be a value of type dynamic.");
                long most = Size(call, arguments);
                return Single(call, KustoType.Dynamic, () => new BagAggregate(bag, most));
            case "binary_all_and": return Bits(call, arguments, static (a, b) => a & b);
            case "binary_all_or": return Bits(call, arguments, static (a, b) => a | b);
            case "binary_all_xor": return Bits(call, arguments, static (a, b) => a ^ b);
            case "stdev" or "stdevp" or "variance" or "variancep":
                Expression number = Argument(call, arguments);
                if (number.Type is KustoType.DateTime or KustoType.TimeSpan) throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' of {KustoTypes.Name(number.Type)}");
                if (!Conversion.IsNumeric(number.Type)) throw Error(call, "the argument must be a number.");
                return Single(call, KustoType.Real, Widened(number, KustoType.Real,
                    e => new VarianceAggregate(e, name.EndsWith('p'), name.StartsWith("stdev", StringComparison.Ordinal))));
            case "percentile" or "percentiles": return Percentiles(call, arguments, name == "percentile");
            case "arg_max" or "arg_min": return _picks.ArgExtreme(call, arguments, name == "arg_max");
            case "take_any" or "any": return _picks.TakeAny(call, arguments, name == "any" ? "any_" : "");
            default: throw KqlException.NotSupported(_scope.Source, call.Position, $"aggregation function '{call.Name}()'");
        }
    }

    private static BoundAggregate Single(CallSyntax call, KustoType type, Func<Aggregate> create) =>
        new([new Column(ResultNames.OfAggregate(call), type)], create);

    private BoundAggregate Sum(CallSyntax call, Expression argument) => argument.Type switch
    {
        KustoType.Int or KustoType.Long => Single(call, KustoType.Long, Widened(argument, KustoType.Long, e => new SumAggregate<long>(e))),
        KustoType.Real => Single(call, KustoType.Real, () => new SumAggregate<double>(argument)),
        KustoType.Decimal => Single(call, KustoType.Decimal, () => new SumAggregate<KustoDecimal>(argument)),
        KustoType.TimeSpan => Single(call, KustoType.TimeSpan, () => new SumAggregate<long>(argument)),
        KustoType.DateTime => throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' of datetime"),
        _ => throw Error(call, "the argument must be summable: a number or a timespan."),
    };

    private BoundAggregate Average(CallSyntax call, Expression argument) => argument.Type switch
    {
        KustoType.Int or KustoType.Long or KustoType.Real =>
            Single(call, KustoType.Real, Widened(argument, KustoType.Real, e => new AverageAggregate<double, double>(e))),
        KustoType.Decimal => Single(call, KustoType.Decimal, () => new DecimalAverageAggregate(argument)),
        KustoType.TimeSpan or KustoType.DateTime => Single(call, argument.Type, () => new AverageAggregate<long, Int128>(argument)),
        _ => throw Error(call, $"the function is not compatible with arguments ({KustoTypes.Name(argument.Type)})."),
    };

    private BoundAggregate Extreme(CallSyntax call, Expression argument, bool greatest)
    {
        KustoType type = Orderable(call, argument).Type;
        return Single(call, type, type switch
        {
            KustoType.Bool => () => new ExtremeAggregate<bool>(argument, greatest),
            KustoType.Int => () => new ExtremeAggregate<int>(argument, greatest),
            KustoType.Real => () => new ExtremeAggregate<double>(argument, greatest),
            KustoType.Decimal => () => new ExtremeAggregate<KustoDecimal>(argument, greatest),
            KustoType.String => () => new ExtremeAggregate<string>(argument, greatest),
            _ => () => new ExtremeAggregate<long>(argument, greatest),
        });
    }

    private BoundAggregate List(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments, bool distinct)
    {
        ExpectCount(call, arguments, 1, 2);
        Expression argument = _arguments.Bind(arguments[0]);
        if (distinct) NoDynamic(call, argument);
        long size = Size(call, arguments);
        return Single(call, KustoType.Dynamic, () => new ListAggregate(argument, distinct, size));
    }

    private long Size(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments)
    {
        if (arguments.Count < 2) return MaxListSize;
        ConstantExpression limit = Constant(call, arguments[1]);
        return Conversion.IsInteger(limit.Type) ? Math.Min(MaxListSize, Convert.ToInt64(limit.Value, null)) : throw Error(call, "the last argument must be an integer.");
    }

    private BoundAggregate Bits(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments, Func<long, long, long> operation)
    {
        Expression argument = Argument(call, arguments);
        if (argument.Type is KustoType.Int or KustoType.Real or KustoType.Decimal or KustoType.DateTime or KustoType.TimeSpan)
            throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' of {KustoTypes.Name(argument.Type)}", "Cast it: tolong().");
        if (argument.Type != KustoType.Long) throw Error(call, "the argument must be of type long.");
        return Single(call, KustoType.Long, () => new BitsAggregate(argument, operation));
    }

    private BoundAggregate Percentiles(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments, bool single)
    {
        ExpectCount(call, arguments, 2, single ? 2 : 64);
        Expression argument = _arguments.Bind(arguments[0]);
        if (argument.Type == KustoType.Int) argument = Conversion.Widen(argument, KustoType.Long);
        if (argument.Type == KustoType.Decimal) argument = Conversion.Widen(argument, KustoType.Real);
        if (!Conversion.IsNumeric(argument.Type) && argument.Type is not (KustoType.DateTime or KustoType.TimeSpan))
            throw KqlException.NotSupported(_scope.Source, call.Position, $"percentile of {KustoTypes.Name(argument.Type)}");
        string? name = ResultNames.Of(arguments[0]);
        double[] ranks = [.. arguments.Skip(1).Select(a => (double)((ConstantExpression)Conversion.Widen(Constant(call, a), KustoType.Real)).Value!)];
        if (Array.Exists(ranks, r => r is < 0 or > 100)) throw Error(call, "a percentile must be between 0 and 100.");
        Column[] outputs = [.. arguments.Skip(1).Select(a => new Column(ResultNames.OfPercentile(name, a), argument.Type))];
        return new BoundAggregate(outputs, argument.Type switch
        {
            KustoType.Real => () => new PercentileAggregate<double>(argument, ranks),
            _ => () => new PercentileAggregate<long>(argument, ranks),
        });
    }

    private static Func<Aggregate> Widened(Expression argument, KustoType type, Func<Expression, Aggregate> create)
    {
        Expression wide = Conversion.Widen(argument, type);
        return () => create(wide);
    }

    private Expression Argument(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments)
    {
        ExpectCount(call, arguments, 1, 1);
        return _arguments.Bind(arguments[0]);
    }

    private ConstantExpression Constant(CallSyntax call, ExpressionSyntax syntax) =>
        _arguments.Bind(syntax) is ConstantExpression { Value: not null } constant && Conversion.IsNumeric(constant.Type)
            ? constant
            : throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' whose last argument is no constant number");

    private Expression Orderable(CallSyntax call, Expression argument) => argument.Type is KustoType.Dynamic or KustoType.Guid
        ? throw Error(call, "the argument value must be orderable: a number, timespan, datetime, string or boolean.")
        : argument;

    private Expression NoDynamic(CallSyntax call, Expression argument) => argument.Type == KustoType.Dynamic
        ? throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' of dynamic values", "Cast them first: tostring().")
        : argument;

    private void ExpectCount(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments, int least, int most)
    {
        if (arguments.Count < least || arguments.Count > most)
            throw Error(call, least == most ? $"the function expects {least} argument(s)." : $"the function expects between {least} and {most} arguments.");
    }

    private KqlException Error(CallSyntax call, string message) => KqlException.Semantic(_scope.Source, call.Position, $"{call.Name}(): {message}");
}
