using AdxFlow.Auth;

namespace AdxFlow.Adx;

/// <summary>
/// Reads the ways people write a cluster: its address, its ingestion service's address, <c>cluster.region</c>, the bare name,
/// <c>@cluster/database</c>, or a link to the web explorer.
/// </summary>
/// <param name="Cluster">The engine.</param>
/// <param name="Ingestion">The ingestion service; the engine's own address where there is none beside it.</param>
/// <param name="Database">The database, where the text names one.</param>
internal sealed record ClusterAddress(Uri Cluster, Uri Ingestion, string? Database)
{
    private const string PublicSuffix = ".kusto.windows.net";

    public static ClusterAddress Parse(string? text, Uri? ingestion)
    {
        string trimmed = Trimmed(text);
        if (WebExplorerLink.IsPortal(trimmed))
            throw Invalid(trimmed, "it is a resource of Azure or a page of its portal.");

        Uri uri = Read(trimmed.StartsWith('@') ? trimmed[1..] : trimmed);
        if (WebExplorerLink.IsOne(uri))
        {
            (string cluster, string? linked) = WebExplorerLink.Read(uri) ?? throw Invalid(trimmed, "it is a page of the web explorer that names no cluster.");
            Uri target = Read(cluster);
            // A link to a link would go round and round.
            return WebExplorerLink.IsOne(target) ? throw Invalid(trimmed, "it links to another page.") : Of(target, ingestion, linked, trimmed);
        }

        return Of(uri, ingestion, null, trimmed);
    }

    private static ClusterAddress Of(Uri uri, Uri? ingestion, string? linkedDatabase, string text)
    {
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Invalid(text, "an address has no '?' or '#'.");

        // One part behind the host is a database, as in Kusto connection strings; more are the path of a proxy (Azure Monitor).
        string path = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/');
        bool isPath = path.Contains('/', StringComparison.Ordinal);
        if (isPath && uri.Host.Contains(".kusto.", StringComparison.OrdinalIgnoreCase))
            throw Invalid(text, "there is more behind the host than a database.");

        string basePath = isPath ? uri.AbsolutePath.TrimEnd('/') : string.Empty;
        Uri engine = WithHost(uri, IngestionHost.Without(uri), basePath);
        string? database = linkedDatabase ?? (isPath || path.Length == 0 ? null : path);
        return new ClusterAddress(engine, ingestion is null ? IngestionOf(engine) : WithHost(Read(Trimmed(ingestion.OriginalString)), null, string.Empty), database);
    }

    private static Uri Read(string text)
    {
        if (!Uri.TryCreate(WithScheme(text), UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw Invalid(text, "it cannot be read as an address.");
        return uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp ? uri : throw Invalid(text, "it begins with neither https:// nor http://.");
    }

    /// <summary>
    /// The ingestion service beside an engine: <c>ingest-</c> before the name. An address of this machine or a number has none,
    /// nor has a host that is known by its whole name: those are proxies to other stores, which one only queries.
    /// </summary>
    private static Uri IngestionOf(Uri engine) =>
        LoopbackHost.IsLoopback(engine) || engine.HostNameType != UriHostNameType.Dns || TrustedCloud.IsQueryProxy(engine.Host)
            ? engine
            : WithHost(engine, IngestionHost.Prefix + engine.Host, engine.AbsolutePath.TrimEnd('/'));

    private static Uri WithHost(Uri uri, string? host, string path) =>
        // User info stays, so that the check of trust sees it and refuses it.
        new UriBuilder(uri) { Host = host ?? uri.Host, Path = path, Query = string.Empty, Fragment = string.Empty }.Uri;

    /// <summary>Without the quotes and spaces that come along when one copies.</summary>
    private static string Trimmed(string? text) => text?.Trim().Trim('"', '\'', '“', '”', '‘', '’', '<', '>').Trim() ?? string.Empty;

    private static string WithScheme(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            return text;

        string host = text.Split('/', ':')[0];
        if (Uri.TryCreate("http://" + text, UriKind.Absolute, out Uri? local) && LoopbackHost.IsLoopback(local))
            return "http://" + text;

        // "help" and "mycluster.westeurope" are how the portal and people name clusters of the public cloud.
        bool isShort = Uri.CheckHostName(host) == UriHostNameType.Dns && host.Count(letter => letter == '.') <= 1;
        return isShort ? $"https://{host}{PublicSuffix}{text[host.Length..]}" : "https://" + text;
    }

    private static AdxException Invalid(string text, string reason) =>
        new("AdxInvalidCluster", AdxErrorKind.InvalidArgument, $"'{ConnectionString.Shown(text)}' is not a cluster's address: {reason}")
        {
            RecommendedAction = "Give the cluster's URI as its overview page shows it, such as https://mycluster.westeurope.kusto.windows.net, or just mycluster.westeurope.",
        };
}
