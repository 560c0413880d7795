using System.Globalization;
using System.Text;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>
/// Reads string literals: <c>"…"</c> and <c>'…'</c> with backslash escapes, <c>@"…"</c> verbatim (a doubled quote is a
/// quote), <c>```…```</c> over several lines, each with an optional <c>h</c> in front, which only asks for masking in logs.
/// </summary>
/// <remarks>Source: Microsoft Learn, "The string data type".</remarks>
internal static class StringLiteral
{
    private const string Fence = "```";

    public static bool IsStart(string text, int position)
    {
        if (text[position] is 'h' or 'H') position++;
        if (position < text.Length && text[position] == '@') position++;
        return position < text.Length && (text[position] is '"' or '\'' || string.CompareOrdinal(text, position, Fence, 0, 3) == 0);
    }

    /// <summary>Reads the literal at the position, which must be the start of one, and moves after it.</summary>
    public static bool TryRead(string text, ref int position, out string value)
    {
        int i = position;
        value = "";
        if (text[i] is 'h' or 'H') i++;
        if (string.CompareOrdinal(text, i, Fence, 0, 3) == 0)
        {
            int end = text.IndexOf(Fence, i + 3, StringComparison.Ordinal);
            if (end < 0) return false;
            value = text[(i + 3)..end];
            position = end + 3;
            return true;
        }

        bool verbatim = text[i] == '@';
        if (verbatim) i++;
        char quote = text[i++];
        var builder = new StringBuilder();
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (c == quote)
            {
                if (verbatim && i + 1 < text.Length && text[i + 1] == quote)
                {
                    builder.Append(text[++i]);
                    continue;
                }

                value = builder.ToString();
                position = i + 1;
                return true;
            }

            if (c is '\n' or '\r' && !verbatim) return false;
            if (c == '\\' && !verbatim)
            {
                if (!TryReadEscape(text, ref i, builder)) return false;
            }
            else
            {
                builder.Append(c);
            }
        }

        return false;
    }

    // Leaves the index at the last character of the escape.
    private static bool TryReadEscape(string text, ref int i, StringBuilder builder)
    {
        if (++i >= text.Length) return false;
        char c = text[i];
        int digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (i + digits >= text.Length || !int.TryParse(text.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
                return false;
            i += digits;
            if (code is < 0 or > 0x10FFFF) return false;
            if (code > 0xFFFF)
                builder.Append(char.ConvertFromUtf32(code));
            else
                builder.Append((char)code);
            return true;
        }

        char? simple = c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '\\' or '\'' or '"' => c,
            _ => null,
        };
        if (simple is null) return false;
        builder.Append(simple.Value);
        return true;
    }
}
