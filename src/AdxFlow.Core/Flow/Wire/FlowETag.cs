namespace AdxFlow.Flow;

/// <summary>
/// Versions of entities. Their value has quotes of its own, and If-Match without them is refused like an old version
/// (412, FLOW-1404-412).
/// </summary>
internal static class FlowETag
{
    /// <summary>A version as If-Match takes it, whether or not it was copied with its quotes.</summary>
    public static string Quoted(string etag)
    {
        string bare = etag.Trim();
        return bare is "*" || bare.StartsWith('"') || bare.StartsWith("W/", StringComparison.Ordinal) ? bare : $"\"{bare.Trim('"')}\"";
    }
}
