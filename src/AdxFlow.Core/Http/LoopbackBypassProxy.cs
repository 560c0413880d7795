using System.Net;
using AdxFlow.Auth;

namespace AdxFlow.Http;

/// <summary>
/// A proxy for everything but this machine and the endpoints where Azure hands out identities: those belong to this machine,
/// and what they answer is a token that no proxy should see.
/// </summary>
internal sealed class LoopbackBypassProxy : IWebProxy
{
    // Where the platform puts its identity endpoint: App Service, Functions, Automation, Arc, Service Fabric, Cloud Shell, AKS.
    private static readonly string[] IdentityVariables = ["IDENTITY_ENDPOINT", "IMDS_ENDPOINT", "MSI_ENDPOINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST"];

    private readonly IWebProxy _inner;
    private readonly Uri[] _identityEndpoints;

    /// <param name="inner">The proxy for the rest.</param>
    /// <param name="credentials">What it asks for; null means what it has already.</param>
    /// <param name="variable">Reads a variable of the environment; a test has its own.</param>
    public LoopbackBypassProxy(IWebProxy inner, ICredentials? credentials = null, Func<string, string?>? variable = null)
    {
        _inner = inner;
        Credentials = credentials ?? inner.Credentials;
        _identityEndpoints = [.. IdentityVariables.Select(variable ?? Environment.GetEnvironmentVariable).Select(Endpoint).OfType<Uri>()];
    }

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _inner.GetProxy(destination);

    public bool IsBypassed(Uri host) =>
        LoopbackHost.IsLoopback(host) || IsLinkLocal(host) || _identityEndpoints.Any(endpoint => IsSameOrigin(endpoint, host)) || _inner.IsBypassed(host);

    /// <summary>169.254.0.0/16, where a virtual machine finds its metadata service; a proxy would ask its own.</summary>
    private static bool IsLinkLocal(Uri host) =>
        host.HostNameType == UriHostNameType.IPv4 && IPAddress.TryParse(host.Host, out IPAddress? address) && address.GetAddressBytes() is [169, 254, ..];

    private static bool IsSameOrigin(Uri endpoint, Uri host) =>
        endpoint.Port == host.Port && endpoint.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase);

    private static Uri? Endpoint(string? text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint) ? endpoint : null;
}
