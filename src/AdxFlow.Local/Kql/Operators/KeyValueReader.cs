using System.Text;
using System.Text.RegularExpressions;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>Reads pairs of keys and values from a text, in which they stand between delimiters or are found by a regular expression.</summary>
/// <remarks>Source: Microsoft Learn, "parse-kv operator".</remarks>
internal sealed class KeyValueReader
{
    private readonly Regex? _pattern;
    private readonly string _pairDelimiter = "";
    private readonly string _kvDelimiter = "";
    private readonly IReadOnlyList<(char Open, char Close)> _quotes = [];
    private readonly string _escapes = "";

    /// <param name="pattern">Its first group is the key, its second the value.</param>
    public KeyValueReader(Regex pattern) => _pattern = pattern;

    /// <param name="pairDelimiter">Stands between pairs.</param>
    /// <param name="kvDelimiter">Stands between key and value.</param>
    /// <param name="quotes">What keys and values may be wrapped in.</param>
    /// <param name="escapes">What may stand in front of a quote within quotes.</param>
    public KeyValueReader(string pairDelimiter, string kvDelimiter, IReadOnlyList<(char Open, char Close)> quotes, string escapes)
    {
        _pairDelimiter = pairDelimiter;
        _kvDelimiter = kvDelimiter;
        _quotes = quotes;
        _escapes = escapes;
    }

    /// <summary>The pairs in the order of the text, without white space around them. What has no delimiter between key and value is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWanted">Whether a key matters.</param>
    public IEnumerable<(string Key, string Value)> Read(string text, Func<string, bool> isWanted) => _pattern is not null
        ? _pattern.Matches(text).Select(m => (m.Groups[1].Value.Trim(), m.Groups[2].Value.Trim())).Where(p => isWanted(p.Item1))
        : ReadDelimited(text, isWanted);

    private static KqlException Open(string what) => KqlException.NotSupportedValue($"The local stand-in does not know what parse-kv makes of {what}.");

    private IEnumerable<(string Key, string Value)> ReadDelimited(string text, Func<string, bool> isWanted)
    {
        int at = 0;
        while (at < text.Length)
        {
            Part key = ReadPart(text, at, isKey: true);
            at = key.Next;
            if (!key.HasValue) continue;
            Part value = ReadPart(text, at, isKey: false);
            at = value.Next;
            if (!isWanted(key.Text)) continue;
            if (value.IsAmbiguous) throw Open("an unquoted value with the delimiter of keys and values in it");
            yield return (key.Text, value.Text);
        }
    }

    private Part ReadPart(string text, int at, bool isKey)
    {
        int start = SkipSpace(text, at);
        foreach ((char open, char close) in _quotes)
        {
            if (start < text.Length && text[start] == open) return ReadQuoted(text, start + 1, close, isKey);
        }

        bool isAmbiguous = false;
        for (int i = at; i < text.Length; i++)
        {
            if (StandsAt(text, i, _kvDelimiter))
            {
                if (isKey) return new Part(text[at..i].Trim(), i + _kvDelimiter.Length, HasValue: true);
                isAmbiguous = true;
            }

            if (StandsAt(text, i, _pairDelimiter)) return new Part(text[at..i].Trim(), i + _pairDelimiter.Length, IsAmbiguous: isAmbiguous);
        }

        return new Part(text[at..].Trim(), text.Length, IsAmbiguous: isAmbiguous);
    }

    private Part ReadQuoted(string text, int at, char close, bool isKey)
    {
        var part = new StringBuilder();
        for (; at < text.Length && text[at] != close; at++)
        {
            if (_escapes.Contains(text[at], StringComparison.Ordinal) && ++at == text.Length) break;
            part.Append(text[at]);
        }

        if (at >= text.Length) throw Open("a quote that is not closed");
        at = SkipSpace(text, at + 1);
        if (at == text.Length) return new Part(part.ToString(), at);
        if (StandsAt(text, at, _pairDelimiter)) return new Part(part.ToString(), at + _pairDelimiter.Length);
        return isKey && StandsAt(text, at, _kvDelimiter) ? new Part(part.ToString(), at + _kvDelimiter.Length, HasValue: true) : throw Open("a text behind a closing quote");
    }

    private int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]) && !StandsAt(text, at, _pairDelimiter) && !StandsAt(text, at, _kvDelimiter))
            at++;
        return at;
    }

    private static bool StandsAt(string text, int at, string delimiter) => text.AsSpan(at).StartsWith(delimiter, StringComparison.Ordinal);

    /// <param name="Text">A key or a value.</param>
    /// <param name="Next">The place behind the delimiter that ends it.</param>
    /// <param name="HasValue">True where it is a key, and its value follows.</param>
    /// <param name="IsAmbiguous">True where it has a delimiter in it that could begin another value.</param>
    private readonly record struct Part(string Text, int Next, bool HasValue = false, bool IsAmbiguous = false);
}
