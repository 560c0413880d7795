using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Operators.Windows;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds window functions. Each becomes a column behind those of the input, computed in a pass of its own over all rows: an
/// expression around it may look at some of the rows only.
/// </summary>
/// <remarks>Source: Microsoft Learn, "Window functions overview" and the pages of the functions.</remarks>
internal sealed class WindowBinder
{
    private const int MaxWindows = 100;

    private readonly Scope _scope;
    private readonly RowOrder _order;
    private int _count;

    /// <param name="scope">The query.</param>
    /// <param name="input">The rows.</param>
    /// <param name="isSerialized">True where the operator at hand serializes them itself.</param>
    public WindowBinder(Scope scope, TabularOperator input, bool isSerialized = false)
    {
        _scope = scope;
        _order = isSerialized ? RowOrder.Serialized : input.Order;
        Input = input;
        Columns = input.Schema;
    }

    /// <summary>The rows with the columns of all window functions so far behind their own.</summary>
    public TabularOperator Input { get; private set; }

    /// <summary>The columns of the rows themselves.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The rows of an operator over <see cref="Input"/> without the columns of window functions.</summary>
    public TabularOperator Drop(TabularOperator output) => _count == 0 ? output : ProjectBinder.Rearrange(output, Enumerable.Range(0, Columns.Count));

    /// <param name="call">The call.</param>
    /// <param name="arguments">Binds its arguments.</param>
    public ColumnExpression Bind(CallSyntax call, ExpressionBinder arguments)
    {
        if (_order == RowOrder.None) throw KqlException.Semantic(_scope.Source, call.Position, $"Function '{call.Name}' cannot be invoked in current context. Details: the row set must be serialized");
        if (_order == RowOrder.Open)
            throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' on rows of which it is not documented whether they are serialized", "Write | serialize in front of it.");
        if (++_count > MaxWindows) throw KqlException.NotSupported(_scope.Source, call.Position, $"operator with more than {MaxWindows} window functions");
        return new Call(this, call, arguments).Bind();
    }

    private ColumnExpression Add(KustoType type, Func<TabularOperator, IReadOnlyList<Column>, TabularOperator> create)
    {
        // No text of a query can name it, for names are looked up among the columns of the rows themselves.
        Input = create(Input, [.. Input.Schema, new Column("", type)]);
        return new ColumnExpression(Input.Schema.Count - 1, type);
    }

    private ColumnExpression Add(KustoType type, Func<WindowFunction> function) => Add(type, (input, schema) => new WindowOperator(input, schema, function));

    private sealed class Call(WindowBinder owner, CallSyntax syntax, ExpressionBinder arguments)
    {
        public ColumnExpression Bind()
        {
            switch (syntax.Name)
            {
                case "row_number":
                    Expect(0, 2);
                    long start = syntax.Arguments.Count > 0 ? Integer(0, "the starting index") : 1;
                    Expression? restart = Restart(1);
                    return owner.Add(KustoType.Long, () => new RowNumberFunction(start, restart));
                case "row_cumsum": return BindSum();
                case "row_rank_dense": return BindRank(isDense: true);
                case "row_rank_min": return BindRank(isDense: false);
                case "row_window_session": return BindSession();
                default: return BindNeighbour(isNext: syntax.Name == "next");
            }
        }

        private ColumnExpression BindSum()
        {
            Expect(1, 2);
            Expression term = arguments.Bind(syntax.Arguments[0]);
            Expression? restart = Restart(1);
            if (term.Type is KustoType.Decimal) throw NotSupported($"'{syntax.Name}()' of decimal", "Cast it: toreal().");
            return term.Type switch
            {
                KustoType.Int => owner.Add(term.Type, () => new CumulativeSumFunction<int>(term, restart)),
                KustoType.Long => owner.Add(term.Type, () => new CumulativeSumFunction<long>(term, restart)),
                KustoType.Real => owner.Add(term.Type, () => new CumulativeSumFunction<double>(term, restart)),
                _ => throw Error("the expression value must be a number."),
            };
        }

