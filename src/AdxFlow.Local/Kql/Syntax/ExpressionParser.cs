using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>A Pratt parser for scalar expressions.</summary>
internal sealed class ExpressionParser
{
    /// <summary>Deeper nesting is refused: recursion must not exhaust the stack of the process that hosts the stand-in.</summary>
    private const int MaxDepth = 200;

    private const int OrPower = 1;
    private const int AndPower = 2;
    private const int EqualityPower = 3;
    private const int RelationalPower = 4;
    private const int AdditivePower = 5;
    private const int MultiplicativePower = 6;

    private static readonly HashSet<string> ReservedNames = new(StringComparer.Ordinal)
    {
        "and", "or", "by", "between", "has", "contains", "startswith", "endswith", "matches", "hasprefix", "hassuffix", "asc", "desc", "nulls",
    };

    private static readonly HashSet<string> StringOperators = new(StringComparer.Ordinal)
    {
        "has", "has_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "contains", "contains_cs",
        "startswith", "startswith_cs", "endswith", "endswith_cs",
        "!has", "!has_cs", "!hasprefix", "!hasprefix_cs", "!hassuffix", "!hassuffix_cs", "!contains", "!contains_cs",
        "!startswith", "!startswith_cs", "!endswith", "!endswith_cs",
    };

    private static readonly HashSet<string> UnsupportedOperators = new(StringComparer.Ordinal)
    {
        "like", "notlike", "likecs", "notlikecs", "notcontains", "notcontains_cs",
    };

    private readonly TokenReader _reader;
    private int _depth;
    private bool _hasTerms;

    public ExpressionParser(TokenReader reader) => _reader = reader;

    /// <summary>Parses a tabular expression that stands inside of a scalar one; null where there can be none.</summary>
    public Func<PipelineSyntax>? Pipelines { get; init; }

    public ExpressionSyntax Parse() => Parse(0);

    /// <summary>A predicate of <c>search</c>, in which <c>column:"term"</c> is an operation.</summary>
    public ExpressionSyntax ParseSearch()
    {
        bool hadTerms = _hasTerms;
        _hasTerms = true;
        ExpressionSyntax predicate = Parse();
        _hasTerms = hadTerms;
        return predicate;
    }

    /// <summary>An expression, or <c>name = expression</c>.</summary>
    public NamedExpressionSyntax ParseNamed()
    {
        int position = _reader.Current.Start;
        if (IsNameBeforeEquals())
        {
            string name = _reader.ExpectAnyName();
            _reader.ExpectSymbol("=");
            return new NamedExpressionSyntax(name, position, Parse());
        }

        if (_reader.Current.IsSymbol("(") && IsNameListBeforeEquals())
            throw _reader.NotSupported(position, "list of names before '='", "Name each column by itself.");
        return new NamedExpressionSyntax(null, position, Parse());
    }

    public IReadOnlyList<NamedExpressionSyntax> ParseNamedList()
    {
        var items = new List<NamedExpressionSyntax>();
        do
            items.Add(ParseNamed());
        while (_reader.TrySymbol(","));
        return items;
    }

    private ExpressionSyntax Parse(int minPower)
    {
        if (++_depth > MaxDepth) throw _reader.Unexpected("the expression is nested too deeply");
        ExpressionSyntax left = ParseUnary();
        while (InfixPower() is int power && power > minPower)
            left = ParseInfix(left, power);
        _depth--;
        return left;
    }

    private int? InfixPower()
    {
        Token token = _reader.Current;
        if (token.Kind is not (TokenKind.Symbol or TokenKind.Name)) return null;
        return token.Text switch
        {
            "or" => OrPower,
            "and" => AndPower,
            "==" or "!=" or "<>" or "=~" or "!~" or "in" or "in~" or "!in" or "!in~" or "between" or "!between" or "matches" or "has_any" or "has_all" => EqualityPower,
            ":" when _hasTerms => EqualityPower,
            "<" or "<=" or ">" or ">=" => RelationalPower,
            "+" or "-" => AdditivePower,
            "*" or "/" or "%" => MultiplicativePower,
            _ when StringOperators.Contains(token.Text) => EqualityPower,
            _ when token.Kind == TokenKind.Name && UnsupportedOperators.Contains(token.Text) =>
                throw _reader.NotSupported(token.Start, $"operator '{token.Text}'"),
            _ => null,
        };
    }

    private ExpressionSyntax ParseInfix(ExpressionSyntax left, int power)
    {
        Token token = _reader.Take();
        string symbol = token.Text == "<>" ? "!=" : token.Text;
        switch (symbol)
        {
            case "in" or "in~" or "!in" or "!in~" or "has_any" or "has_all":
                return new ListSyntax(token.Start, symbol, left, ParseList());
            case "between" or "!between":
                _reader.ExpectSymbol("(");
                ExpressionSyntax low = Parse();
                _reader.ExpectSymbol("..");
                ExpressionSyntax high = Parse();
                _reader.ExpectSymbol(")");
                return new BetweenSyntax(token.Start, symbol[0] == '!', left, low, high);
            case "matches":
                _reader.ExpectName("regex");
                symbol = "matches regex";
                break;
        }

        return new BinarySyntax(token.Start, symbol, left, Parse(power));
    }

    private List<ExpressionSyntax> ParseList()
    {
        _reader.ExpectSymbol("(");
        var items = new List<ExpressionSyntax>();
        if (_reader.TrySymbol(")")) return items;
        do
            items.Add(TryParseSubquery() ?? Parse());
        while (_reader.TrySymbol(","));
        _reader.ExpectSymbol(")");
        return items;
    }

