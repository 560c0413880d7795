using System.Buffers;
using System.Globalization;
using System.Text;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Splits a command into tokens, one at a time, so that inline data is never looked at.</summary>
/// <remarks>Literals: Microsoft Learn, "The string data type" of the Kusto Query Language.</remarks>
internal sealed class CommandLexer(string text)
{
    public CommandToken Read(int from)
    {
        int at = from;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (!text.AsSpan(at).StartsWith("//")) break;
            int end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        if (at >= text.Length) return new CommandToken(CommandTokenKind.End, "", text.Length, text.Length);
        char first = text[at];
        if (first is 'h' or 'H' && at + 1 < text.Length && text[at + 1] is ('\'' or '"' or '@')) return ReadLiteral(at, at + 1);
        if (first is '\'' or '"' or '@' || text.AsSpan(at).StartsWith("```")) return ReadLiteral(at, at);
        if (IsWord(first))
        {
            int end = at + 1;
            while (end < text.Length && (IsWord(text[end]) || text[end] == '-'))
                end++;
            return new CommandToken(CommandTokenKind.Word, text[at..end], at, end);
        }

        int length = text.AsSpan(at).StartsWith("<|") ? 2 : 1;
        return new CommandToken(CommandTokenKind.Mark, text.Substring(at, length), at, at + length);
    }

    /// <summary>A syntax error with line and position, the way the service tells them.</summary>
    public ServiceException Error(string message, int at)
    {
        int line = text.AsSpan(0, at).Count('\n') + 1;
        int column = at - (text.AsSpan(0, at).LastIndexOf('\n') + 1);
        return ServiceException.Syntax($"{message} [line:position={line}:{column}]");
    }

    private static bool IsWord(char c) => c == '_' || char.IsLetterOrDigit(c);

    private CommandToken ReadLiteral(int start, int at)
    {
        if (text.AsSpan(at).StartsWith("```"))
        {
            int close = text.IndexOf("```", at + 3, StringComparison.Ordinal);
            if (close < 0) throw Error("A string literal is not closed.", start);
            return Literal(text[(at + 3)..close], start, close + 3);
        }

        bool verbatim = text[at] == '@';
        if (verbatim) at++;
        if (at >= text.Length || text[at] is not ('\'' or '"')) throw Error("Unexpected character '@'.", start);
        char quote = text[at++];
        var value = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || (!verbatim && text[at] is ('\n' or '\r'))) throw Error("A string literal is not closed.", start);
            char c = text[at];
            if (c == quote)
            {
                if (!verbatim || at + 1 >= text.Length || text[at + 1] != quote) return Literal(value.ToString(), start, at + 1);
                value.Append(quote);
                at += 2;
            }
            else if (c == '\\' && !verbatim)
            {
                at = ReadEscape(at, value);
            }
            else
            {
                value.Append(c);
                at++;
            }
        }
    }

    // Half of a surrogate pair, which an escape sequence can make, is a text that no answer and no file could hold.
    private CommandToken Literal(string value, int start, int end)
    {
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int used) != OperationStatus.Done) throw Error("A string literal is not valid Unicode.", start);
            rest = rest[used..];
        }

        return new CommandToken(CommandTokenKind.Literal, value, start, end);
    }

    private int ReadEscape(int at, StringBuilder value)
    {
        char kind = at + 1 < text.Length ? text[at + 1] : '\0';
        int digits = kind switch { 'u' => 4, 'U' => 8, 'x' => 2, _ => 0 };
        if (digits > 0)
        {
            if (at + 2 + digits > text.Length || !uint.TryParse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code) || code > 0x10FFFF)
                throw Error("An escape sequence is not valid.", at);
            if (code > 0xFFFF)
                value.Append(char.ConvertFromUtf32((int)code));
            else
                value.Append((char)code);
            return at + 2 + digits;
        }

        value.Append(kind switch
        {
            '\'' or '"' or '\\' => kind,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '0' => '\0',
            _ => throw Error("An escape sequence is not valid.", at),
        });
        return at + 2;
    }
}
