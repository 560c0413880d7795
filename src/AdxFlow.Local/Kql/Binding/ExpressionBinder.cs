using System.Runtime.CompilerServices;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Functions;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Gives scalar expressions their types and turns them into what computes them.</summary>
internal sealed class ExpressionBinder
{
    private const int MaxComparedValues = 1000;

    private readonly Scope _scope;
    private readonly string _operator;
    private readonly IReadOnlyList<Column> _columns;
    private readonly Func<CallSyntax, Expression>? _aggregates;

    /// <param name="scope">The query.</param>
    /// <param name="operatorName">The operator the expression belongs to, for messages.</param>
    /// <param name="columns">The columns it sees.</param>
    /// <param name="aggregates">Binds aggregates, where they are allowed.</param>
    public ExpressionBinder(Scope scope, string operatorName, IReadOnlyList<Column> columns, Func<CallSyntax, Expression>? aggregates = null)
    {
        _scope = scope;
        _operator = operatorName;
        _columns = columns;
        _aggregates = aggregates;
    }

    /// <summary>Binds window functions, where they are allowed.</summary>
    public WindowBinder? Windows { get; init; }

    public Expression Bind(ExpressionSyntax syntax)
    {
        // A chain such as 1 + 1 + … makes a tree as deep as it is long; the process that hosts the stand-in must survive it.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw NotSupported(syntax.Position, "expression as deep as this");
        return BindNode(syntax);
    }

    /// <summary>Binds a predicate.</summary>
    public Expression BindBool(ExpressionSyntax syntax)
    {
        Expression expression = Bind(syntax);
        return expression.Type == KustoType.Bool ? expression : throw Error(syntax.Position, $"The expression must have the type bool, not {KustoTypes.Name(expression.Type)}.");
    }

    /// <summary>Binds a number of rows: a constant integer.</summary>
    public long BindRowCount(ExpressionSyntax syntax)
    {
        Expression expression = Bind(syntax);
        if (!Conversion.IsInteger(expression.Type)) throw Error(syntax.Position, "The expression value must be an integer.");
        return expression is ConstantExpression constant && Convert.ToInt64(constant.Value, null) is >= 0 and long rows
            ? rows
            : throw Error(syntax.Position, "The number of rows must be a constant that is not negative.");
    }

    private Expression BindNode(ExpressionSyntax syntax) => syntax switch
    {
        LiteralSyntax literal => ConstantExpression.Of(literal.Type, literal.Value),
        NameSyntax name => BindName(name),
        PathSyntax path => BindMember(path),
        IndexSyntax index => BindIndex(index),
        CallSyntax call => BindCall(call),
        UnarySyntax unary => BindUnary(unary),
        BinarySyntax binary => BindBinary(binary),
        ListSyntax list => BindList(list),
        BetweenSyntax between => BindBetween(between),
        TypeOfSyntax type => throw NotSupported(type.Position, "type as a value"),
        NamedArgumentSyntax named => throw NotSupported(named.Position, "named argument"),
        SubquerySyntax subquery => throw Error(subquery.Position, "Scalar value expected. Write toscalar(…) around a tabular expression."),
        _ => throw NotSupported(syntax.Position, "'*' in an expression"),
    };

