namespace AdxFlow.Local.Endpoints;

/// <summary>Reads query strings without the listener's guesses about encodings.</summary>
internal static class UrlQuery
{
    public static IReadOnlyDictionary<string, string> Parse(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in Pairs(query))
            values[name] = value;
        return values;
    }

    /// <summary>The parameters in order, for those that may come more than once.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string query)
    {
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? pair : pair[..equals];
            string value = equals < 0 ? "" : pair[(equals + 1)..];
            yield return (Unescape(name), Unescape(value));
        }
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
