using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>search</c>: a union of all that is searched, with the names of the tables in front, and a filter in which a text alone is looked for in all columns.</summary>
/// <remarks>Source: Microsoft Learn, "search operator".</remarks>
internal sealed class SearchBinder
{
    private const string TableColumn = "$table";

    // The service makes a name up for what is no table.
    private const string UnnamedTable = "union_arg0";

    private readonly Scope _scope;
    private readonly SearchSyntax _syntax;
    private IReadOnlyList<Column> _columns = [];

    public SearchBinder(Scope scope, SearchSyntax syntax)
    {
        _scope = scope;
        _syntax = syntax;
    }

    /// <param name="input">The table in front of the pipe, or null.</param>
    public FilterOperator Bind(TabularOperator? input)
    {
        if (input is not null && _syntax.Tables.Count > 0) throw KqlException.Semantic(_scope.Source, _syntax.Position, "'search' operator: 'in' cannot be used where a table stands in front.");
        if (input is UnionOperator) throw KqlException.NotSupported(_scope.Source, _syntax.Position, "'search' behind 'union'", "Write search in (…).");
        IReadOnlyList<UnionLegSyntax> legs = input is null && _syntax.Tables.Count == 0
            ? [new UnionLegSyntax(_syntax.Position, null, new ColumnPatternSyntax(_syntax.Position, "*", IsWildcard: true))]
            : _syntax.Tables;
        TabularOperator? named = input is { Name: null } ? new NamedOperator(input, UnnamedTable) : input;
        TabularOperator all = new UnionBinder(_scope, new UnionSyntax(_syntax.Position, false, false, TableColumn, legs)).Bind(named);
        if (all.Schema.Skip(1).Any(c => c.Name.StartsWith(TableColumn, StringComparison.Ordinal)))
            throw KqlException.NotSupported(_scope.Source, _syntax.Position, $"'search' in a table with a column '{TableColumn}'");
        _columns = all.Schema;
        return new FilterOperator(all, BindPredicate(_syntax.Predicate));
    }

    private Expression BindPredicate(ExpressionSyntax syntax)
    {
        switch (syntax)
        {
            case StarSyntax: return ConstantExpression.Of(KustoType.Bool, true);
            case LiteralSyntax { Type: KustoType.String, Value: string text }: return BindTerm(syntax.Position, null, text);
            case BinarySyntax { Operator: "and" or "or" } logical: return BindLogical(logical);
            case BinarySyntax { Operator: ":" } term: return BindTerm(term);
            case BinarySyntax { Left: StarSyntax } any: return BindAnywhere(any);
            case CallSyntax { Name: "not", Arguments: [not LiteralSyntax and var negated] }:
                return KernelExpression.Create(KustoType.Bool, Kernels.Map<bool, bool>(KustoType.Bool, v => !v), BindPredicate(negated));
            default: return new ExpressionBinder(_scope, "search", _columns).BindBool(_syntax.IsCaseSensitive ? CaseSensitive(syntax) : syntax);
        }
    }

    private Expression BindLogical(BinarySyntax logical)
    {
        var operands = new List<Expression>();
        ExpressionSyntax rest = logical;
        for (; rest is BinarySyntax link && link.Operator == logical.Operator; rest = link.Left)
            operands.Add(BindPredicate(link.Right));
        operands.Add(BindPredicate(rest));
        operands.Reverse();
        return LogicalExpression.Create(logical.Operator == "or", [.. operands]);
    }

    private TermExpression BindTerm(BinarySyntax term)
    {
        if (term.Right is not LiteralSyntax { Value: string text }) throw KqlException.Semantic(_scope.Source, term.Right.Position, "'search' operator: a string literal expected after ':'.");
        if (term.Left is StarSyntax) return BindTerm(term.Position, null, text);
        Expression column = new ExpressionBinder(_scope, "search", _columns).Bind(term.Left);
        if (column.Type is not (KustoType.String or KustoType.Dynamic))
            throw KqlException.Semantic(_scope.Source, term.Position, $"The operator ':' is not defined for the operand types {KustoTypes.Name(column.Type)} and string.");
        return BindTerm(term.Position, column, text);
    }

    private TermExpression BindAnywhere(BinarySyntax any)
    {
        string symbol = _syntax.IsCaseSensitive ? WithCase(any) : any.Operator;
        if (symbol[0] == '!' || any.Right is not LiteralSyntax { Value: string text } || TextMatch.Find(symbol) is not { } test)
            throw KqlException.NotSupported(_scope.Source, any.Position, $"'* {any.Operator}' in 'search'");
        return new TermExpression(Places(null), value => test(value, text));
    }

    // The place of the asterisks in a term says how it is looked for.
    private TermExpression BindTerm(int position, Expression? column, string text)
    {
        string term = text.Trim('*');
        if (term.Length == 0) throw KqlException.NotSupported(_scope.Source, position, "'search' for an empty term");
        if (term.Contains('*', StringComparison.Ordinal)) throw KqlException.NotSupported(_scope.Source, position, "asterisk inside of a term of 'search'", "Whether its case matters is documented in two ways; write matches regex.");
        string symbol = (text[0], text[^1]) switch
        {
            ('*', '*') => "contains",
            ('*', _) => "hassuffix",
            (_, '*') => "hasprefix",
            _ => "has",
        };
        Func<string, string, bool> test = TextMatch.Find(_syntax.IsCaseSensitive ? symbol + "_cs" : symbol)!;
        return new TermExpression(Places(column), value => test(value, term));
    }

    // The first column has the names of the tables, and is no part of them.
    private IEnumerable<(string Name, Expression Column)> Places(Expression? column) => column is null ? TermExpression.Places(_columns, skip: 1) : [("", column)];

    // Of an expression of several operators, each by itself.
    private ExpressionSyntax CaseSensitive(ExpressionSyntax syntax) => syntax switch
    {
        BinarySyntax binary => binary with { Operator = WithCase(binary), Left = CaseSensitive(binary.Left), Right = CaseSensitive(binary.Right) },
        ListSyntax { Operator: not ("in" or "!in") } list => throw KqlException.NotSupported(_scope.Source, list.Position, $"'{list.Operator}' in 'search kind=case_sensitive'"),
        CallSyntax call => call with { Arguments = [.. call.Arguments.Select(CaseSensitive)] },
        _ => syntax,
    };

    private string WithCase(BinarySyntax binary) => binary.Operator switch
    {
        "=~" or "!~" => throw KqlException.NotSupported(_scope.Source, binary.Position, $"'{binary.Operator}' in 'search kind=case_sensitive'"),
        { } symbol when TextMatch.Find(symbol.TrimStart('!') + "_cs") is not null => symbol + "_cs",
        { } symbol => symbol,
    };
}
