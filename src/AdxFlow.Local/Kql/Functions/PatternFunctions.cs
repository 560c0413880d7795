using System.Text;
using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions that find or replace several parts of a text.</summary>
internal static class PatternFunctions
{
    private const KustoType StringType = KustoType.String;
    private const KustoType DynamicType = KustoType.Dynamic;
    private const string RegexMarks = @"\.+*?()|[]{}^$";

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("translate", None, new Overload(StringType, Kernels.Map<string, string, string, string>(StringType, Translate), Arg.StringOrDynamic, Arg.StringOrDynamic, Arg.StringOrDynamic)),
        new("replace_strings", None, DynamicCall.Of("tdd", 3, StringType, Replace)),
        new("regex_quote", None, new Overload(StringType, Kernels.Map<string, string>(StringType, Quote), Arg.Text)),
        new("extract_all", None, ExtractAll) { Constants = [0] },
        new("extractall", None, ExtractAll) { Constants = [0] },
        new("has_any_index", None, DynamicCall.Of("td", 2, KustoType.Long, a => a[1] is null ? null : (object)FirstTerm(a[0]?.ToString() ?? "", DynamicCall.Array(a[1], "has_any_index")))),
        new("parse_csv", FirstArgument, new Overload(DynamicType, Kernels.Map<string, DynamicValue>(DynamicType, s => DynamicValue.Of([.. Record(s).Select(DynamicValue.Of)])), Arg.StringOrDynamic)),
    ];

    // A list that is too short has its last character for the rest; an empty one removes.
    private static string Translate(string search, string replacement, string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            int at = search.IndexOf(c, StringComparison.Ordinal);
            if (at < 0)
                result.Append(c);
            else if (replacement.Length > 0)
                result.Append(replacement[Math.Min(at, replacement.Length - 1)]);
        }

        return result.ToString();
    }

    // What an earlier text matched is out of reach of the later ones.
    private static object? Replace(DynamicValue?[] arguments)
    {
        IReadOnlyList<DynamicValue> lookups = DynamicCall.Array(arguments[1], "replace_strings");
        IReadOnlyList<DynamicValue> rewrites = DynamicCall.Array(arguments[2], "replace_strings");
        if (lookups.Count != rewrites.Count || lookups.Concat(rewrites).Any(v => v.Kind != DynamicKind.String))
            throw KqlException.NotSupportedValue("The local stand-in takes two arrays of as many texts for replace_strings().");
        var parts = new List<(string Text, bool IsDone)> { (arguments[0]?.ToString() ?? "", false) };
        for (int i = 0; i < lookups.Count; i++)
        {
            string old = (string)lookups[i].Value!;
            if (old.Length == 0) continue;
            var next = new List<(string Text, bool IsDone)>();
            foreach ((string text, bool isDone) in parts)
            {
                string[] pieces = isDone ? [text] : text.Split(old);
                for (int k = 0; k < pieces.Length; k++)
                {
                    if (k > 0) next.Add(((string)rewrites[i].Value!, true));
                    next.Add((pieces[k], isDone));
                }
            }

            parts = next;
        }

        return TextFunctions.Join("", parts.Select(p => p.Text));
    }

    private static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            bool isMark = RegexMarks.Contains(c, StringComparison.Ordinal);
            if (!isMark && !char.IsLetterOrDigit(c) && c != '_') throw KqlException.NotSupportedValue($"The local stand-in does not know whether regex_quote() escapes '{c}'.");
            if (isMark) result.Append('\\');
            result.Append(c);
        }

        return result.ToString();
    }

    private static Expression ExtractAll(CallContext call)
    {
        call.ExpectCount(2, 3);
        Expression[] a = call.Arguments;
        if (a[0] is not ConstantExpression { Value: string pattern }) throw call.Error("the regular expression must be a constant string.");
        Regex regex = RegexCache.Get(pattern);
        int count = regex.GetGroupNumbers().Length - 1;
        if (count is < 1 or > 16) throw call.NotSupported($"'{call.Name}()' with a regular expression that has not between 1 and 16 capture groups");
        int[] groups = [.. Enumerable.Range(1, count)];
        if (a.Length == 3)
        {
            if (a[1] is not ConstantExpression { Value: DynamicValue { } chosen } || chosen.AsArray() is not { Count: > 0 } list || list.Any(g => g.Kind != DynamicKind.Long))
                throw call.NotSupported($"'{call.Name}()' whose capture groups are no constant array of numbers");
            groups = [.. list.Select(g => (int)Math.Clamp((long)g.Value!, 0, int.MaxValue))];
            if (Array.Exists(groups, g => g < 1 || g > count)) throw call.Error($"a capture group must be between 1 and {count}.");
        }

        if (a[^1].Type is not (StringType or DynamicType)) throw call.Error("a string expected.");
        return KernelExpression.Create(DynamicType, Kernels.TryMap(DynamicType, (string text, out DynamicValue found) =>
        {
            DynamicValue[] matches = [.. regex.Matches(text).Select(m => groups.Length == 1
                ? DynamicValue.Of(m.Groups[groups[0]].Value)
                : DynamicValue.Of([.. groups.Select(g => DynamicValue.Of(m.Groups[g].Value))]))];
            found = DynamicFunctions.Bounded(DynamicValue.Of(matches));
            return matches.Length > 0;
        }), Conversion.ToText(a[^1]));
    }

    private static long FirstTerm(string text, IReadOnlyList<DynamicValue> terms)
    {
        Func<string, string, bool> has = TextMatch.Find("has")!;
        for (int i = 0; i < terms.Count; i++)
        {
            if (terms[i].Kind is DynamicKind.Null || terms[i].ToString().Length == 0) throw KqlException.NotSupportedValue("The local stand-in does not know whether has_any_index() finds an empty text.");
            if (has(text, terms[i].ToString())) return i;
        }

        return -1;
    }

    // The first record of CSV, in which quotes are doubled within quotes.
    private static List<string> Record(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"' && (isQuoted || cell.Length == 0))
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || c is not (',' or '\n' or '\r'))
            {
                cell.Append(c);
            }
            else if (c == ',')
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                break;
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
