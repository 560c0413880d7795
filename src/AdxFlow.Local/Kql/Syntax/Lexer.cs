using System.Globalization;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Cuts a query into tokens.</summary>
internal sealed class Lexer
{
    // Longest first, so that the first match is the right one.
    private static readonly string[] Symbols =
    [
        "==", "!=", "<>", "=~", "!~", "<=", ">=", "=>", "..",
        "|", "(", ")", "[", "]", "{", "}", ",", ";", ".", ":", "=", "<", ">", "+", "-", "*", "/", "%",
    ];

    private static readonly string[] NegatedWords =
    [
        "in", "between", "has", "has_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "contains", "contains_cs",
        "startswith", "startswith_cs", "endswith", "endswith_cs",
    ];

    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _position;

    private Lexer(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    public static IReadOnlyList<Token> Scan(SourceText source)
    {
        var lexer = new Lexer(source);
        lexer.ScanAll();
        return lexer._tokens;
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private void ScanAll()
    {
        while (true)
        {
            SkipTrivia();
            if (_position >= _text.Length)
            {
                _tokens.Add(new Token(TokenKind.End, "", _text.Length, _text.Length));
                return;
            }

            if (StringLiteral.IsStart(_text, _position))
                ScanString();
            else if (char.IsAsciiDigit(Current))
                ScanNumber();
            else if (IsNameStart(Current))
                ScanName();
            else
                ScanSymbol();
        }
    }

    private void SkipTrivia()
    {
        while (_position < _text.Length)
        {
            if (char.IsWhiteSpace(Current) || Current == '\uFEFF')
                _position++;
            else if (Current == '/' && Peek(1) == '/')
                _position = _text.IndexOf('\n', _position) is var end && end >= 0 ? end : _text.Length;
            else
                return;
        }
    }

    private void ScanString()
    {
        int start = _position;
        if (!StringLiteral.TryRead(_text, ref _position, out string value))
            throw KqlException.Syntax(_source, start, _text[start..Math.Min(_text.Length, start + 20)], "the string literal is not closed or has an unknown escape");
        _tokens.Add(new Token(TokenKind.Literal, _text[start.._position], start, _position, KustoType.String, value));
    }

    private void ScanNumber()
    {
        int start = _position;
        if (Current == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2)))
        {
            _position += 2;
            while (char.IsAsciiHexDigit(Current)) _position++;
            Expect(start, long.TryParse(_text.AsSpan(start + 2, _position - start - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex));
            AddLiteral(start, KustoType.Long, hex);
            return;
        }

        while (char.IsAsciiDigit(Current)) _position++;
        bool isReal = false;
        if (Current == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isReal = true;
            _position++;
            while (char.IsAsciiDigit(Current)) _position++;
        }

        int exponentDigit = Peek(1) is '+' or '-' ? 2 : 1;
        if (Current is 'e' or 'E' && char.IsAsciiDigit(Peek(exponentDigit)))
        {
            isReal = true;
            _position += exponentDigit;
            while (char.IsAsciiDigit(Current)) _position++;
        }

        ReadOnlySpan<char> digits = _text.AsSpan(start, _position - start);
        int unitStart = _position;
        while (IsNamePart(Current)) _position++;
        if (_position > unitStart)
        {
            long unit = ValueText.TicksOf(_text.AsSpan(unitStart, _position - unitStart));
            if (unit == 0 && digits.IndexOf('.') < 0 && IsWord(_text.AsSpan(start, _position - start)))
            {
                _tokens.Add(new Token(TokenKind.Name, _text[start.._position], start, _position));
                return;
            }

            decimal ticks = 0;
            Expect(start, unit > 0 && decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out ticks)
                && Math.Abs(ticks) <= (decimal)long.MaxValue / unit);
            AddLiteral(start, KustoType.TimeSpan, (long)(ticks * unit));
        }
        else if (isReal)
        {
            AddLiteral(start, KustoType.Real, double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
        else
        {
            Expect(start, long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long integer));
            AddLiteral(start, KustoType.Long, integer);
        }
    }

    private void ScanName()
    {
        int start = _position++;
        while (IsNamePart(Current)) _position++;
        string name = _text[start.._position];
        if (name == "$") throw KqlException.Syntax(_source, start, name);
        if (Current == '~' && name is "in")
        {
            _position++;
            _tokens.Add(new Token(TokenKind.Symbol, "in~", start, _position));
            return;
        }

        bool isMember = _tokens.Count > 0 && _tokens[^1].IsSymbol(".");
        if (!isMember && KustoTypes.TryParse(name, out KustoType type) && type != KustoType.String)
        {
            int open = _position;
            while (open < _text.Length && char.IsWhiteSpace(_text[open])) open++;
            if (open < _text.Length && _text[open] == '(')
            {
                int close = FindClose(open);
                _position = close + 1;
                _tokens.Add(new Token(TokenKind.TypedLiteral, _text[(open + 1)..close], start, _position, type, open + 1));
                return;
            }
        }

        _tokens.Add(new Token(TokenKind.Name, name, start, _position));
    }

    private void ScanSymbol()
    {
        int start = _position;
        if (Current == '!' && IsNameStart(Peek(1)))
        {
            int end = start + 1;
            while (end < _text.Length && IsNamePart(_text[end])) end++;
            string word = _text[(start + 1)..end];
            if (Array.IndexOf(NegatedWords, word) >= 0)
            {
                if (word == "in" && end < _text.Length && _text[end] == '~') end++;
                _position = end;
                _tokens.Add(new Token(TokenKind.Symbol, _text[start..end], start, end));
                return;
            }
        }

        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(_text, start, symbol, 0, symbol.Length) != 0) continue;
            _position += symbol.Length;
            _tokens.Add(new Token(TokenKind.Symbol, symbol, start, _position));
            return;
        }

        throw KqlException.Syntax(_source, start, Current.ToString());
    }

    // The text of a typed literal is taken as it is (a date is no expression), up to its own closing parenthesis.
    private int FindClose(int open)
    {
        int depth = 0;
        for (int i = open; i < _text.Length; i++)
        {
            if (_text[i] is '"' or '\'')
            {
                int position = i;
                if (!StringLiteral.TryRead(_text, ref position, out _)) break;
                i = position - 1;
            }
            else if (_text[i] == '(')
            {
                depth++;
            }
            else if (_text[i] == ')' && --depth == 0)
            {
                return i;
            }
        }

        throw KqlException.Syntax(_source, open, "(", "the parenthesis is not closed");
    }

    private void AddLiteral(int start, KustoType type, object value) =>
        _tokens.Add(new Token(TokenKind.Literal, _text[start.._position], start, _position, type, value));

    private void Expect(int start, bool condition)
    {
        if (!condition) throw KqlException.Syntax(_source, start, _text[start.._position]);
    }

    // A name may begin with a digit (5h_average) where it is no number and no duration.
    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!IsNamePart(c)) return false;
        }

        return true;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or '$';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
