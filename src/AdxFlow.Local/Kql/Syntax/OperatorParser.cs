namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses the tabular operators behind a pipe.</summary>
internal sealed class OperatorParser
{
    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;

    public OperatorParser(TokenReader reader, ExpressionParser expressions)
    {
        _reader = reader;
        _expressions = expressions;
    }

    /// <summary>Parses the operator at which the reader stands.</summary>
    public OperatorSyntax Parse()
    {
        Token token = _reader.Current;
        if (token.Kind != TokenKind.Name) throw _reader.Unexpected("an operator expected");
        string name = TakeOperatorName();
        if (_reader.Current.IsName("hint") && _reader.Peek(1).IsSymbol("."))
            throw _reader.NotSupported(_reader.Current.Start, $"hint for operator '{name}'");

        int at = token.Start;
        switch (name)
        {
            case "where" or "filter": return new WhereSyntax(at, _expressions.Parse());
            case "project": return new ProjectSyntax(at, _expressions.ParseNamedList());
            case "extend": return new ExtendSyntax(at, _expressions.ParseNamedList());
            case "project-away": return new ProjectAwaySyntax(at, ParsePatterns(), Keep: false);
            case "project-keep": return new ProjectAwaySyntax(at, ParsePatterns(), Keep: true);
            case "project-reorder":
                var reorder = new ProjectReorderSyntax(at, ParsePatterns());
                if (_reader.Current.Kind == TokenKind.Name && _reader.Current.Text is "asc" or "desc" or "granny-asc" or "granny-desc")
                    throw _reader.NotSupported(_reader.Current.Start, $"'{_reader.Current.Text}' in 'project-reorder'");
                return reorder;
            case "project-rename": return new ProjectRenameSyntax(at, _expressions.ParseNamedList());
            case "count":
                if (_reader.Current.IsName("as")) throw _reader.NotSupported(_reader.Current.Start, "'as' after 'count'");
                return new CountSyntax(at);
            case "take" or "limit": return new TakeSyntax(at, _expressions.Parse());
            case "sort" or "order":
                _reader.ExpectName("by");
                return new SortSyntax(at, ParseOrders());
            case "top": return ParseTop(at);
            case "distinct":
                if (_reader.Current.IsSymbol("*") && _reader.TrySymbol("*")) return new DistinctSyntax(at, [], All: true);
                return new DistinctSyntax(at, _expressions.ParseNamedList(), All: false);
            case "summarize": return ParseSummarize(at);
            case "getschema": return new GetSchemaSyntax(at);
            case "render": return ParseRender(at);
            case "print": throw KqlException.Syntax(_reader.Source, at, name, "'print' must begin a query");
            default:
                throw KnownNames.Operators.Contains(name)
                    ? _reader.NotSupported(at, $"operator '{name}'")
                    : KqlException.Syntax(_reader.Source, at, name, "no such operator");
        }
    }

    // project-away is one word, though the lexer cannot know; a minus with blanks around it is none of a name.
    private string TakeOperatorName()
    {
        Token last = _reader.Take();
        string name = last.Text;
        while (_reader.Current is { Text: "-", Kind: TokenKind.Symbol } dash && dash.Start == last.End
            && _reader.Peek(1) is { Kind: TokenKind.Name } part && part.Start == dash.End)
        {
            name = $"{name}-{part.Text}";
            _reader.Take();
            last = _reader.Take();
        }

        return name;
    }

    private List<ColumnPatternSyntax> ParsePatterns()
    {
        var patterns = new List<ColumnPatternSyntax>();
        do
        {
            int start = _reader.Current.Start;
            string pattern = "";
            bool wildcard = false;
            for (int end = start; _reader.Current.Start == end; end = _reader.Peek(-1).End)
            {
                if (_reader.TrySymbol("*"))
                {
                    wildcard = true;
                    pattern += "*";
                }
                else if (_reader.TryAnyName() is { } name)
                {
                    pattern += name;
                }
                else
                {
                    break;
                }
            }

            if (pattern.Length == 0) throw _reader.Unexpected("a column expected");
            patterns.Add(new ColumnPatternSyntax(start, pattern, wildcard));
        }
        while (_reader.TrySymbol(","));
        return patterns;
    }

    private List<OrderSyntax> ParseOrders()
    {
        var orders = new List<OrderSyntax>();
        do
            orders.Add(ParseOrder());
        while (_reader.TrySymbol(","));
        return orders;
    }

    private OrderSyntax ParseOrder()
    {
        ExpressionSyntax expression = _expressions.Parse();
        bool ascending = _reader.TryName("asc");
        bool descending = !ascending;
        if (!ascending) _reader.TryName("desc");
        bool nullsFirst = ascending;
        if (_reader.TryName("nulls"))
        {
            nullsFirst = _reader.TryName("first");
            if (!nullsFirst) _reader.ExpectName("last");
        }

        return new OrderSyntax(expression, descending, nullsFirst);
    }

    private TopSyntax ParseTop(int position)
    {
        ExpressionSyntax rows = _expressions.Parse();
        _reader.ExpectName("by");
        return new TopSyntax(position, rows, ParseOrder());
    }

    private SummarizeSyntax ParseSummarize(int position)
    {
        IReadOnlyList<NamedExpressionSyntax> aggregates = _reader.Current.IsName("by") ? [] : _expressions.ParseNamedList();
        IReadOnlyList<NamedExpressionSyntax> keys = _reader.TryName("by") ? _expressions.ParseNamedList() : [];
        if (_reader.Current.IsName("with")) throw _reader.NotSupported(_reader.Current.Start, "'with' in 'summarize'");
        return new SummarizeSyntax(position, aggregates, keys);
    }

    private RenderSyntax ParseRender(int position)
    {
        _reader.ExpectAnyName();
        if (_reader.TryName("with"))
        {
            _reader.ExpectSymbol("(");
            while (!_reader.AtEnd && !_reader.Current.IsSymbol(")"))
                _reader.Take();
            _reader.ExpectSymbol(")");
        }

        return new RenderSyntax(position);
    }
}
