namespace AdxFlow.Local.Kql.Syntax;

/// <summary>A place among the tokens of a query, and the errors that a parser raises there.</summary>
internal sealed class TokenReader
{
    private readonly IReadOnlyList<Token> _tokens;

    public TokenReader(SourceText source)
    {
        Source = source;
        _tokens = Lexer.Scan(source);
    }

    public SourceText Source { get; }

    /// <summary>The index of the current token; may be set back to look again.</summary>
    public int Index { get; set; }

    public Token Current => _tokens[Index];

    public Token Peek(int ahead) => _tokens[Math.Min(Index + ahead, _tokens.Count - 1)];

    public bool AtEnd => Current.Kind == TokenKind.End;

    public Token Take()
    {
        Token token = Current;
        if (!AtEnd) Index++;
        return token;
    }

    public bool TrySymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol)) return false;
        Index++;
        return true;
    }

    public bool TryName(string name)
    {
        if (!Current.IsName(name)) return false;
        Index++;
        return true;
    }

    public void ExpectSymbol(string symbol)
    {
        if (!TrySymbol(symbol)) throw Unexpected($"'{symbol}' expected");
    }

    public void ExpectName(string name)
    {
        if (!TryName(name)) throw Unexpected($"'{name}' expected");
    }

    /// <summary>A bare or bracketed name at the current place, or null; takes it.</summary>
    public string? TryAnyName()
    {
        if (Current.Kind == TokenKind.Name) return Take().Text;
        if (Current.IsSymbol("[") && Peek(1) is { Kind: TokenKind.Literal, Value: string name } && Peek(2).IsSymbol("]"))
        {
            Index += 3;
            return name;
        }

        return null;
    }

    public string ExpectAnyName() => TryAnyName() ?? throw Unexpected("a name expected");

    /// <summary>The error that the text cannot go on with the current token.</summary>
    public KqlException Unexpected(string? detail = null)
    {
        Token token = Current;
        string at = AtEnd ? "" : Source.Text[token.Start..token.End];
        return KqlException.Syntax(Source, token.Start, at, detail ?? (AtEnd ? "the query ends too early" : null));
    }

    public KqlException NotSupported(int position, string what, string? hint = null) => KqlException.NotSupported(Source, position, what, hint);
}
