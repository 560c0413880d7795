using System.Net;
using AdxFlow.Auth;

namespace AdxFlow.Http;

/// <summary>A proxy for everything but this machine and the link-local address where Azure's identity endpoint lives.</summary>
internal sealed class LoopbackBypassProxy(IWebProxy inner) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => inner.Credentials;
        set => inner.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : inner.GetProxy(destination);

    public bool IsBypassed(Uri host) =>
        LoopbackHost.IsLoopback(host)
        || (IPAddress.TryParse(host.Host, out IPAddress? address) && address.GetAddressBytes() is [169, 254, ..])
        || inner.IsBypassed(host);
}
