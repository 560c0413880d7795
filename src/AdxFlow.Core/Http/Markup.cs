using System.Net;
using System.Text.RegularExpressions;

namespace AdxFlow.Http;

/// <summary>
/// Reads an element out of XML, or of a web page, which need not be well formed. The time it takes grows with the text, no faster:
/// anybody on the way may have written it.
/// </summary>
internal static partial class Markup
{
    /// <summary>The text of the first element of that name, without what is marked up in it; null where there is none or it is empty.</summary>
    public static string? Text(string markup, string name)
    {
        string opening = "<" + name;
        for (int start = 0; (start = markup.IndexOf(opening, start, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            start += opening.Length;
            if (start == markup.Length || (markup[start] != '>' && !char.IsWhiteSpace(markup[start])))
                continue;

            int open = markup.IndexOf('>', start);
            int close = open < 0 ? -1 : markup.IndexOf($"</{name}>", open, StringComparison.OrdinalIgnoreCase);
            if (close < 0)
                return null;

            string text = WebUtility.HtmlDecode(Tag().Replace(markup[(open + 1)..close], " ")).Trim();
            return text.Length == 0 ? null : text;
        }

        return null;
    }

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();
}
