using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Looks for a nested key of a bag by its path: <c>$.a.b</c>, <c>$['a b'].c</c>, without indexes of arrays.</summary>
/// <remarks>Source: Microsoft Learn, "bag_has_key()" and "JSONPath syntax".</remarks>
internal static class BagPath
{
    /// <summary>True where the path leads to a key, whatever its value. False for a text that is no path.</summary>
    public static bool Exists(DynamicValue bag, string path)
    {
        if (path.Length < 2 || path[0] != '$') return false;
        DynamicValue? current = bag;
        int at = 1;
        while (at < path.Length)
        {
            if (NextKey(path, ref at) is not { } key) return false;
            if (current?.AsObject() is not { } keys || !keys.TryGetValue(key, out DynamicValue? value)) return false;
            current = value;
        }

        return true;
    }

    private static string? NextKey(string path, ref int at)
    {
        if (path[at] == '.' && at + 1 < path.Length && path[at + 1] == '[') at++;
        int start = at + 1;
        if (path[at] == '.')
        {
            int end = path.AsSpan(start).IndexOfAny('.', '[');
            at = end < 0 ? path.Length : start + end;
            return at > start ? path[start..at] : null;
        }

        if (path[at] != '[' || start >= path.Length || path[start] is not ('\'' or '"')) return null;
        int close = path.IndexOf(path[start] + "]", start + 1, StringComparison.Ordinal);
        if (close < 0) return null;
        at = close + 2;
        return path[(start + 1)..close];
    }
}