    private Expression BindName(NameSyntax name)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (_columns[i].Name == name.Name) return new ColumnExpression(i, _columns[i].Type);
        }

        if (_scope.Scalars.TryGetValue(name.Name, out Expression? scalar)) return scalar;
        if (_scope.RowValues.Contains(name.Name)) throw NotSupported(name.Position, $"tabular expression that depends on a row ('{name.Name}')");
        if (_scope.Functions.TryGetValue(name.Name, out Function? function) && !function.IsTabular)
            return FunctionBinder.BindScalar(_scope, function, new CallSyntax(name.Position, name.Name, []), this);
        throw KqlException.Semantic(_scope.Source, name.Position, $"'{_operator}' operator: Failed to resolve column or scalar expression named '{name.Name}'", "SEM0100");
    }

    private Expression BindMember(PathSyntax path)
    {
        Expression target = Bind(path.Target);
        RequireDynamic(target, path.Position);
        return KernelExpression.Create(KustoType.Dynamic, DynamicAccess.Member(path.Name), target);
    }

    private Expression BindIndex(IndexSyntax syntax)
    {
        Expression target = Bind(syntax.Target);
        RequireDynamic(target, syntax.Position);
        Expression index = Bind(syntax.Index);
        if (index is ConstantExpression { Value: string name })
            return KernelExpression.Create(KustoType.Dynamic, DynamicAccess.Member(name), target);
        return index.Type switch
        {
            KustoType.String => KernelExpression.Create(KustoType.Dynamic, DynamicAccess.MemberByColumn, target, index),
            KustoType.Int or KustoType.Long => KernelExpression.Create(KustoType.Dynamic, DynamicAccess.Element, target, Conversion.Widen(index, KustoType.Long)),
            _ => throw Error(syntax.Index.Position, "The expression must have one of the types: int, long or string."),
        };
    }

    private Expression BindCall(CallSyntax call)
    {
        if (_scope.Functions.TryGetValue(call.Name, out Function? defined)) return FunctionBinder.BindScalar(_scope, defined, call, this);
        if (KnownNames.WindowFunctions.Contains(call.Name))
            return Windows is not null ? Windows.Bind(call, this) : throw NotSupported(call.Position, $"'{call.Name}()' in '{_operator}'", "Extend the rows by it first.");
        if (call.Name == "toscalar") return SubqueryBinder.BindScalar(_scope, call);
        if (ScopeFunctions.Names.Contains(call.Name)) return ScopeFunctions.Bind(new CallContext(_scope.Source, call.Position, call.Name, _scope.Now, [.. call.Arguments.Select(Bind)]), _columns, _scope.Database.Name);
        if (ExtentBinder.Names.Contains(call.Name)) return ExtentBinder.Bind(_scope, call, isBehindAggregates: _aggregates is not null);
        ScalarFunction? function = ScalarFunctions.Find(call.Name);
        if (function is null || (_aggregates is not null && KnownNames.Aggregates.Contains(call.Name)))
        {
            if (KnownNames.Aggregates.Contains(call.Name))
                return _aggregates is not null ? _aggregates(call) : throw Error(call.Position, $"'{_operator}' operator: The aggregate function '{call.Name}' is not allowed in this context.");
            if (KnownNames.Functions.Contains(call.Name)) throw NotSupported(call.Position, $"function '{call.Name}()'");
            if (KnownNames.Sources.Contains(call.Name)) throw NotSupported(call.Position, $"'{call.Name}()'");
            throw KqlException.Semantic(_scope.Source, call.Position, $"Unknown function: '{call.Name}'.", "SEM0260");
        }

        int ofType = call.Name switch { "extract" => 3, "extract_json" or "extractjson" => 2, _ => -1 };
        Expression[] arguments = [.. call.Arguments.Select((a, i) => i == ofType && a is TypeOfSyntax type ? new TypeOfExpression(type.Type) : Bind(a))];
        return function.Bind(new CallContext(_scope.Source, call.Position, call.Name, _scope.Now, arguments));
    }

    private Expression BindUnary(UnarySyntax unary)
    {
        Expression operand = Bind(unary.Operand);
        if (unary.Operator == "+" && (Conversion.IsNumeric(operand.Type) || operand.Type == KustoType.TimeSpan)) return operand;
        RefuseDynamic(unary.Position, unary.Operator, operand);
        return Arithmetic.Negate(operand) ?? throw Undefined(unary.Position, unary.Operator, operand);
    }

    private Expression BindBinary(BinarySyntax binary)
    {
        string symbol = binary.Operator;
        if (symbol is "and" or "or") return BindLogical(binary);
        if (binary is { Left: StarSyntax, Right: LiteralSyntax { Value: string term } } && _operator == "where" && TextMatch.Find(symbol) is { } has)
            return new TermExpression(TermExpression.Places(_columns), value => has(value, term));
        Expression left = Bind(binary.Left);
        Expression right = Bind(binary.Right);
        switch (symbol)
        {
            case "+" or "-" or "*" or "/" or "%":
                RefuseDynamic(binary.Position, symbol, left, right);
                return Arithmetic.Bind(symbol, left, right) ?? throw Undefined(binary.Position, symbol, left, right);
            case "==" or "!=" or "<" or "<=" or ">" or ">=":
                return Comparison.Bind(symbol, left, right) ?? throw Incomparable(binary.Position, symbol, left, right);
            default:
                return BindText(binary.Position, symbol, left, right);
        }
    }

    // A chain of one operator, however long, becomes one expression.
    private Expression BindLogical(BinarySyntax binary)
    {
        var operands = new List<Expression>();
        ExpressionSyntax rest = binary;
        for (; rest is BinarySyntax link && link.Operator == binary.Operator; rest = link.Left)
            operands.Add(Bind(link.Right));
        operands.Add(Bind(rest));
        operands.Reverse();
        if (operands.Find(o => o.Type != KustoType.Bool) is { } odd) throw Undefined(binary.Position, binary.Operator, odd);
        return LogicalExpression.Create(binary.Operator == "or", [.. operands]);
    }

    private Expression BindText(int position, string symbol, Expression left, Expression right)
    {
        if (left.Type is not (KustoType.String or KustoType.Dynamic) || right.Type is not (KustoType.String or KustoType.Dynamic))
            throw Undefined(position, symbol, left, right);
        bool negated = symbol[0] == '!';
        string name = symbol == "!~" ? "=~" : negated ? symbol[1..] : symbol;
        Func<string, string, bool> test = name == "matches regex"
            ? static (text, pattern) => RegexCache.Get(pattern).IsMatch(text)
            : TextMatch.Find(name) ?? throw NotSupported(position, $"operator '{symbol}'");
        Kernel kernel = negated
            ? Kernels.Map<string, string, bool>(KustoType.Bool, (a, b) => !test(a, b))
            : Kernels.Map(KustoType.Bool, test);
        return KernelExpression.Create(KustoType.Bool, kernel, Conversion.ToText(left), Conversion.ToText(right));
    }

    private Expression BindList(ListSyntax list)
    {
        Expression left = Bind(list.Left);
        bool negated = list.Operator[0] == '!';
        string name = negated ? list.Operator[1..] : list.Operator;
        if (name != "in" && left.Type is not (KustoType.String or KustoType.Dynamic)) throw Undefined(list.Position, list.Operator, left);
        var items = new List<Expression>();
        foreach (ExpressionSyntax item in list.Items)
        {
            if (list.Items.Count == 1 && SubqueryBinder.BindList(_scope, item) is { } values)
                items.Add(new ConstantExpression(values));
            else
                AddItems(list, item, items);
        }

        if (left.Type == KustoType.Int && items.Exists(i => i.Type == KustoType.Long)) left = Conversion.Widen(left, KustoType.Long);
        if (name is "in" or "in~" && MembershipKernel.Create(left, items, negated, ignoreCase: name == "in~") is { } kernel)
            return KernelExpression.Create(KustoType.Bool, kernel, left);
        items = [.. items.SelectMany(i => Split(list, i))];

        string each = name switch { "in" => "==", "in~" => "=~", _ => "has" };
        bool all = negated || name == "has_all";
        if (negated) each = each == "==" ? "!=" : "!~";
        if (items.Count == 0) return ConstantExpression.Of(KustoType.Bool, all);
        return LogicalExpression.Create(!all, [.. items.Select(item => each is "==" or "!="
            ? Comparison.Bind(each, left, item) ?? throw Incomparable(list.Position, each, left, item)
            : item.Type is KustoType.String or KustoType.Dynamic ? BindText(list.Position, each, left, item) : throw Undefined(list.Position, list.Operator, left, item))]);
    }

    private void AddItems(ListSyntax list, ExpressionSyntax syntax, List<Expression> items)
    {
        Expression bound = Bind(syntax);
        if (bound.Type != KustoType.Dynamic)
            items.Add(bound);
        else if (bound is ConstantExpression { Value: DynamicValue array } && array.AsArray() is { } elements)
            items.AddRange(elements.Select(e => ConstantExpression.Of(KustoType.Dynamic, e.Kind == DynamicKind.Null ? null : e)));
        else
            throw NotSupported(syntax.Position, $"'{list.Operator}' with a dynamic value that is no constant array");
    }

    // The values of a subquery, one by one.
    private IEnumerable<Expression> Split(ListSyntax list, Expression item)
    {
        if (item is not ConstantExpression { Values: { Count: not 1 } values }) return [item];
        if (values.Count > MaxComparedValues) throw NotSupported(list.Position, $"'{list.Operator}' with more than {MaxComparedValues} values of these types");
        return Enumerable.Range(0, values.Count).Select(row => new ConstantExpression(values.Gather([row])));
    }

    private Expression BindBetween(BetweenSyntax between)
    {
        Expression value = Bind(between.Left);
        Expression low = Bind(between.Low);
        Expression high = Bind(between.High);
        if (value.Type == KustoType.DateTime && low.Type == KustoType.DateTime && high.Type == KustoType.TimeSpan)
            high = Arithmetic.Bind("+", low, high)!;
        if (value.Type == KustoType.Dynamic || low.Type == KustoType.Dynamic || high.Type == KustoType.Dynamic)
            throw NotSupported(between.Position, "'between' with dynamic values", "Cast them first.");
        Expression? atLeast = Comparison.Bind(">=", value, low);
        Expression? atMost = Comparison.Bind("<=", value, high);
        if (atLeast is null || atMost is null) throw Undefined(between.Position, between.Negated ? "!between" : "between", value, low, high);
        Expression inside = LogicalExpression.Create(false, atLeast, atMost);
        return between.Negated ? KernelExpression.Create(KustoType.Bool, Kernels.Map<bool, bool>(KustoType.Bool, v => !v), inside) : inside;
    }

    private void RequireDynamic(Expression target, int position)
    {
        if (target.Type != KustoType.Dynamic)
            throw Error(position, $"A value of type {KustoTypes.Name(target.Type)} has no members: dynamic expected.");
    }

    private void RefuseDynamic(int position, string symbol, params Expression[] operands)
    {
        if (Array.Exists(operands, o => o.Type == KustoType.Dynamic))
            throw NotSupported(position, $"operator '{symbol}' for dynamic values", "Cast them first: tolong(), todouble(), totimespan().");
    }

    // Where a meaning can be thought of, the service may have one.
    private KqlException Undefined(int position, string symbol, params Expression[] operands)
    {
        string types = string.Join(" and ", operands.Select(o => KustoTypes.Name(o.Type)));
        bool isMeant = symbol switch
        {
            "+" or "-" or "*" or "/" or "%" => Array.TrueForAll(operands, o => Conversion.IsNumeric(o.Type) || o.Type is KustoType.DateTime or KustoType.TimeSpan),
            "<" or "<=" or ">" or ">=" => Array.TrueForAll(operands, o => Conversion.IsNumeric(o.Type) || o.Type == KustoType.Bool),
            "and" or "or" => Array.TrueForAll(operands, o => o.Type == KustoType.Dynamic),
            "in~" or "!in~" or "has_any" or "has_all" => operands[0].Type is KustoType.String or KustoType.Dynamic,
            _ => false,
        };
        if (isMeant) return NotSupported(position, $"operator '{symbol}' for {types}", "Cast first.");
        return Error(position, $"The operator '{symbol}' is not defined for the operand types {types}.");
    }

    private KqlException Incomparable(int position, string symbol, Expression left, Expression right)
    {
        if (symbol is not ("==" or "!=")) return Undefined(position, symbol, left, right);
        if (left.Type is KustoType.Bool or KustoType.Guid || right.Type is KustoType.Bool or KustoType.Guid)
            return NotSupported(position, $"comparison of {KustoTypes.Name(left.Type)} with {KustoTypes.Name(right.Type)}", "Cast one of them: toguid(), tobool().");
        string message = $"Cannot compare values of types {KustoTypes.Name(left.Type)} and {KustoTypes.Name(right.Type)}. Try adding explicit casts";
        return KqlException.Semantic(_scope.Source, position, message, "SEM0064");
    }

    private KqlException Error(int position, string message) => KqlException.Semantic(_scope.Source, position, message);

    private KqlException NotSupported(int position, string what, string? hint = null) => KqlException.NotSupported(_scope.Source, position, what, hint);
}
