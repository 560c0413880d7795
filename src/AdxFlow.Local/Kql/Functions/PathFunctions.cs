using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Takes paths of files apart, of the forms of which the documentation has examples.</summary>
/// <remarks>Source: Microsoft Learn, "parse_path()".</remarks>
internal static partial class PathFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
        [new("parse_path", None, new Overload(KustoType.Dynamic, Kernels.Map<string, DynamicValue>(KustoType.Dynamic, Parse), Arg.StringOrDynamic))];

    private static DynamicValue Parse(string path)
    {
        Match match = Path().Match(path);
        string directory = match.Groups["directory"].Value;
        string root = match.Groups["root"].Value;
        string file = match.Groups["file"].Value;
        bool isKnown = match.Success && file[0] != '.' && file[^1] != '.'
            && (match.Groups["slash"].Length == 0 || (directory.Length > root.Length && directory.Trim('/', '\\').Length > 0))
            && (match.Groups["scheme"].Length == 0 || root.Length > 0);
        if (!isKnown)
            throw KqlException.NotSupportedValue("The local stand-in knows what parse_path() makes of folder/file.ext, with or without a drive or a share in front, and of nothing else.");
        int dot = file.LastIndexOf('.');
        return DynamicValue.Of(new Dictionary<string, DynamicValue>(StringComparer.Ordinal)
        {
            ["Scheme"] = DynamicValue.Of(match.Groups["scheme"].Value),
            ["RootPath"] = DynamicValue.Of(root),
            ["DirectoryPath"] = DynamicValue.Of(directory),
            ["DirectoryName"] = DynamicValue.Of(directory[(directory.LastIndexOfAny(['/', '\\']) + 1)..]),
            ["Filename"] = DynamicValue.Of(file),
            ["Extension"] = DynamicValue.Of(dot < 0 ? "" : file[(dot + 1)..]),
            ["AlternateDataStreamName"] = DynamicValue.Of(match.Groups["stream"].Value),
        });
    }

    // A share is part of the directory; a question mark is that of a long path.
    [GeneratedRegex(
        @"\A(?:(?<scheme>file)://(?=[A-Za-z]:))?(?<directory>(?:(?<root>[A-Za-z]:)(?=[/\\])|\\\\(?=[^/\\:?]+\\))?(?:[/\\]?[^/\\:?\r\n]+)*?)(?<slash>[/\\]?)(?<file>[^/\\:?\r\n]+)(?::(?<stream>[^/\\:\r\n]+))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Path();
}
