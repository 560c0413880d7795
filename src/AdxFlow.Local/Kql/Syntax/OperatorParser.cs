namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses the tabular operators behind a pipe.</summary>
internal sealed class OperatorParser
{
    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;
    private readonly CombinationParser _combinations;
    private readonly ExpansionParser _expansions;
    private readonly SeriesParser _series;
    private readonly SearchParser _search;
    private readonly EvaluateParser _evaluate;

    public OperatorParser(TokenReader reader, ExpressionParser expressions, Func<PipelineSyntax> pipelines, Func<IReadOnlyList<OperatorSyntax>> subqueries)
    {
        _reader = reader;
        _expressions = expressions;
        _combinations = new CombinationParser(reader, expressions, pipelines);
        _expansions = new ExpansionParser(reader, expressions, subqueries);
        _series = new SeriesParser(reader, expressions);
        _search = new SearchParser(reader, expressions);
        _evaluate = new EvaluateParser(reader, expressions);
    }

    /// <summary>Parses what follows the word <c>union</c>.</summary>
    public UnionSyntax ParseUnion(int position) => _combinations.ParseUnion(position);

    /// <summary>Parses what follows the word <c>search</c>.</summary>
    public SearchSyntax ParseSearch(int position) => _search.Parse(position);

    /// <summary>Parses the operator at which the reader stands.</summary>
    public OperatorSyntax Parse()
    {
        Token token = _reader.Current;
        if (token.Kind != TokenKind.Name) throw _reader.Unexpected("an operator expected");
        string name = TakeOperatorName();
        if (name is "summarize" or "distinct") _reader.SkipHints();
        if (name is not ("join" or "lookup" or "union" or "as" or "make-series" or "partition" or "evaluate") && _reader.Current.IsName("hint") && _reader.Peek(1).IsSymbol("."))
            throw _reader.NotSupported(_reader.Current.Start, $"hint for operator '{name}'");

        int at = token.Start;
        switch (name)
        {
            case "where" or "filter": return new WhereSyntax(at, _expressions.Parse());
            case "project": return new ProjectSyntax(at, _expressions.ParseNamedList());
            case "extend": return new ExtendSyntax(at, _expressions.ParseNamedList());
            case "serialize": return new SerializeSyntax(at, _reader.StandsAtEndOfOperator ? [] : _expressions.ParseNamedList());
            case "project-away": return new ProjectAwaySyntax(at, ParsePatterns(), Keep: false);
            case "project-keep": return new ProjectAwaySyntax(at, ParsePatterns(), Keep: true);
            case "project-reorder":
                return new ProjectReorderSyntax(at, ParsePatterns(ordered: true));
            case "project-rename": return new ProjectRenameSyntax(at, _expressions.ParseNamedList());
            case "count":
                return new CountSyntax(at, _reader.TryName("as") ? _reader.ExpectAnyName() : "Count");
            case "take" or "limit": return new TakeSyntax(at, _expressions.Parse());
            case "sample": return new SampleSyntax(at, _expressions.Parse());
            case "sample-distinct": return ParseSampleDistinct(at);
            case "sort" or "order":
                _reader.ExpectName("by");
                return new SortSyntax(at, ParseOrders());
            case "top": return ParseTop(at);
            case "distinct":
                if (_reader.Current.IsSymbol("*") && _reader.TrySymbol("*")) return new DistinctSyntax(at, [], All: true);
                return new DistinctSyntax(at, _expressions.ParseNamedList(), All: false);
            case "summarize": return ParseSummarize(at);
            case "make-series": return _series.Parse(at);
            case "join": return _combinations.ParseJoin(at, isLookup: false);
            case "lookup": return _combinations.ParseJoin(at, isLookup: true);
            case "union": return _combinations.ParseUnion(at);
            case "search": return _search.Parse(at);
            case "evaluate": return _evaluate.Parse(at);
            case "as": return ParseAs(at);
            case "mv-expand" or "mvexpand": return _expansions.ParseMvExpand(at, name == "mvexpand");
            case "mv-apply": return _expansions.ParseMvApply(at);
            case "partition": return _expansions.ParsePartition(at);
            case "parse": return _expansions.ParseParse(at, isFilter: false);
            case "parse-where": return _expansions.ParseParse(at, isFilter: true);
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

    private List<ColumnPatternSyntax> ParsePatterns(bool ordered = false)
    {
        var patterns = new List<ColumnPatternSyntax>();
        do
        {
            ColumnPatternSyntax pattern = _reader.TryPattern() ?? throw _reader.Unexpected("a column expected");
            if (ordered && _reader.Current is { Kind: TokenKind.Name, Text: "granny" })
                throw _reader.NotSupported(_reader.Current.Start, "'granny-asc' or 'granny-desc' in 'project-reorder'");
            if (ordered && _reader.Current is { Kind: TokenKind.Name, Text: "asc" or "desc" })
                pattern = pattern with { Order = _reader.Take().Text };
            patterns.Add(pattern);
        }
        while (_reader.TrySymbol(","));
        return patterns;
    }

    private AsSyntax ParseAs(int position)
    {
        bool materialized = false;
        if (_reader.Current.IsName("hint") && _reader.Peek(1).IsSymbol("."))
            materialized = _reader.SkipHints().Contains("materialized=true");
        return new AsSyntax(position, _reader.ExpectAnyName(), materialized);
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

    private SampleDistinctSyntax ParseSampleDistinct(int position)
    {
        ExpressionSyntax rows = _expressions.Parse();
        _reader.ExpectName("of");
        return new SampleDistinctSyntax(position, rows, _expressions.ParseNamed());
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
