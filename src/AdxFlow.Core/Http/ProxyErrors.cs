using System.Net;

namespace AdxFlow.Http;

/// <summary>Says of a request that did not get through a proxy what the proxy did.</summary>
internal static class ProxyErrors
{
    /// <summary>The error, where it is the proxy's doing; else null.</summary>
    public static AdxException? From(Exception failure, Uri proxy, Uri address)
    {
        string shown = ProxyAddress.Shown(proxy);
        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refused => Refused(refused, shown, address.Host),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => Unreachable(failure, shown),
            _ when ConnectFailures.IsConnectTimeout(failure) => Unreachable(failure, shown),
            _ => null,
        };
    }

    // The exception of .NET is left behind: its text shows the proxy's address as it is, with a password that came from the environment.
    private static AdxException Refused(HttpRequestException refused, string proxy, string host) => refused.StatusCode switch
    {
        HttpStatusCode.ProxyAuthenticationRequired => new AdxException("AdxProxyAuthenticationFailed", AdxErrorKind.AuthenticationFailed, $"The proxy '{proxy}' asks who you are, or does not accept the credential it got (407). '{host}' was not reached.")
        {
            IsPermanent = true,
            RecommendedAction = "Give the name and password that the proxy knows: Connect-Adx -Proxy … -ProxyCredential (Get-Credential).",
        },
        { } status and (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout) => new AdxException("AdxProxyFailed", AdxErrorKind.ConnectionFailed, $"The proxy '{proxy}' did not reach '{host}' ({(int)status}).")
        {
            RecommendedAction = "Check the cluster's address, and that the cluster is running: one that is stopped cannot be reached.",
        },
        { } status => new AdxException("AdxProxyFailed", AdxErrorKind.ConnectionFailed, $"The proxy '{proxy}' refuses the way to '{host}' ({(int)status}).")
        {
            IsPermanent = true,
            RecommendedAction = $"Have whoever runs the proxy allow CONNECT to '{host}', or give another one with -Proxy.",
        },
        null => new AdxException("AdxProxyFailed", AdxErrorKind.ConnectionFailed, $"The proxy '{proxy}' did not open the way to '{host}'.")
        {
            RecommendedAction = "Check -Proxy and -ProxyCredential: the scheme, host and port must be those of a proxy.",
        },
    };

    private static AdxException Unreachable(Exception failure, string proxy) =>
        new("AdxProxyFailed", AdxErrorKind.ConnectionFailed, $"The proxy '{proxy}' cannot be reached: {ConnectFailures.Reason(failure)}. Nothing was sent.")
        {
            RecommendedAction = "Check the host and port of -Proxy. Without it the system's own setting holds (HTTPS_PROXY, NO_PROXY).",
        };
}
