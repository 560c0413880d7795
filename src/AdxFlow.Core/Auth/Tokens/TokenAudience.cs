namespace AdxFlow.Auth;

/// <summary>Whom a token is for. One for another service is refused by the cluster, and is worth something to whoever runs it.</summary>
internal static class TokenAudience
{
    /// <summary>Azure Data Explorer's own application; tokens of version 2 name it instead of an address.</summary>
    private const string KustoApplication = "2746ea77-4702-4b45-80ca-3c97e680e8b7";

    /// <summary>True where the audience is Azure Data Explorer's resource, its application, or this cluster itself.</summary>
    public static bool IsFor(string audience, Uri cluster, Uri resource)
    {
        if (audience.Equals(KustoApplication, StringComparison.OrdinalIgnoreCase) || audience.Equals("api://" + KustoApplication, StringComparison.OrdinalIgnoreCase))
            return true;
        if (!Uri.TryCreate(audience, UriKind.Absolute, out Uri? address))
            return false;

        return IsHostOf(address, resource) || IsHostOf(address, cluster) || IsHostOf(address, "api.kusto.windows.net") || IsHostOf(address, "kusto.kusto.windows.net");
    }

    private static bool IsHostOf(Uri audience, Uri other) => IsHostOf(audience, other.Host);

    private static bool IsHostOf(Uri audience, string host) => audience.Host.Equals(host, StringComparison.OrdinalIgnoreCase);
}
