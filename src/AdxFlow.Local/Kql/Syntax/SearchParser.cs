namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses <c>search</c>.</summary>
internal sealed class SearchParser
{
    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;

    public SearchParser(TokenReader reader, ExpressionParser expressions)
    {
        _reader = reader;
        _expressions = expressions;
    }

    /// <summary>Parses what follows the word.</summary>
    public SearchSyntax Parse(int position)
    {
        bool isCaseSensitive = false;
        while (_reader.Current.IsName("kind") && _reader.Peek(1).IsSymbol("="))
        {
            _reader.Index += 2;
            if (_reader.Current.Text is not ("default" or "case_insensitive" or "case_sensitive")) throw _reader.Unexpected("no such kind");
            isCaseSensitive = _reader.Take().Text == "case_sensitive";
        }

        var tables = new List<UnionLegSyntax>();
        if (_reader.Current.IsName("in") && _reader.Peek(1).IsSymbol("("))
        {
            _reader.Index += 2;
            do
                tables.Add(ParseTable());
            while (_reader.TrySymbol(","));
            _reader.ExpectSymbol(")");
        }

        return new SearchSyntax(position, isCaseSensitive, tables, _expressions.ParseSearch());
    }

    private UnionLegSyntax ParseTable()
    {
        Token token = _reader.Current;
        if (_reader.Peek(1).IsSymbol("(")) throw _reader.NotSupported(token.Start, "'search in' anything but tables");
        ColumnPatternSyntax pattern = _reader.TryPattern() ?? throw _reader.Unexpected("a table expected");
        return pattern.IsWildcard
            ? new UnionLegSyntax(token.Start, null, pattern)
            : new UnionLegSyntax(token.Start, new PipelineSyntax(new TableSourceSyntax(token.Start, pattern.Pattern), []), null);
    }
}
