using System.Globalization;

namespace AdxFlow.Flow;

/// <summary>
/// Conditions of a list's <c>property</c> parameter. Source:
/// <see href="https://experienceleague.adobe.com/docs/experience-platform/dataflows/api/sort-and-filter.html"/>.
/// </summary>
internal static class FlowFilter
{
    /// <summary>A field that is one of the values.</summary>
    public static string Equal(string field, params string[] values) => $"{field}=={string.Join(',', values)}";

    /// <summary>A field that is a text, which may have commas and blanks in it; null where it cannot be said, and the list must be looked through.</summary>
    public static string? EqualText(string field, string text) => text.Contains('"', StringComparison.Ordinal) ? null : $"{field}==\"{text}\"";

    /// <summary>A time that is later.</summary>
    public static string After(string field, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{field}>{time.ToUnixTimeMilliseconds()}");

    /// <summary>A time that is earlier.</summary>
    public static string Before(string field, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{field}<{time.ToUnixTimeMilliseconds()}");
}
