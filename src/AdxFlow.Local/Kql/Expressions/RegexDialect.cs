using System.Globalization;
using System.Text;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>
/// Writes a regular expression of the service in the dialect of .NET. What both have and read in different ways is
/// rewritten or refused, so that nothing matches by the wrong rules.
/// </summary>
/// <remarks>Source: Microsoft Learn, "Regex syntax" of the Kusto Query Language.</remarks>
internal sealed class RegexDialect
{
    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private bool _isMultiline;
    private bool _hasNamed;
    private bool _hasNumbered;
    private int _at;

    private RegexDialect(string pattern, bool isMultiline)
    {
        _pattern = pattern;
        _isMultiline = isMultiline;
    }

    /// <summary>The expression for .NET. One that is malformed comes back so that .NET refuses it.</summary>
    /// <param name="pattern">The expression as the query has it.</param>
    /// <param name="isMultiline">True where the flag <c>m</c> is set outside of the expression.</param>
    /// <exception cref="KqlException">It has what the stand-in lacks.</exception>
    public static string Translate(string pattern, bool isMultiline = false)
    {
        var dialect = new RegexDialect(pattern, isMultiline);
        dialect.Run();
        return dialect._output.ToString();
    }

    private char Peek(int ahead) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : '\0';

    private void Run()
    {
        while (_at < _pattern.Length)
        {
            switch (_pattern[_at])
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Group();
                    break;
                case '$':
                    // In .NET it also stands before a line feed at the end.
                    _output.Append(_isMultiline ? "$" : @"\z");
                    _at++;
                    break;
                default:
                    Copy(1);
                    break;
            }
        }

        // .NET counts groups with a name behind all others.
        if (_hasNamed && _hasNumbered) throw Lacks("groups with and without a name in one");
    }

    private void Copy(int count)
    {
        count = Math.Min(count, _pattern.Length - _at);
        _output.Append(_pattern, _at, count);
        _at += count;
    }

    private void Escape(bool inClass)
    {
        char next = Peek(1);
        switch (next)
        {
            case 'p' or 'P' when Peek(2) == '{' && Peek(3) != 'I':
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'a' or 'f' or 't' or 'n' or 'r' or 'v':
            case 'A' or 'z' or 'B' when !inClass:
            case 'b' when !inClass && Peek(2) != '{':
            case 'x' or 'u' when char.IsAsciiHexDigit(Peek(2)):
            case '\0':
                Copy(2);
                break;
            case 'p' or 'P' when char.IsAsciiLetter(Peek(2)):
                _output.Append('\\').Append(next).Append('{').Append(Peek(2)).Append('}');
                _at += 3;
                break;
            case 'x' or 'u' or 'U' when Peek(2) == '{':
                int close = _pattern.IndexOf('}', _at);
                CodePoint(close < 0 ? "" : _pattern[(_at + 3)..close], close + 1, inClass);
                break;
            case 'U' when _at + 10 <= _pattern.Length:
                CodePoint(_pattern.Substring(_at + 2, 8), _at + 10, inClass);
                break;
            case '_':
                _output.Append('_');
                _at += 2;
                break;
            case '<' or '>':
            case var other when char.IsAsciiLetterOrDigit(other):
                throw Lacks($"'\\{next}' in that place of");
            default:
                Copy(2);
                break;
        }
    }

    private void CodePoint(string digits, int end, bool inClass)
    {
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) || !Rune.IsValid(value)) throw Lacks("that code point in");
        if (value > char.MaxValue && inClass) throw Lacks("characters beyond U+FFFF in a class of");
        _output.Append(value > char.MaxValue ? $"(?:{new Rune(value)})" : string.Create(CultureInfo.InvariantCulture, $"\\u{value:X4}"));
        _at = end;
    }

    private void Class()
    {
        Copy(Peek(1) == '^' ? 2 : 1);
        for (bool isFirst = true; _at < _pattern.Length; isFirst = false)
        {
            char c = _pattern[_at];
            if (c == ']' && !isFirst)
            {
                Copy(1);
                return;
            }

            if (c == '[')
                Named();
            else if (c == '\\')
                Escape(inClass: true);
            else if (c is '&' or '-' or '~' && Peek(1) == c)
                throw Lacks($"'{c}{c}' in a class of");
            else
                Copy(1);
        }
    }

    // [:alpha:] and its like; other brackets are a class within the class, which .NET does not have.
    private void Named()
    {
        int end = Peek(1) == ':' ? _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) : -1;
        if (end < 0 || AsciiClass.Find(_pattern[(_at + 2)..end]) is not { } ranges) throw Lacks("a class within a class of");
        _output.Append(ranges);
        _at = end + 2;
    }

    private void Group()
    {
        if (Peek(1) != '?')
        {
            _hasNumbered = true;
            Copy(1);
            return;
        }

        bool isPython = Peek(2) == 'P';
        int name = _at + (isPython ? 4 : 3);
        if (name < _pattern.Length && _pattern[name - 1] == '<' && (char.IsAsciiLetter(_pattern[name]) || _pattern[name] == '_'))
        {
            _hasNamed = true;
            _output.Append("(?<");
            _at = name;
            return;
        }

        Flags();
    }

    private void Flags()
    {
        int end = _at + 2;
        while (end < _pattern.Length && (char.IsAsciiLetter(_pattern[end]) || _pattern[end] == '-'))
            end++;
        string flags = _pattern[(_at + 2)..end];
        bool isForRest = end < _pattern.Length && _pattern[end] == ')';
        if (end >= _pattern.Length || _pattern[end] is not (')' or ':')) throw Lacks("look-around, or another group of that kind, in");
        foreach (char flag in flags)
        {
            if (flag is not ('i' or 's' or 'm' or '-')) throw Lacks($"the flag '{flag}' in");
        }

        if (flags.Contains('m', StringComparison.Ordinal))
        {
            if (_at > 0 || !isForRest || flags.Contains('-', StringComparison.Ordinal)) throw Lacks("multi-line mode for a part of");
            _isMultiline = true;
        }

        Copy(end - _at + 1);
    }

    private KqlException Lacks(string what) =>
        KqlException.NotSupportedValue($"The local stand-in has no {what} a regular expression: '{_pattern}'. It may be valid KQL: run it against a cluster or the Kusto emulator.");
}
