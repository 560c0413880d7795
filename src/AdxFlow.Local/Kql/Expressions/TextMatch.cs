namespace AdxFlow.Local.Kql.Expressions;

/// <summary>The string operators on single values.</summary>
/// <remarks>Source: Microsoft Learn, "String operators". A term is a maximal sequence of alphanumeric characters.</remarks>
internal static class TextMatch
{
    /// <summary>The predicate of an operator (without its <c>!</c>), or null where it is none.</summary>
    public static Func<string, string, bool>? Find(string name) => name switch
    {
        "=~" => static (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase),
        "contains" => static (a, b) => a.Contains(b, StringComparison.OrdinalIgnoreCase),
        "contains_cs" => static (a, b) => a.Contains(b, StringComparison.Ordinal),
        "startswith" => static (a, b) => a.StartsWith(b, StringComparison.OrdinalIgnoreCase),
        "startswith_cs" => static (a, b) => a.StartsWith(b, StringComparison.Ordinal),
        "endswith" => static (a, b) => a.EndsWith(b, StringComparison.OrdinalIgnoreCase),
        "endswith_cs" => static (a, b) => a.EndsWith(b, StringComparison.Ordinal),
        "has" => static (a, b) => HasTerm(a, b, StringComparison.OrdinalIgnoreCase, atStart: true, atEnd: true),
        "has_cs" => static (a, b) => HasTerm(a, b, StringComparison.Ordinal, atStart: true, atEnd: true),
        "hasprefix" => static (a, b) => HasTerm(a, b, StringComparison.OrdinalIgnoreCase, atStart: true, atEnd: false),
        "hasprefix_cs" => static (a, b) => HasTerm(a, b, StringComparison.Ordinal, atStart: true, atEnd: false),
        "hassuffix" => static (a, b) => HasTerm(a, b, StringComparison.OrdinalIgnoreCase, atStart: false, atEnd: true),
        "hassuffix_cs" => static (a, b) => HasTerm(a, b, StringComparison.Ordinal, atStart: false, atEnd: true),
        _ => null,
    };

    // An occurrence counts where it does not begin or end inside of a term.
    private static bool HasTerm(string text, string term, StringComparison comparison, bool atStart, bool atEnd)
    {
        if (term.Length == 0) return true;
        for (int from = 0; from <= text.Length - term.Length; from++)
        {
            from = text.IndexOf(term, from, comparison);
            if (from < 0) return false;
            int end = from + term.Length;
            bool startsInside = atStart && from > 0 && char.IsLetterOrDigit(term[0]) && char.IsLetterOrDigit(text[from - 1]);
            bool endsInside = atEnd && end < text.Length && char.IsLetterOrDigit(term[^1]) && char.IsLetterOrDigit(text[end]);
            if (!startsInside && !endsInside) return true;
        }

        return false;
    }
}
