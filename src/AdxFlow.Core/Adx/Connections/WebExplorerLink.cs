namespace AdxFlow.Adx;

/// <summary>
/// What people copy out of a browser instead of a cluster's address.
/// Source of the form of links: <see href="https://learn.microsoft.com/kusto/api/rest/deeplink"/>.
/// </summary>
internal static class WebExplorerLink
{
    private static readonly Dictionary<string, string> Suffixes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dataexplorer.azure.com"] = ".kusto.windows.net",
        ["dataexplorer.azure.us"] = ".kusto.usgovcloudapi.net",
        ["dataexplorer.azure.cn"] = ".kusto.chinacloudapi.cn",
    };

    public static bool IsOne(Uri uri) => Suffixes.ContainsKey(uri.Host);

    /// <summary>The cluster and the database of <c>https://dataexplorer.azure.com/clusters/cluster/databases/database</c>; null where it is another page.</summary>
    public static (string Cluster, string? Database)? Read(Uri uri)
    {
        string[] parts = uri.AbsolutePath.Trim('/').Split('/');
        if (parts.Length < 2 || !parts[0].Equals("clusters", StringComparison.OrdinalIgnoreCase) || parts[1].Length == 0)
            return null;

        string cluster = Uri.UnescapeDataString(parts[1]);
        bool isShort = Uri.CheckHostName(cluster) == UriHostNameType.Dns && cluster.Count(letter => letter == '.') <= 1;
        string? database = parts.Length >= 4 && parts[2].Equals("databases", StringComparison.OrdinalIgnoreCase) && parts[3].Length > 0
            ? Uri.UnescapeDataString(parts[3])
            : null;
        return (isShort ? cluster + Suffixes[uri.Host] : cluster, database);
    }

    /// <summary>True for a resource of Azure or a page of its portal: they name a cluster, but not its region or cloud.</summary>
    public static bool IsPortal(string text) =>
        text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("subscriptions/", StringComparison.OrdinalIgnoreCase)
        || text.Contains("/providers/Microsoft.Kusto/", StringComparison.OrdinalIgnoreCase)
        || text.Contains("://portal.azure.", StringComparison.OrdinalIgnoreCase)
        || text.Contains("://ms.portal.azure.", StringComparison.OrdinalIgnoreCase);
}
