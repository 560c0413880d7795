using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses the operators that take values or rows apart: <c>mv-expand</c>, <c>mv-apply</c>, <c>partition</c>, <c>parse</c>, <c>parse-where</c>.</summary>
internal sealed class ExpansionParser
{
    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;
    private readonly Func<IReadOnlyList<OperatorSyntax>> _subqueries;

    public ExpansionParser(TokenReader reader, ExpressionParser expressions, Func<IReadOnlyList<OperatorSyntax>> subqueries)
    {
        _subqueries = subqueries;
        _reader = reader;
        _expressions = expressions;
    }

    public MvExpandSyntax ParseMvExpand(int position, bool isLegacy)
    {
        bool pairs = false;
        string? index = null;
        while (_reader.Current.Kind == TokenKind.Name && _reader.Current.Text is "kind" or "bagexpansion" or "with_itemindex" && _reader.Peek(1).IsSymbol("="))
        {
            string parameter = _reader.Take().Text;
            _reader.ExpectSymbol("=");
            if (parameter == "with_itemindex")
            {
                index = _reader.ExpectAnyName();
                continue;
            }

            if (_reader.Current.Text is not ("bag" or "array")) throw _reader.Unexpected("'bag' or 'array' expected");
            pairs = _reader.Take().Text == "array";
        }

        return ParseItems(position, pairs, index, isLegacy);
    }

    public MvApplySyntax ParseMvApply(int position)
    {
        string? index = null;
        if (_reader.Current.IsName("with_itemindex") && _reader.Peek(1).IsSymbol("="))
        {
            _reader.Index += 2;
            index = _reader.ExpectAnyName();
        }

        MvExpandSyntax expansion = ParseItems(position, pairs: false, index, isLegacy: false);
        if (_reader.Current.IsName("id")) throw _reader.NotSupported(_reader.Current.Start, "'id' in 'mv-apply'");
        _reader.ExpectName("on");
        return new MvApplySyntax(position, expansion, _subqueries());
    }

    public PartitionSyntax ParsePartition(int position)
    {
        string strategy = "legacy";
        foreach (string hint in _reader.SkipHints())
        {
            if (!hint.StartsWith("strategy=", StringComparison.Ordinal)) continue;
            strategy = hint["strategy=".Length..];
            if (strategy is not ("legacy" or "native" or "shuffle")) throw _reader.NotSupported(position, $"strategy '{strategy}' of 'partition'");
        }

        _reader.ExpectName("by");
        int at = _reader.Current.Start;
        var key = new NameSyntax(at, _reader.ExpectAnyName());
        if (_reader.Current.IsSymbol("{")) throw _reader.NotSupported(_reader.Current.Start, "'partition' with a source of its own");
        return new PartitionSyntax(position, strategy, key, _subqueries());
    }

    private MvExpandSyntax ParseItems(int position, bool pairs, string? index, bool isLegacy)
    {
        var items = new List<ExpansionSyntax>();
        do
        {
            NamedExpressionSyntax item = _expressions.ParseNamed();
            KustoType type = KustoType.Dynamic;
            if (_reader.TryName("to"))
            {
                _reader.ExpectName("typeof");
                _reader.ExpectSymbol("(");
                type = ParseType();
                _reader.ExpectSymbol(")");
            }

            items.Add(new ExpansionSyntax(item, type));
        }
        while (_reader.TrySymbol(","));
        return new MvExpandSyntax(position, pairs, index, items, _reader.TryName("limit") ? _expressions.Parse() : null, isLegacy);
    }

    public ParseSyntax ParseParse(int position, bool isFilter)
    {
        string kind = "simple";
        string flags = "";
        while (_reader.Current.Kind == TokenKind.Name && _reader.Current.Text is "kind" or "flags" && _reader.Peek(1).IsSymbol("="))
        {
            string parameter = _reader.Take().Text;
            _reader.ExpectSymbol("=");
            Token value = _reader.Current;
            if (parameter == "flags")
                flags = _reader.ExpectAnyName();
            else if ((kind = _reader.ExpectAnyName()) is not ("simple" or "regex" or "relaxed"))
                throw KqlException.Syntax(_reader.Source, value.Start, kind, "no such kind");
        }

        ExpressionSyntax expression = _expressions.Parse();
        _reader.ExpectName("with");
        var parts = new List<ParsePartSyntax>();
        while (true)
        {
            Token token = _reader.Current;
            if (token is { Kind: TokenKind.Literal, Value: string text })
            {
                _reader.Take();
                parts.Add(new ParsePartSyntax(token.Start, text, null));
            }
            else if (_reader.TrySymbol("*"))
            {
                parts.Add(new ParsePartSyntax(token.Start, null, null));
            }
            else if (_reader.TryAnyName() is { } name)
            {
                parts.Add(new ParsePartSyntax(token.Start, null, new Column(name, _reader.TrySymbol(":") ? ParseType() : KustoType.String)));
            }
            else
            {
                break;
            }
        }

        if (parts.Count == 0) throw _reader.Unexpected("a pattern expected");
        return new ParseSyntax(position, kind, flags, isFilter, expression, parts);
    }

    private KustoType ParseType()
    {
        Token token = _reader.Current;
        return KustoTypes.TryParse(_reader.ExpectAnyName(), out KustoType type)
            ? type
            : throw KqlException.Syntax(_reader.Source, token.Start, token.Text, "a type expected");
    }
}
