namespace AdxFlow.Auth;

/// <summary>The names of an engine's host and of its ingestion service's: they differ by <c>ingest-</c> at the beginning.</summary>
internal static class IngestionHost
{
    public const string Prefix = "ingest-";

    /// <summary>The engine's host, whichever of the two is given.</summary>
    public static string Without(Uri uri)
    {
        string host = uri.Host;
        while (uri.HostNameType == UriHostNameType.Dns && IsPrefixed(host))
            host = host[Prefix.Length..];
        return host;
    }

    /// <summary>The other one of the two.</summary>
    public static string Counterpart(string host) => IsPrefixed(host) ? host[Prefix.Length..] : Prefix + host;

    // A name of one label stays as it is: nobody knows whether it is a service's.
    private static bool IsPrefixed(string host) =>
        host.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && host.IndexOf('.', StringComparison.Ordinal) > Prefix.Length;
}
