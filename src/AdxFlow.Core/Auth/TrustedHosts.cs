using System.Text;
using AdxFlow.Http;

namespace AdxFlow.Auth;

/// <summary>
/// The hosts this module may send a request, a token or data to. It is asked before anything is sent, for every kind of sign-in:
/// a token that the user brought is worth as much to a thief as one we fetched.
/// </summary>
public sealed class TrustedHosts
{
    private readonly string[] _hosts;
    private readonly string[] _suffixes;

    /// <summary>Makes the list of the well-known hosts and some more.</summary>
    /// <param name="additional">Further hosts, each a whole name (<c>adx.contoso.com</c>) or an end with a leading dot (<c>.adx.contoso.com</c>).</param>
    /// <exception cref="AdxException"><c>AdxInvalidTrustedHost</c>: an entry is neither.</exception>
    public TrustedHosts(IEnumerable<string>? additional = null)
    {
        string[] entries = additional?.Select(Checked).ToArray() ?? [];
        _hosts = [.. entries.Where(entry => entry[0] != '.')];
        _suffixes = [.. entries.Where(entry => entry[0] == '.')];
    }

    /// <summary>Refuses an address this module must not send to.</summary>
    /// <param name="uri">An absolute address.</param>
    /// <exception cref="AdxException">
    /// <c>AdxHttpNotAllowed</c>: not https, and not this machine.
    /// <c>AdxHostNotTrusted</c>: not a host of Azure Data Explorer, and none that was added; or there is user info in the address.
    /// </exception>
    public void Require(Uri uri)
    {
        RequireSecure(uri);
        if (!LoopbackHost.IsLoopback(uri) && !IsKnown(uri.Host))
            throw NotTrusted(uri, $"'{uri.Host}' is not a known host of Azure Data Explorer.");
    }

    /// <summary>
    /// Refuses a cluster whose metadata names an authority that is not the one of its own cloud,
    /// or a resource that is not Azure Data Explorer's: either would hand a key or a token to somebody else.
    /// </summary>
    internal void RequireSignIn(Uri cluster, CloudMetadata metadata)
    {
        // A fake authority in a test lives beside its cluster. It cannot sign for anybody else, but not every credential asks it:
        // that of a managed identity or the CLI is Entra's own, so what it is for is checked all the same.
        if (LoopbackHost.IsLoopback(cluster) && LoopbackHost.IsLoopback(metadata.LoginEndpoint))
        {
            RequireSecure(metadata.ServiceResource);
            if (!LoopbackHost.IsLoopback(metadata.ServiceResource) && !IsKnown(metadata.ServiceResource.Host))
                throw OtherResource(cluster, metadata);
            return;
        }

        RequireSecure(metadata.LoginEndpoint);
        RequireSecure(metadata.ServiceResource);
        TrustedCloud? cloud = TrustedCloud.WellKnown.FirstOrDefault(known => known.IsAuthority(metadata.LoginEndpoint));
        bool added = IsAdded(cluster.Host) || LoopbackHost.IsLoopback(cluster);
        if (cloud is null && !IsAdded(metadata.LoginEndpoint.Host))
            throw NotTrusted(metadata.LoginEndpoint, $"'{cluster.Host}' asks to sign in at '{metadata.LoginEndpoint.Host}', which is no known authority.");
        if (cloud is not null && !added && !cloud.Serves(cluster.Host))
            throw NotTrusted(cluster, $"'{cluster.Host}' is not a host of the cloud of '{metadata.LoginEndpoint.Host}', where it asks to sign in.");

        string resource = metadata.ServiceResource.Host;
        if (!IsAdded(resource) && !(cloud?.Serves(resource) ?? false))
            throw OtherResource(cluster, metadata);
    }

    private static AdxException OtherResource(Uri cluster, CloudMetadata metadata) =>
        NotTrusted(metadata.ServiceResource, $"'{cluster.Host}' asks for a token for '{metadata.ServiceResource.Host}', which is not Azure Data Explorer.");

    private static void RequireSecure(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri.UserInfo.Length > 0)
        {
            throw new AdxException("AdxHostNotTrusted", AdxErrorKind.NotTrusted, $"There is a user name or password in the address of '{uri.Host}'. Nothing was sent.")
            {
                RecommendedAction = "Leave it out of the address; Connect-Adx has parameters for every way to sign in.",
            };
        }
        // What is compared here must be what is connected to: a letter that another turns into would part the two.
        if (!Ascii.IsValid(uri.Host))
            throw NotTrusted(uri, $"'{uri.Host}' is written with letters beyond ASCII.");
        if (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && LoopbackHost.IsLoopback(uri)))
            return;

        throw new AdxException("AdxHttpNotAllowed", AdxErrorKind.NotTrusted, $"'{Redaction.Address(uri)}' is not https. Nothing was sent.")
        {
            RecommendedAction = "Use https. Plain http is for this machine only (localhost, 127.0.0.1, [::1]).",
        };
    }

    private static AdxException NotTrusted(Uri uri, string message) =>
        new("AdxHostNotTrusted", AdxErrorKind.NotTrusted, message + " Nothing was sent.")
        {
            RecommendedAction = $"Check the address. If '{uri.Host}' really is yours, name it: Connect-Adx -TrustedHost '{uri.Host}'.",
        };

    private static string Checked(string entry)
    {
        string trimmed = entry?.Trim() ?? string.Empty;
        string host = trimmed.StartsWith('.') ? trimmed[1..] : trimmed;
        // A whole top-level domain, a wildcard or an address with scheme is surely not what is meant.
        bool valid = Uri.CheckHostName(host) != UriHostNameType.Unknown && (!trimmed.StartsWith('.') || host.Contains('.', StringComparison.Ordinal));
        return valid
            ? trimmed
            : throw new AdxException("AdxInvalidTrustedHost", AdxErrorKind.InvalidArgument, $"'{trimmed}' is not a host name.")
            {
                RecommendedAction = "Give a whole host name (adx.contoso.com), or an end with a leading dot (.adx.contoso.com).",
            };
    }

    private bool IsKnown(string host) => IsAdded(host) || TrustedCloud.WellKnown.Any(cloud => cloud.Serves(host));

    // Whoever trusts an engine by its name trusts its ingestion service, and the other way round.
    private bool IsAdded(string host) =>
        HostRule.Matches(host, _suffixes, _hosts) || HostRule.Matches(IngestionHost.Counterpart(host), [], _hosts);
}
