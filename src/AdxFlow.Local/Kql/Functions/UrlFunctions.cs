using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions that take URLs apart.</summary>
/// <remarks>
/// Source: Microsoft Learn, "parse_url()" and "parse_urlquery()". The example there has the path without the slash in front of it;
/// the service keeps it, as the queries of its users show, who compare it with texts such as <c>/api/health</c>.
/// </remarks>
internal static partial class UrlFunctions
{
    private const string Query = "Query Parameters";

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Dynamic("parse_url", ParseUrl),
        Dynamic("parseurl", ParseUrl),
        Dynamic("parse_urlquery", ParseQuery),
        Dynamic("parseurlquery", ParseQuery),
    ];

    private static ScalarFunction Dynamic(string name, Func<string, DynamicValue> function) =>
        new(name, None, new Overload(KustoType.Dynamic, Kernels.Map(KustoType.Dynamic, function), Arg.StringOrDynamic));

    private static DynamicValue ParseUrl(string text)
    {
        Match match = Url().Match(text);
        if (!match.Success) throw Open("parse_url", "of a text that is no absolute URL");
        string host = match.Groups["host"].Value;
        string path = match.Groups["path"].Value;
        if (path.EndsWith('/')) throw Open("parse_url", "of a slash at the end of the path of a URL");
        if ((match.Groups["scheme"].Value + host).Any(char.IsAsciiLetterUpper)) throw Open("parse_url", "of capital letters in a scheme or host");
        if ((path + match.Groups["user"].Value + match.Groups["password"].Value + match.Groups["fragment"].Value).Contains('%', StringComparison.Ordinal))
            throw Open("parse_url", "of percent-encoded characters");
        return DynamicValue.Of(new Dictionary<string, DynamicValue>(StringComparer.Ordinal)
        {
            ["Scheme"] = DynamicValue.Of(match.Groups["scheme"].Value),
            ["Host"] = DynamicValue.Of(host),
            ["Port"] = DynamicValue.Of(match.Groups["port"].Value),
            ["Path"] = DynamicValue.Of(path),
            ["Username"] = DynamicValue.Of(match.Groups["user"].Value),
            ["Password"] = DynamicValue.Of(match.Groups["password"].Value),
            [Query] = Parameters(match.Groups["query"].Value, "parse_url"),
            ["Fragment"] = DynamicValue.Of(match.Groups["fragment"].Value),
        });
    }

    private static DynamicValue ParseQuery(string text) =>
        DynamicValue.Of(new Dictionary<string, DynamicValue>(StringComparer.Ordinal) { [Query] = Parameters(text, "parse_urlquery") });

    private static DynamicValue Parameters(string query, string function)
    {
        var parameters = new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
        foreach (string pair in query.Split('&'))
        {
            if (query.Length == 0) break;
            if (query.AsSpan().IndexOfAny('%', '+', '#') >= 0) throw Open(function, "of encoded characters in the query of a URL");
            string[] parts = pair.Split('=');
            if (parts.Length != 2 || parts[0].Length == 0) throw Open(function, "of a query of a URL that is not of the form a=1&b=2");
            if (!parameters.TryAdd(parts[0], DynamicValue.Of(parts[1]))) throw Open(function, "of a parameter that occurs twice");
        }

        return DynamicValue.Of(parameters);
    }

    private static KqlException Open(string function, string what) => KqlException.NotSupportedValue($"The local stand-in does not know what {function}() makes {what}.");

    [GeneratedRegex(
        @"\A(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?<user>[^/?#:@\s]+)(?::(?<password>[^/?#:@\s]*))?@)?(?<host>[A-Za-z0-9._-]+)(?::(?<port>[0-9]+))?(?<path>/[^?#\s]*)?(?:\?(?<query>[^#\s]*))?(?:#(?<fragment>\S*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}
