namespace AdxFlow.Http;

/// <summary>Reads the address of a proxy as people write it, and refuses what is none.</summary>
internal static class ProxyAddress
{
    // What SocketsHttpHandler speaks.
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>The proxy's origin. Without a scheme it is an http proxy, as everywhere.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidProxy</c>: it is no address of a proxy, or holds a user name or password.</exception>
    public static Uri Checked(Uri proxy)
    {
        string text = proxy.OriginalString.Trim();
        string whole = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out Uri? address) || address.Host.Length == 0)
            throw Invalid("The proxy's address cannot be read.");
        // It would stand in the history, in logs and in the errors of .NET.
        if (address.UserInfo.Length > 0)
        {
            throw new AdxException("AdxInvalidProxy", AdxErrorKind.InvalidArgument, $"The address of the proxy '{address.Host}' holds a user name or password. Nothing was sent.")
            {
                RecommendedAction = "Leave it out of -Proxy, and give it as -ProxyCredential (Get-Credential).",
            };
        }
        if (!Schemes.Contains(address.Scheme))
            throw Invalid($"'{address.Scheme}' is no kind of proxy.");
        if (address.PathAndQuery != "/" || address.Fragment.Length > 0)
            throw Invalid($"The address of the proxy '{address.Host}' has a path. A configuration script (PAC) is set in the system, not here.");

        return new Uri(address.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>A proxy as it may be shown: host and port.</summary>
    public static string Shown(Uri proxy) => $"{proxy.Host}:{proxy.Port}";

    private static AdxException Invalid(string message) => new("AdxInvalidProxy", AdxErrorKind.InvalidArgument, message + " Nothing was sent.")
    {
        RecommendedAction = "Give the proxy's scheme, host and port, such as -Proxy http://proxy.contoso.com:8080. http, https, socks4, socks4a and socks5 are understood.",
    };
}
