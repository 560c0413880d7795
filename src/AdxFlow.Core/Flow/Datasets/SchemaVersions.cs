using System.Globalization;

namespace AdxFlow.Flow;

/// <summary>
/// The media types by which services name a schema's version. They differ in how much of the schema is written out; the number is what counts.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/xdm/api/getting-started"/>.
/// </summary>
internal static class SchemaVersions
{
    private const string Version = "version=";

    /// <summary>The schema with everything it refers to in it.</summary>
    public static string ContentType(int major) => string.Create(CultureInfo.InvariantCulture, $"application/vnd.adobe.xed-full+json;version={major}");

    /// <summary>The same as an Accept header, which has a space there.</summary>
    public static string Accept(int major) => string.Create(CultureInfo.InvariantCulture, $"application/vnd.adobe.xed-full+json; version={major}");

    /// <summary>The schema as it was composed, which datasets name.</summary>
    public static string DatasetContentType(int major) => string.Create(CultureInfo.InvariantCulture, $"application/vnd.adobe.xed+json;version={major}");

    /// <summary>The major version of a media type, or of a bare version such as <c>1.3</c>; 1 where it says none.</summary>
    public static int Major(string? text)
    {
        if (text is null)
            return 1;
        int at = text.IndexOf(Version, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> number = at < 0 ? text : text.AsSpan(at + Version.Length);
        int end = number.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? number : number[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : 1;
    }
}