    private SubquerySyntax? TryParseSubquery() =>
        Pipelines is not null && _reader.StandsBeforePipeline() ? new SubquerySyntax(_reader.Current.Start, Pipelines()) : null;

    private ExpressionSyntax ParseUnary()
    {
        Token token = _reader.Current;
        if (token.Kind != TokenKind.Symbol || token.Text is not ("-" or "+")) return ParsePostfix(ParsePrimary());
        _reader.Take();
        if (++_depth > MaxDepth) throw _reader.Unexpected("the expression is nested too deeply");
        ExpressionSyntax operand = ParseUnary();
        _depth--;
        return new UnarySyntax(token.Start, token.Text, operand);
    }

    private ExpressionSyntax ParsePostfix(ExpressionSyntax target)
    {
        while (true)
        {
            Token token = _reader.Current;
            if (token.IsSymbol(".") && _reader.Peek(1).IsSymbol("[") && _reader.Peek(2).Value is not string)
            {
                // d.[name] is d[name].
                _reader.Take();
            }
            else if (_reader.TrySymbol("."))
            {
                target = new PathSyntax(target.Position, target, _reader.ExpectAnyName());
                if (_reader.Current.IsSymbol("("))
                    throw _reader.NotSupported(token.Start, "function after '.'", "Other databases and clusters cannot be reached.");
            }
            else if (_reader.TrySymbol("["))
            {
                ExpressionSyntax index = Parse();
                _reader.ExpectSymbol("]");
                target = new IndexSyntax(target.Position, target, index);
            }
            else
            {
                return target;
            }
        }
    }

    private ExpressionSyntax ParsePrimary()
    {
        Token token = _reader.Current;
        switch (token.Kind)
        {
            case TokenKind.Literal:
                _reader.Take();
                return new LiteralSyntax(token.Start, token.Type, ReadLiteral(token));
            case TokenKind.TypedLiteral:
                _reader.Take();
                return TypedLiteral.Parse(_reader.Source, token);
            case TokenKind.Symbol when token.Text == "(":
                _reader.Take();
                ExpressionSyntax inner = TryParseSubquery() ?? Parse();
                _reader.ExpectSymbol(")");
                return inner;
            case TokenKind.Symbol when token.Text == "*":
                _reader.Take();
                return new StarSyntax(token.Start);
            case TokenKind.Symbol when token.Text == "[" && _reader.TryAnyName() is { } name:
                return new NameSyntax(token.Start, name);
            case TokenKind.Name when !ReservedNames.Contains(token.Text):
                return ParseNameOrCall();
            default:
                throw _reader.Unexpected();
        }
    }

    /// <summary>A call of a function.</summary>
    public CallSyntax ParseCall()
    {
        int start = _reader.Index;
        if (ParseNameOrCall() is CallSyntax call) return call;
        _reader.Index = start;
        throw _reader.Unexpected("the call of a function expected");
    }

    private ExpressionSyntax ParseNameOrCall()
    {
        Token token = _reader.Take();
        if (!_reader.Current.IsSymbol("("))
        {
            return token.Text switch
            {
                "true" => new LiteralSyntax(token.Start, KustoType.Bool, true),
                "false" => new LiteralSyntax(token.Start, KustoType.Bool, false),
                _ => new NameSyntax(token.Start, token.Text),
            };
        }

        _reader.Take();
        if (token.Text == "typeof")
        {
            string name = _reader.ExpectAnyName();
            if (!KustoTypes.TryParse(name, out KustoType type)) throw _reader.NotSupported(token.Start, $"type '{name}'");
            _reader.ExpectSymbol(")");
            return new TypeOfSyntax(token.Start, type);
        }

        var arguments = new List<ExpressionSyntax>();
        if (!_reader.TrySymbol(")"))
        {
            do
            {
                if (TryParseSubquery() is { } subquery)
                {
                    arguments.Add(subquery);
                    continue;
                }

                NamedExpressionSyntax argument = ParseNamed();
                arguments.Add(argument.Name is { } name ? new NamedArgumentSyntax(argument.Position, name, argument.Expression) : argument.Expression);
            }
            while (_reader.TrySymbol(","));
            _reader.ExpectSymbol(")");
        }

        return new CallSyntax(token.Start, token.Text, arguments);
    }

    // Adjacent string literals are one, as in C.
    private object? ReadLiteral(Token token)
    {
        if (token.Value is not string text) return token.Value;
        while (_reader.Current is { Kind: TokenKind.Literal, Value: string next })
        {
            text += next;
            _reader.Take();
        }

        return text;
    }

    private bool IsNameBeforeEquals()
    {
        if (_reader.Current.Kind == TokenKind.Name) return _reader.Peek(1).IsSymbol("=");
        return _reader.Current.IsSymbol("[") && _reader.Peek(1) is { Kind: TokenKind.Literal, Value: string }
            && _reader.Peek(2).IsSymbol("]") && _reader.Peek(3).IsSymbol("=");
    }

    private bool IsNameListBeforeEquals()
    {
        int ahead = 1;
        while (_reader.Peek(ahead).Kind == TokenKind.Name && _reader.Peek(ahead + 1).IsSymbol(","))
            ahead += 2;
        return _reader.Peek(ahead).Kind == TokenKind.Name && _reader.Peek(ahead + 1).IsSymbol(")") && _reader.Peek(ahead + 2).IsSymbol("=");
    }
}
