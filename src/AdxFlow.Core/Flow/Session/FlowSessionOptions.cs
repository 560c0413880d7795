using System.Net;
using AdxFlow.Http;

namespace AdxFlow.Flow;

/// <summary>What is needed to sign in to Experience Platform.</summary>
internal sealed record FlowSessionOptions
{
    /// <summary>The client id of an OAuth server-to-server credential; it is the API key as well.</summary>
    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    public required string OrganizationId { get; init; }

    /// <summary>The sandbox; null means the organization's default one.</summary>
    public string? Sandbox { get; init; }

    /// <summary>The scopes; null means those that Experience Platform needs.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The gateway; null means Adobe's own.</summary>
    public Uri? Uri { get; init; }

    /// <summary>The identity service; null means Adobe's own.</summary>
    public Uri? ImsUri { get; init; }

    public Uri? Proxy { get; init; }

    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>How patient the pipelines are; tests shorten it.</summary>
    public TransportSettings Transport { get; init; } = new();

    // The generated text would print the secret.
    public override string ToString() => $"{OrganizationId} as {ClientId}";
}
