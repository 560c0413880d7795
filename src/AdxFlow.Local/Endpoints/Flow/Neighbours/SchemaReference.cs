namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>Reads which version of a schema is meant: a content type with a version, or a version alone.</summary>
internal static class SchemaReference
{
    /// <summary>The major version, such as <c>1</c>; empty where none is told.</summary>
    public static string MajorVersion(string? text)
    {
        if (text is null) return "";
        int at = text.IndexOf("version=", StringComparison.Ordinal);
        string version = at < 0 ? text.Contains('/', StringComparison.Ordinal) ? "" : text : text[(at + "version=".Length)..];
        return version.Trim().Split('.')[0];
    }
}
