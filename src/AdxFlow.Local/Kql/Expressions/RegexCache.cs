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

    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <summary>An expression as queries have it.</summary>
    public static Regex Get(string pattern)
    {
        if (Compiled.TryGetValue(pattern, out Regex? regex)) return regex;
        regex = Compile(pattern, RegexDialect.Translate(pattern), RegexOptions.None);
        if (Compiled.Count >= Capacity) Compiled.Clear();
        Compiled[pattern] = regex;
        return regex;
    }

    /// <summary>An expression of .NET, made for <paramref name="pattern"/>, which errors name.</summary>
    public static Regex Compile(string pattern, string translated, RegexOptions options)
    {
        try
        {
            return new Regex(translated, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw KqlException.Runtime($"The regular expression '{pattern}' is invalid, or uses what the local stand-in lacks: {error.Message}");
        }
    }
}
