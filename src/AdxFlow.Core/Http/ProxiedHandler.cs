using System.Net;

namespace AdxFlow.Http;

/// <summary>
/// The sockets under all pipelines. It tells a proxy that fails from a service that does: what .NET throws names the
/// service's host for both, and may show the proxy's password.
/// </summary>
internal sealed class ProxiedHandler : DelegatingHandler
{
    private readonly LoopbackBypassProxy _proxy;

    private ProxiedHandler(SocketsHttpHandler sockets, LoopbackBypassProxy proxy)
        : base(sockets)
    {
        _proxy = proxy;
    }

    public static ProxiedHandler Create(TransportSettings settings)
    {
        // A credential without an address is for the proxy that the system knows.
        IWebProxy inner = settings.Proxy is null ? HttpClient.DefaultProxy : new WebProxy(settings.Proxy);
        var proxy = new LoopbackBypassProxy(inner, settings.ProxyCredential);
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = proxy,
            UseProxy = true,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 64,
            ConnectTimeout = settings.ConnectTimeout,
            // Shorter than any server keeps an idle connection (the stand-in 15 s): one that both ends give up at the same moment
            // breaks a request that may not be repeated.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            // A cluster behind a moving DNS name is found again after this.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        sockets.SslOptions.CertificateChainPolicy = settings.ServerCertificates;
        return new ProxiedHandler(sockets, proxy);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return base.Send(request, cancellationToken);
        }
        catch (Exception failure) when (Explain(failure, request) is { } error)
        {
            throw error;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception failure) when (Explain(failure, request) is { } error)
        {
            throw error;
        }
    }

    private AdxException? Explain(Exception failure, HttpRequestMessage request) =>
        request.RequestUri is { } address && _proxy.GetProxy(address) is { } proxy ? ProxyErrors.From(failure, proxy, address) : null;
}
