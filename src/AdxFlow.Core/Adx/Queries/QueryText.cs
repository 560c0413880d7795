using System.Text;
using AdxFlow.Http;

namespace AdxFlow.Adx;

/// <summary>What can be told of a text without understanding it: where it begins, and whether it is a management command.</summary>
internal static class QueryText
{
    /// <summary>True for a management command: its first character, behind blanks and comments, is a dot.</summary>
    public static bool IsCommand(string text) => Body(text) is ['.', ..];

    /// <summary>True for a command that changes nothing: <c>.show …</c>, and <c>.get …</c> of the ingestion service.</summary>
    public static bool OnlyShows(string text)
    {
        ReadOnlySpan<char> body = Body(text);
        return BeginsWith(body, ".show") || BeginsWith(body, ".get");
    }

    /// <summary>
    /// The text as it may be shown: without what stands in obfuscated literals (<c>h'…'</c>), which the service's logs hide as well, and
    /// without signatures and tokens. Source: <see href="https://learn.microsoft.com/kusto/query/scalar-data-types/string#obfuscated-string-literals"/>.
    /// </summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        var scanner = new KqlScanner(text);
        int copied = 0;
        int afterMark = -1;
        while (scanner.Next())
        {
            _ = text.AsSpan().Overlaps(scanner.Token, out int start);
            if (start == afterMark && scanner.Token[0] is '\'' or '"' or '@' or '`' or '~' && scanner.Token.Length > 1)
            {
                shown.Append(text, copied, start - copied).Append("'***'");
                copied = start + scanner.Token.Length;
            }

            afterMark = scanner.Token is "h" or "H" ? start + 1 : -1;
        }

        return Redaction.Clean(shown.Append(text, copied, text.Length - copied).ToString());
    }

    private static bool BeginsWith(ReadOnlySpan<char> body, string word) =>
        body.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (body.Length == word.Length || !char.IsLetterOrDigit(body[word.Length]));

    /// <summary>The text from its first word on. A comment in KQL goes from <c>//</c> to the end of the line.</summary>
    public static ReadOnlySpan<char> Body(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart();
        while (rest.StartsWith("//"))
        {
            int end = rest.IndexOfAny('\n', '\r');
            rest = end < 0 ? [] : rest[end..].TrimStart();
        }

        return rest;
    }
}
