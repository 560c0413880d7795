using System.Globalization;

namespace AdxFlow.Flow;

/// <summary>
/// Words of Flow Service's queries.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/dataflows/api/sort-and-filter"/>.
/// </summary>
internal static class FlowFilter
{
    /// <summary>The mode of a request that makes a draft.</summary>
    public const string Draft = "draft";

    /// <summary>The action that turns a draft into what it is a draft of.</summary>
    public const string Publish = "publish";

    /// <summary>How many come at a time; the service gives no more.</summary>
    public const string PageSize = "100";

    /// <summary>Newest first.</summary>
    public const string NewestFirst = "-createdAt";

    /// <summary>A property is this, or one of these.</summary>
    public static string Equals(string property, params string[] values) => $"{property}=={string.Join(',', values)}";

    /// <summary>A time is after this one.</summary>
    public static string After(string property, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{property}>{time.ToUnixTimeMilliseconds()}");

    /// <summary>A time is before this one.</summary>
    public static string Before(string property, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{property}<{time.ToUnixTimeMilliseconds()}");
}
