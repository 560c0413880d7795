using AdxFlow.Adx;

namespace AdxFlow;

/// <summary>
/// Links that open a query in a web browser. Whoever opens one signs in as themselves; it holds no right.
/// Source: <see href="https://learn.microsoft.com/kusto/api/rest/deeplink"/>.
/// </summary>
public sealed class AdxDeepLink
{
    private const string PublicSuffix = ".kusto.windows.net";

    private AdxDeepLink(Uri cluster, string? database, string query)
    {
        Cluster = cluster;
        Database = database;
        Query = query;
    }

    /// <summary>The cluster.</summary>
    public Uri Cluster { get; }

    /// <summary>The database; null where the link names none.</summary>
    public string? Database { get; }

    /// <summary>The query or command. The tools run a query when the link is opened, and never a command.</summary>
    public string Query { get; }

    /// <summary>
    /// The link through the cluster, which redirects to the web explorer of its cloud. Add <c>&amp;web=0</c> for Kusto.Explorer on Windows.
    /// The query is in it as text, or compressed where that would be long.
    /// </summary>
    public string Link => $"{Cluster.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}/{Segment(Database)}?query={DeepLinkText.Encode(Query)}";

    /// <summary>The link to the web explorer itself; null for a cluster outside of the public cloud, whose explorer is elsewhere.</summary>
    public string? WebLink
    {
        get
        {
            if (!Cluster.Host.EndsWith(PublicSuffix, StringComparison.OrdinalIgnoreCase))
                return null;
            string database = Database is null ? string.Empty : "/databases/" + Segment(Database);
            return $"https://dataexplorer.azure.com/clusters/{Cluster.Host[..^PublicSuffix.Length]}{database}?query={DeepLinkText.Encode(Query)}";
        }
    }

    /// <summary>Makes the links of a query.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="database">The database; null to leave it to the tool.</param>
    /// <param name="query">The query or command.</param>
    /// <returns>The links.</returns>
    public static AdxDeepLink Create(Uri cluster, string? database, string query)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentException.ThrowIfNullOrEmpty(query);
        return new AdxDeepLink(cluster, database, query);
    }

    /// <summary>Reads a link of either form: what query it holds, and for where.</summary>
    /// <param name="link">The link.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidLink</c>: it is no such link, or its query cannot be unpacked.</exception>
    public static AdxDeepLink Parse(Uri link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (!link.IsAbsoluteUri || link.Scheme is not ("http" or "https"))
            throw Invalid("it is no web address");

        string? encoded = link.Query.TrimStart('?').Split('&').FirstOrDefault(static part => part.StartsWith("query=", StringComparison.OrdinalIgnoreCase));
        string query = DeepLinkText.Decode(encoded is null ? throw Invalid("it has no query") : encoded["query=".Length..]) ?? throw Invalid("its query cannot be unpacked");
        string[] path = [.. link.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        if (path is not ["clusters", var cluster, ..])
            return new AdxDeepLink(new Uri(link.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)), path.FirstOrDefault(), query);

        string host = cluster.EndsWith(PublicSuffix, StringComparison.OrdinalIgnoreCase) ? cluster : cluster + PublicSuffix;
        return Uri.TryCreate($"https://{host}", UriKind.Absolute, out Uri? address)
            ? new AdxDeepLink(address, path is [_, _, "databases", var database, ..] ? database : null, query)
            : throw Invalid($"'{cluster}' is no cluster");
    }

    /// <summary>The link through the cluster.</summary>
    /// <returns><see cref="Link"/>.</returns>
    public override string ToString() => Link;

    private static string Segment(string? name) => name is null ? string.Empty : Uri.EscapeDataString(name);

    private static AdxException Invalid(string reason) =>
        new("AdxInvalidLink", AdxErrorKind.InvalidArgument, $"This is no deep link of a query: {reason}.") { RecommendedAction = "Copy the whole link." };
}
