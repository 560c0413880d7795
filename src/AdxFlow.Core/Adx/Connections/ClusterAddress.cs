using AdxFlow.Auth;
using AdxFlow.Http;

namespace AdxFlow.Adx;

/// <summary>
/// Reads the ways people write a cluster: its address, its ingestion service's address, <c>cluster.region</c>, or the bare name.
/// </summary>
internal sealed record ClusterAddress(Uri Cluster, Uri Ingestion, string? Database)
{
    private const string IngestPrefix = "ingest-";

    private const string PublicSuffix = ".kusto.windows.net";

    public static ClusterAddress Parse(string text, Uri? ingestion)
    {
        string trimmed = text?.Trim() ?? string.Empty;
        if (!Uri.TryCreate(WithScheme(trimmed), UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw Invalid(trimmed, "it cannot be read as an address.");
        if (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            throw Invalid(trimmed, "it begins with neither https:// nor http://.");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Invalid(trimmed, "an address has no '?' or '#'.");

        // One part behind the host is a database, as in Kusto connection strings; more are the path of a proxy (Log Analytics).
        string path = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/');
        string? database = path.Length > 0 && !path.Contains('/', StringComparison.Ordinal) ? path : null;
        string basePath = database is null ? uri.AbsolutePath.TrimEnd('/') : string.Empty;

        bool prefixed = uri.Host.StartsWith(IngestPrefix, StringComparison.OrdinalIgnoreCase) && uri.Host.Contains('.', StringComparison.Ordinal);
        Uri engine = prefixed ? WithHost(uri, uri.Host[IngestPrefix.Length..], basePath) : WithHost(uri, uri.Host, basePath);
        return new ClusterAddress(engine, ingestion ?? IngestionOf(engine), database);
    }

    /// <summary>The ingestion service beside an engine: <c>ingest-</c> before the name, but not before an address of this machine or a number.</summary>
    private static Uri IngestionOf(Uri engine) =>
        LoopbackHost.IsLoopback(engine) || engine.HostNameType != UriHostNameType.Dns
            ? engine
            : WithHost(engine, IngestPrefix + engine.Host, engine.AbsolutePath.TrimEnd('/'));

    private static Uri WithHost(Uri uri, string host, string path) =>
        // User info stays, so that the check of trust sees it and refuses it.
        new UriBuilder(uri) { Host = host, Path = path, Query = string.Empty, Fragment = string.Empty }.Uri;

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
        new("AdxInvalidCluster", AdxErrorKind.InvalidArgument, $"'{Redaction.Address(text)}' is not a cluster's address: {reason}")
        {
            RecommendedAction = "Give the cluster's URI, such as https://mycluster.westeurope.kusto.windows.net, or just mycluster.westeurope.",
        };
}
