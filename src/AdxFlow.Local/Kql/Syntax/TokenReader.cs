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

    /// <summary>True where the operator that has been read so far can have no more parts.</summary>
    public bool StandsAtEndOfOperator => AtEnd || (Current.Kind == TokenKind.Symbol && Current.Text is "|" or ";" or ")" or "," or "}" or "]");

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

    /// <summary>A name with or without <c>*</c> in it, or null.</summary>
    public ColumnPatternSyntax? TryPattern()
    {
        int start = Current.Start;
        string pattern = "";
        bool wildcard = false;
        for (int end = start; Current.Start == end; end = Peek(-1).End)
        {
            if (TrySymbol("*"))
            {
                wildcard = true;
                pattern += "*";
            }
            else if (TryAnyName() is { } name)
            {
                pattern += name;
            }
            else
            {
                break;
            }
        }

        return pattern.Length == 0 ? null : new ColumnPatternSyntax(start, pattern, wildcard);
    }

    /// <summary>Takes advice such as <c>hint.strategy=shuffle</c>, which never changes a result, and returns it without the word <c>hint</c>.</summary>
    public IReadOnlyList<string> SkipHints()
    {
        var hints = new List<string>();
        while (Current.IsName("hint") && Peek(1).IsSymbol(".") && Peek(2).Kind == TokenKind.Name && Peek(3).IsSymbol("="))
        {
            Index += 4;
            if (Current.Kind is not (TokenKind.Name or TokenKind.Literal)) throw Unexpected("the value of a hint expected");
            hints.Add($"{Peek(-2).Text}={Take().Text}");
        }

        return hints;
    }

    public string ExpectAnyName() => TryAnyName() ?? throw Unexpected("a name expected");

    /// <summary>The error that the text cannot go on with the current token.</summary>
    public KqlException Unexpected(string? detail = null)
    {
        Token token = Current;
        string at = AtEnd ? "" : Source.Text[token.Start..token.End];
        return KqlException.Syntax(Source, token.Start, at, detail ?? (AtEnd ? "the query ends too early" : null));
    }

    /// <summary>True where a pipe follows before the item ends that begins here, or where a word begins that only a pipeline can begin with.</summary>
    public bool StandsBeforePipeline()
    {
        Token first = Current;
        if (first.Kind == TokenKind.Name)
        {
            Token next = Peek(1);
            if (first.Text is "datatable" or "materialize" or "union" or "externaldata" or "external_data" && next.IsSymbol("(")) return true;
            if (first.Text == "search" && next.IsSymbol("*")) return true;
            if (first.Text is "print" or "range" or "search" or "find" or "union" && (next.Kind == TokenKind.Name || next.Kind == TokenKind.Literal)) return true;
        }

        int depth = 0;
        for (int i = Index; i < _tokens.Count; i++)
        {
            Token token = _tokens[i];
            if (token.Kind != TokenKind.Symbol) continue;
            switch (token.Text)
            {
                case "(" or "[" or "{": depth++; break;
                case ")" or "]" or "}" when --depth < 0: return false;
                case "," or ";" when depth == 0: return false;
                case "|" when depth == 0: return true;
            }
        }

        return false;
    }

    public KqlException NotSupported(int position, string what, string? hint = null) => KqlException.NotSupported(Source, position, what, hint);
}
