namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses the operators that bring tables together: <c>join</c>, <c>lookup</c>, <c>union</c>.</summary>
internal sealed class CombinationParser
{
    private static readonly HashSet<string> JoinKinds = new(StringComparer.Ordinal)
    {
        "innerunique", "inner", "leftouter", "rightouter", "fullouter", "leftsemi", "rightsemi",
        "leftanti", "anti", "leftantisemi", "rightanti", "rightantisemi",
    };

    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;
    private readonly Func<PipelineSyntax> _pipelines;

    public CombinationParser(TokenReader reader, ExpressionParser expressions, Func<PipelineSyntax> pipelines)
    {
        _reader = reader;
        _expressions = expressions;
        _pipelines = pipelines;
    }

    public JoinSyntax ParseJoin(int position, bool isLookup)
    {
        string kind = isLookup ? "leftouter" : "innerunique";
        while (true)
        {
            if (!isLookup) _reader.SkipHints();
            if (!_reader.Current.IsName("kind") || !_reader.Peek(1).IsSymbol("=")) break;
            _reader.Index += 2;
            Token token = _reader.Current;
            kind = _reader.ExpectAnyName();
            if (isLookup ? kind is not ("leftouter" or "inner") : !JoinKinds.Contains(kind))
                throw KqlException.Syntax(_reader.Source, token.Start, kind, "no such kind");
        }

        PipelineSyntax right = ParseTable();
        _reader.ExpectName("on");
        var conditions = new List<JoinConditionSyntax>();
        do
            conditions.Add(ParseCondition());
        while (_reader.TrySymbol(",") || _reader.TryName("and"));
        return new JoinSyntax(position, kind, isLookup, right, conditions);
    }

    public UnionSyntax ParseUnion(int position)
    {
        bool isInner = false;
        bool isFuzzy = false;
        string? source = null;
        while (true)
        {
            _reader.SkipHints();
            if (_reader.Current.Kind != TokenKind.Name || !_reader.Peek(1).IsSymbol("=")) break;
            Token parameter = _reader.Take();
            _reader.ExpectSymbol("=");
            Token value = _reader.Current;
            switch (parameter.Text)
            {
                case "kind" when value.Text is "inner" or "outer":
                    isInner = _reader.Take().Text == "inner";
                    break;
                case "isfuzzy" when value.Text is "true" or "false":
                    isFuzzy = _reader.Take().Text == "true";
                    break;
                case "withsource":
                    source = _reader.ExpectAnyName();
                    break;
                case "kind" or "isfuzzy":
                    throw _reader.Unexpected();
                default:
                    throw KqlException.Syntax(_reader.Source, parameter.Start, parameter.Text, "no such parameter of 'union'");
            }
        }

        var legs = new List<UnionLegSyntax>();
        do
            legs.Add(ParseLeg());
        while (_reader.TrySymbol(","));
        return new UnionSyntax(position, isInner, isFuzzy, source, legs);
    }

    private UnionLegSyntax ParseLeg()
    {
        int start = _reader.Current.Start;
        int index = _reader.Index;
        if (_reader.TryPattern() is { IsWildcard: true } pattern) return new UnionLegSyntax(start, null, pattern);
        _reader.Index = index;
        return new UnionLegSyntax(start, ParseTable(), null);
    }

    // A table is a name, a call, or a pipeline in parentheses.
    private PipelineSyntax ParseTable()
    {
        Token token = _reader.Current;
        if (_reader.TrySymbol("("))
        {
            PipelineSyntax inner = _pipelines();
            _reader.ExpectSymbol(")");
            return inner;
        }

        if (token.Kind == TokenKind.Name && _reader.Peek(1).IsSymbol("("))
        {
            if (KnownNames.Sources.Contains(token.Text) && token.Text != "table") throw _reader.NotSupported(token.Start, $"'{token.Text}()'");
            return new PipelineSyntax(new CallSourceSyntax(token.Start, _expressions.ParseCall()), []);
        }

        string name = _reader.ExpectAnyName();
        return new PipelineSyntax(new TableSourceSyntax(token.Start, name), []);
    }

    private JoinConditionSyntax ParseCondition()
    {
        int position = _reader.Current.Start;
        if (_reader.Current.Text is not ("$left" or "$right") || !_reader.Peek(1).IsSymbol("."))
        {
            string name = _reader.ExpectAnyName();
            return new JoinConditionSyntax(position, name, name);
        }

        string left = ParseSide("$left");
        _reader.ExpectSymbol("==");
        return new JoinConditionSyntax(position, left, ParseSide("$right"));
    }

    private string ParseSide(string side)
    {
        if (!_reader.Current.IsName(side))
            throw KqlException.Semantic(_reader.Source, _reader.Current.Start, $"'join' operator: the condition must be $left.Column == $right.Column; {side} expected.");
        _reader.Take();
        _reader.ExpectSymbol(".");
        return _reader.ExpectAnyName();
    }
}