        private ColumnExpression BindRank(bool isDense)
        {
            Expect(1, 2);
            Expression term = arguments.Bind(syntax.Arguments[0]);
            if (term.Type == KustoType.Dynamic) throw Error("a value of type dynamic is not allowed.");
            Expression? restart = Restart(1);
            return owner.Add(KustoType.Long, () => new RowRankFunction(term, restart, isDense));
        }

        private ColumnExpression BindSession()
        {
            Expect(3, 4);
            Expression moment = Typed(0, KustoType.DateTime);
            Expression fromFirst = Typed(1, KustoType.TimeSpan);
            Expression fromNeighbour = Typed(2, KustoType.TimeSpan);
            Expression? restart = Restart(3);
            return owner.Add(KustoType.DateTime, () => new SessionFunction(moment, fromFirst, fromNeighbour, restart));
        }

        private ColumnExpression BindNeighbour(bool isNext)
        {
            Expect(1, 3);
            if (syntax.Arguments[0] is not NameSyntax || arguments.Bind(syntax.Arguments[0]) is not ColumnExpression column) throw Error("column name expected.");
            long offset = syntax.Arguments.Count > 1 ? Integer(1, "the offset") : 1;
            if (offset is < 0 or > int.MaxValue) throw NotSupported($"offset of '{syntax.Name}()' that is negative or beyond the range of int");
            Vector none = syntax.Arguments.Count > 2 ? Default(column) : Vector.CreateNull(column.Type, 1);
            return isNext
                ? owner.Add(column.Type, (input, schema) => new NextOperator(input, schema, column, (int)offset, none))
                : owner.Add(column.Type, () => new PreviousFunction(column, (int)offset, none));
        }

        private Vector Default(ColumnExpression column)
        {
            if (arguments.Bind(syntax.Arguments[2]) is not ConstantExpression value) throw Error("the default value must be a constant.");
            if (value.Type == column.Type) return value.Values;
            if (Conversion.IsNumeric(value.Type) && Conversion.IsNumeric(column.Type)
                && (value.Type < column.Type || (Conversion.IsInteger(value.Type) && Conversion.IsInteger(column.Type)))
                && Conversion.To(value, column.Type) is ConstantExpression { Values: var converted } && converted.IsNull(0) == value.Values.IsNull(0))
                return converted;
            throw NotSupported($"default of type {KustoTypes.Name(value.Type)} in '{syntax.Name}()' of {KustoTypes.Name(column.Type)}", "Cast it.");
        }

        private Expression Typed(int index, KustoType type)
        {
            Expression argument = arguments.Bind(syntax.Arguments[index]);
            return argument.Type == type ? argument : throw Error($"a value of type {KustoTypes.Name(type)} expected.");
        }

        private long Integer(int index, string what)
        {
            Expression argument = arguments.Bind(syntax.Arguments[index]);
            if (!Conversion.IsInteger(argument.Type)) throw Error("a value of type long expected.");
            return argument is ConstantExpression { Value: { } value }
                ? Convert.ToInt64(value, null)
                : throw NotSupported($"'{syntax.Name}()' where {what} is no constant");
        }

        private Expression? Restart(int index) => index < syntax.Arguments.Count ? Typed(index, KustoType.Bool) : null;

        private void Expect(int least, int most)
        {
            if (syntax.Arguments.Count < least || syntax.Arguments.Count > most) throw Error($"the function expects between {least} and {most} arguments.");
        }

        private KqlException Error(string message) => KqlException.Semantic(owner._scope.Source, syntax.Position, $"{syntax.Name}(): {message}");

        private KqlException NotSupported(string what, string? hint = null) => KqlException.NotSupported(owner._scope.Source, syntax.Position, what, hint);
    }
}
