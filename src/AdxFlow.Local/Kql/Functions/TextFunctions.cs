using System.Text;
using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.Arg;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions of text.</summary>
internal static class TextFunctions
{
    private const long MaxLength = 16 * 1024 * 1024;

    // More is taken as this many, as documented.
    private const long MaxRepeats = 1024;

    private const KustoType StringType = KustoType.String;
    private const KustoType LongType = KustoType.Long;
    private const KustoType DynamicType = KustoType.Dynamic;

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("strlen", PrefixAndFirstArgument, new Overload(LongType, Kernels.Map<string, long>(LongType, CodePoints), StringOrDynamic)),
        new("string_size", PrefixAndFirstArgument, new Overload(LongType, Kernels.Map<string, long>(LongType, s => Encoding.UTF8.GetByteCount(s)), StringOrDynamic)),
        new("tolower", None, Map(s => s.ToLowerInvariant())),
        new("toupper", None, Map(s => s.ToUpperInvariant())),
        new("reverse", None, Map(Reverse)),
        new("strcat", None, call => Concat(call, separated: false)),
        new("strcat_delim", None, call => Concat(call, separated: true)),
        new("strcmp", None, new Overload(LongType, Kernels.Map<string, string, long>(LongType, (a, b) => Math.Sign(string.CompareOrdinal(a, b))), Text, Text)),
        new("strrep", None,
            new Overload(StringType, Kernels.Map<string, long, string>(StringType, (s, n) => Repeat(s, n, "")), Text, Long),
            new Overload(StringType, Kernels.Map<string, long, string, string>(StringType, Repeat), Text, Long, Text)),
        new("substring", None,
            new Overload(StringType, Kernels.Map<string, long, string>(StringType, (s, start) => Substring(s, start, long.MaxValue)), Text, Long),
            new Overload(StringType, Kernels.Map<string, long, long, string>(StringType, Substring), Text, Long, Long)),
        new("indexof", None,
            new Overload(LongType, Kernels.Map<string, string, long>(LongType, (s, match) => s.IndexOf(match, StringComparison.Ordinal)), Text, Text)) { MoreArguments = 5 },
        new("replace_string", None,
            new Overload(StringType, Kernels.Map<string, string, string, string>(StringType, Replace), StringOrDynamic, StringOrDynamic, StringOrDynamic)),
        new("replace_regex", None,
            new Overload(StringType, Kernels.Map<string, string, string, string>(StringType, (s, pattern, with) => RegexCache.Get(pattern).Replace(s, Rewrite(with))), StringOrDynamic, StringOrDynamic, StringOrDynamic)) { Constants = [1, 2] },
        new("split", FirstArgument,
            new Overload(DynamicType, Kernels.Map<string, string, DynamicValue>(DynamicType, (s, d) => Array(Split(s, d))), Text, StringOrDynamic),
            new Overload(DynamicType, Kernels.Map<string, string, long, DynamicValue>(DynamicType, SplitAt), Text, StringOrDynamic, Long)),
        new("trim", None, Regexed((regex, s) => TrimEnd(regex, TrimStart(regex, s)))) { Constants = [0] },
        new("trim_start", None, Regexed(TrimStart)) { Constants = [0] },
        new("trim_end", None, Regexed(TrimEnd)) { Constants = [0] },
        new("countof", None, new Overload(LongType, Kernels.Map<string, string, long>(LongType, CountOf), StringOrDynamic, StringOrDynamic)) { MoreArguments = 3 },
        new("extract", None, Extract) { Constants = [0] },
        new("isascii", None, new Overload(KustoType.Bool, Kernels.Map<string, bool>(KustoType.Bool, s => Ascii.IsValid(s)), Text)),
        new("base64_encode_tostring", None, new Overload(StringType, Kernels.Map<string, string>(StringType, s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s))), StringOrDynamic)),
        new("url_encode_component", None, new Overload(StringType, Kernels.Map<string, string>(StringType, UrlEncode), StringOrDynamic)),
    ];

    private static Overload Map(Func<string, string> function) => new(StringType, Kernels.Map(StringType, function), Text);

    private static Overload Regexed(Func<string, string, string> function) => new(StringType, Kernels.Map(StringType, function), StringOrDynamic, StringOrDynamic);

    // The documentation shows small hexadecimal digits.
    private static string UrlEncode(string text)
    {
        char[] escaped = Uri.EscapeDataString(text).ToCharArray();
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '%') continue;
            escaped[i + 1] = char.ToLowerInvariant(escaped[i + 1]);
            escaped[i + 2] = char.ToLowerInvariant(escaped[i + 2]);
        }

        return new string(escaped);
    }

    private static long CodePoints(string text)
    {
        long count = text.Length;
        foreach (char c in text)
        {
            if (char.IsLowSurrogate(c)) count--;
        }

        return count;
    }

    private static string Reverse(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        var result = new StringBuilder(text.Length);
        for (int i = runes.Length - 1; i >= 0; i--)
            result.Append(runes[i].ToString());
        return result.ToString();
    }

    private static Expression Concat(CallContext call, bool separated)
    {
        call.ExpectCount(separated ? 3 : 1, separated ? 65 : 64);
        Expression[] texts = System.Array.ConvertAll(call.Arguments, Conversion.ToText);
        return KernelExpression.Create(StringType, (arguments, count) =>
        {
            string[][] parts = System.Array.ConvertAll(arguments, a => a.Values<string>());
            var row = new string[separated ? parts.Length - 1 : parts.Length];
            var result = new string[count];
            for (int i = 0; i < count; i++)
            {
                long length = separated ? (long)parts[0][i].Length * row.Length : 0;
                for (int part = 0; part < row.Length; part++)
                {
                    row[part] = parts[separated ? part + 1 : part][i];
                    length += row[part].Length;
                }

                CheckLength(length);
                result[i] = separated ? string.Join(parts[0][i], row) : string.Concat(row);
            }

            return new Vector<string>(StringType, result, count, null);
        }, texts);
    }

    private static string Replace(string text, string old, string with)
    {
        if (old.Length == 0) return text;
        if (with.Length > old.Length) CheckLength((long)text.Length / old.Length * with.Length);
        return text.Replace(old, with, StringComparison.Ordinal);
    }

    private static void CheckLength(long length)
    {
        if (length > MaxLength) throw KqlException.NotSupportedValue($"The local stand-in makes no text of more than {MaxLength} characters.");
    }

    private static string Repeat(string text, long times, string delimiter)
    {
        if (times < 0) throw KqlException.Runtime("strrep(): the multiplier must not be negative.");
        times = Math.Min(times, MaxRepeats);
        CheckLength((text.Length + (long)delimiter.Length) * times);
        return string.Join(delimiter, Enumerable.Repeat(text, (int)times));
    }

    private static string Substring(string text, long start, long length)
    {
        if (start < 0) start = Math.Max(0, start + text.Length);
        if (start >= text.Length || length <= 0) return "";
        return text.Substring((int)start, (int)Math.Min(length, text.Length - start));
    }

    private static string[] Split(string text, string delimiter) =>
        delimiter.Length == 0 ? [text] : text.Split(delimiter, StringSplitOptions.None);

    private static DynamicValue SplitAt(string text, string delimiter, long index)
    {
        string[] parts = Split(text, delimiter);
        return Array(index >= 0 && index < parts.Length ? [parts[index]] : []);
    }

    private static DynamicValue Array(IEnumerable<string> items) => DynamicValue.Of([.. items.Select(i => DynamicValue.Of(i))]);

    private static string TrimStart(string pattern, string text)
    {
        Match match = RegexCache.Get($"^(?:{pattern})+").Match(text);
        return match.Success && match.Length > 0 ? text[match.Length..] : text;
    }

    private static string TrimEnd(string pattern, string text)
    {
        Match match = RegexCache.Get($@"(?:{pattern})+\z").Match(text);
        return match.Success ? text[..match.Index] : text;
    }

    private static long CountOf(string text, string search)
    {
        if (search.Length == 0) return 0;
        long count = 0;
        for (int at = text.IndexOf(search, StringComparison.Ordinal); at >= 0; at = text.IndexOf(search, at + 1, StringComparison.Ordinal))
            count++;
        return count;
    }

    // The service writes \1 where .NET writes $1.
    private static string Rewrite(string with) =>
        Regex.Replace(with.Replace("$", "$$", StringComparison.Ordinal), @"\\(\d)", "$${$1}");

    private static Expression Extract(CallContext call)
    {
        call.ExpectCount(3, 4);
        Expression[] a = call.Arguments;
        if (a[0].Type != StringType || !Conversion.IsInteger(a[1].Type) || a[2].Type is not (StringType or DynamicType))
            throw call.Error("the arguments must be a regular expression, a capture group and a text.");
        Expression text = KernelExpression.Create(StringType, Kernels.Map<string, long, string, string>(StringType, (pattern, group, source) =>
        {
            Match match = RegexCache.Get(pattern).Match(source);
            return match.Success && group >= 0 && group < match.Groups.Count ? match.Groups[(int)group].Value : "";
        }), a[0], Conversion.Widen(a[1], LongType), Conversion.ToText(a[2]));
        if (a.Length == 3) return text;
        return a[3] is TypeOfExpression type
            ? Conversion.To(text, type.Named) ?? throw call.NotSupported($"extract() to {KustoTypes.Name(type.Named)}")
            : throw call.Error("the last argument must be a type: typeof(long).");
    }
}
