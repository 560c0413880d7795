using System.Globalization;
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
            new Overload(LongType, Kernels.Map<string, string, long>(LongType, (s, match) => s.IndexOf(match, StringComparison.Ordinal)), Text, Text),
            new Overload(LongType, Kernels.Map<string, string, long, long>(LongType, (s, match, start) => IndexOf(s, match, start, -1, 1)), Text, Text, Long),
            new Overload(LongType, IndexOf, Text, Text, Long, Long),
            new Overload(LongType, IndexOf, Text, Text, Long, Long, Long)),
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
        new("countof", None, Count) { Constants = [2] },
        new("tohex", FirstArgument,
            new Overload(StringType, Kernels.Map<int, string>(StringType, v => v.ToString("x", CultureInfo.InvariantCulture)), Int),
            new Overload(StringType, Kernels.Map<long, string>(StringType, v => v.ToString("x", CultureInfo.InvariantCulture)), Long),
            new Overload(StringType, Kernels.Map<int, long, string>(StringType, (v, n) => Padded(v.ToString("x", CultureInfo.InvariantCulture), n)), Int, Long),
            new Overload(StringType, Kernels.Map<long, long, string>(StringType, (v, n) => Padded(v.ToString("x", CultureInfo.InvariantCulture), n)), Long, Long)),
        new("extract", None, Extract) { Constants = [0] },
        new("isascii", None, new Overload(KustoType.Bool, Kernels.Map<string, bool>(KustoType.Bool, s => Ascii.IsValid(s)), Text)),
    ];

    /// <summary>The texts with the delimiter between them, unless that is longer than anybody could read.</summary>
    public static string Join(string delimiter, IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        CheckLength(all.Sum(t => (long)t.Length) + ((long)delimiter.Length * all.Length));
        return string.Join(delimiter, all);
    }

    private static Overload Map(Func<string, string> function) => new(StringType, Kernels.Map(StringType, function), Text);

    private static Overload Regexed(Func<string, string, string> function) => new(StringType, Kernels.Map(StringType, function), StringOrDynamic, StringOrDynamic);

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

    private static string Padded(string hex, long length) => length is >= 1
        ? hex.PadLeft((int)Math.Min(length, 16), '0')
        : throw KqlException.NotSupportedValue("The local stand-in knows the lengths 1 to 16 of tohex().");

    private static Vector IndexOf(Vector[] arguments, int count)
    {
        var result = new ResultColumn<long>(LongType, count);
        for (int i = 0; i < count; i++)
        {
            long length = arguments[3].IsNull(i) ? -2 : arguments[3].Values<long>()[i];
            long occurrence = arguments.Length < 5 ? 1 : arguments[4].IsNull(i) ? -1 : arguments[4].Values<long>()[i];
            if (arguments[2].IsNull(i) || occurrence < 0 || length < -1)
                result.SetNull(i);
            else
                result.Items[i] = IndexOf(arguments[0].Values<string>()[i], arguments[1].Values<string>()[i], arguments[2].Values<long>()[i], length, occurrence);
        }

        return result.Build();
    }

    // A negative start counts from the end, as the page's parameters and example have it; its remarks call it null. By its
    // examples the length counts anew behind each occurrence.
    private static long IndexOf(string text, string match, long start, long length, long occurrence)
    {
        if (occurrence == 0 || match.Length == 0) throw KqlException.NotSupportedValue("The local stand-in does not know what indexof() makes of an empty text, or of the occurrence 0, with a place to start from.");
        if (start < 0) start = Math.Max(0, start + text.Length);
        if (start > text.Length) return -1;
        while (true)
        {
            int within = (int)(length < 0 ? text.Length - start : Math.Min(length, text.Length - start));
            int at = text.IndexOf(match, (int)start, within, StringComparison.Ordinal);
            if (at < 0 || --occurrence == 0) return at;
            start = at + 1;
        }
    }

    private static Expression Count(CallContext call)
    {
        call.ExpectCount(2, 3);
        if (!call.Arguments.All(a => a.Type is StringType or DynamicType)) throw call.Error("a string expected.");
        string kind = call.Arguments.Length < 3 ? "normal" : call.Arguments[2] is ConstantExpression { Value: string given } ? given : "";
        Func<string, string, long> count = kind switch
        {
            "normal" => CountOf,
            "regex" => static (text, search) => RegexCache.Get(search).Count(text),
            _ => throw call.Error("the kind must be one of the values: normal or regex."),
        };
        return KernelExpression.Create(LongType, Kernels.Map(LongType, count), Conversion.ToText(call.Arguments[0]), Conversion.ToText(call.Arguments[1]));
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
