using AdxFlow.Local.Kql.Aggregates;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds the aggregates that pick a row: <c>arg_max()</c>, <c>arg_min()</c>, <c>take_any()</c>.</summary>
internal sealed class RowPickBinder
{
    private readonly Scope _scope;
    private readonly ExpressionBinder _arguments;
    private readonly IReadOnlyList<Column> _columns;
    private readonly HashSet<string> _keyColumns;

    /// <param name="scope">The query.</param>
    /// <param name="arguments">Binds arguments.</param>
    /// <param name="columns">The columns of the input.</param>
    /// <param name="keyColumns">The names of output columns that are keys: <c>*</c> leaves these out.</param>
    public RowPickBinder(Scope scope, ExpressionBinder arguments, IReadOnlyList<Column> columns, HashSet<string> keyColumns)
    {
        _scope = scope;
        _arguments = arguments;
        _columns = columns;
        _keyColumns = keyColumns;
    }

    public BoundAggregate ArgExtreme(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments, bool greatest)
    {
        ExpectCount(call, arguments, 1, 64);
        string prefix = greatest ? "max" : "min";
        Expression decider = Orderable(call, _arguments.Bind(arguments[0]));
        string? firstName = ResultNames.Of(arguments[0]);
        var outputs = new List<Column> { new(firstName ?? $"{prefix}_", decider.Type) };
        var returned = new List<Expression>();
        for (int i = 1; i < arguments.Count; i++)
        {
            if (arguments[i] is StarSyntax)
                AddStar(outputs, returned, "", arguments[0]);
            else
                AddReturned(outputs, returned, arguments[i], $"{prefix}_{firstName}_arg{i}");
        }

        return new BoundAggregate(outputs, RowPick(decider, [.. returned], greatest ? 1 : -1));
    }

    public BoundAggregate TakeAny(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments, string prefix)
    {
        ExpectCount(call, arguments, 1, 64);
        var outputs = new List<Column>();
        var returned = new List<Expression>();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is StarSyntax)
                AddStar(outputs, returned, prefix, null);
            else
                AddReturned(outputs, returned, arguments[i], Unnamed(call, arguments.Count, i), prefix);
        }

        if (returned.Count == 0) throw Error(call, "there is no column left to take.");
        return new BoundAggregate(outputs, RowPick(returned[0], [.. returned.Skip(1)], 0));
    }

    // An empty name is none: the column is numbered.
    private static string Unnamed(CallSyntax call, int count, int index) => (call.Name, count) switch
    {
        ("take_anyif", _) => "",
        ("any", 1) => "any_",
        _ => $"any_arg{index}",
    };

    private void AddStar(List<Column> outputs, List<Expression> returned, string prefix, ExpressionSyntax? decider)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            bool isDecider = decider is NameSyntax name && name.Name == _columns[i].Name;
            if (isDecider || _keyColumns.Contains(_columns[i].Name)) continue;
            outputs.Add(_columns[i] with { Name = prefix + _columns[i].Name });
            returned.Add(new ColumnExpression(i, _columns[i].Type));
        }
    }

    private void AddReturned(List<Column> outputs, List<Expression> returned, ExpressionSyntax syntax, string fallback, string prefix = "")
    {
        (string? name, ExpressionSyntax value) = syntax is NamedArgumentSyntax named ? (named.Name, named.Value) : (null, syntax);
        Expression expression = _arguments.Bind(value);
        outputs.Add(new Column(name ?? (ResultNames.Of(value) is { } suggested ? prefix + suggested : fallback), expression.Type));
        returned.Add(expression);
    }

    private static Func<Aggregate> RowPick(Expression decider, Expression[] returned, int sign) => decider.Type switch
    {
        KustoType.Bool => () => new RowPickAggregate<bool>(decider, returned, sign),
        KustoType.Int => () => new RowPickAggregate<int>(decider, returned, sign),
        KustoType.Real => () => new RowPickAggregate<double>(decider, returned, sign),
        KustoType.Decimal => () => new RowPickAggregate<KustoDecimal>(decider, returned, sign),
        KustoType.Guid => () => new RowPickAggregate<Guid>(decider, returned, sign),
        KustoType.String => () => new RowPickAggregate<string>(decider, returned, sign),
        KustoType.Dynamic => () => new RowPickAggregate<DynamicValue>(decider, returned, sign),
        _ => () => new RowPickAggregate<long>(decider, returned, sign),
    };

    private Expression Orderable(CallSyntax call, Expression argument) => argument.Type is KustoType.Dynamic or KustoType.Guid
        ? throw Error(call, "the argument value must be orderable: a number, timespan, datetime, string or boolean.")
        : argument;

    private void ExpectCount(CallSyntax call, IReadOnlyList<ExpressionSyntax> arguments, int least, int most)
    {
        if (arguments.Count < least || arguments.Count > most) throw Error(call, $"the function expects between {least} and {most} arguments.");
    }

    private KqlException Error(CallSyntax call, string message) => KqlException.Semantic(_scope.Source, call.Position, $"{call.Name}(): {message}");
}
