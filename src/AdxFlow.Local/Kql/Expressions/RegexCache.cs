using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>
/// Regular expressions, compiled once. They run in time linear in the text, as the service's do; what needs backtracking
/// (look-around, back-references) does not exist in its dialect either.
/// </summary>
internal static class RegexCache
{
    private const int Capacity = 200;

    private static readonly ConcurrentDictionary<(string Pattern, RegexOptions Options), Regex> Compiled = new();

    public static Regex Get(string pattern, RegexOptions options = RegexOptions.None)
    {
        if (Compiled.TryGetValue((pattern, options), out Regex? regex)) return regex;
        try
        {
            regex = new Regex(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw KqlException.Runtime($"The regular expression '{pattern}' is invalid, or uses what the local stand-in lacks: {error.Message}");
        }

        if (Compiled.Count >= Capacity) Compiled.Clear();
        Compiled[(pattern, options)] = regex;
        return regex;
    }
}
