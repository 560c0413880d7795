using System.Globalization;
using System.Text;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>The classes of ASCII characters that stand in brackets in a regular expression: <c>[:alpha:]</c>, or all others with <c>[:^alpha:]</c>.</summary>
/// <remarks>Source: Microsoft Learn, "Regex syntax" of the Kusto Query Language.</remarks>
internal static class AsciiClass
{
    // Pairs of the first and the last of a range, in order.
    private static readonly Dictionary<string, string> Ranges = new(StringComparer.Ordinal)
    {
        ["alnum"] = "09AZaz",
        ["alpha"] = "AZaz",
        ["ascii"] = "\0\x7F",
        ["blank"] = "\t\t  ",
        ["cntrl"] = "\0\x1F\x7F\x7F",
        ["digit"] = "09",
        ["graph"] = "!~",
        ["lower"] = "az",
        ["print"] = " ~",
        ["punct"] = "!/:@[`{~",
        ["space"] = "\t\r  ",
        ["upper"] = "AZ",
        ["word"] = "09AZ__az",
        ["xdigit"] = "09AFaf",
    };

    /// <summary>The ranges as .NET has them in a class, or null where there is no class of the name.</summary>
    public static string? Find(string name)
    {
        bool isNegated = name.StartsWith('^');
        if (!Ranges.TryGetValue(isNegated ? name[1..] : name, out string? ranges)) return null;
        var text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (!isNegated)
                Append(text, ranges[i], ranges[i + 1]);
            else if (ranges[i] > next)
                Append(text, next, ranges[i] - 1);
            next = ranges[i + 1] + 1;
        }

        if (isNegated) Append(text, next, char.MaxValue);
        return text.ToString();
    }

    private static void Append(StringBuilder text, int first, int last) =>
        text.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}-\\u{last:X4}");
}
