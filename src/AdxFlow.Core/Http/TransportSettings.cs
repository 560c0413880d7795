using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace AdxFlow.Http;

/// <summary>How the pipelines reach the network, and how patient they are.</summary>
internal sealed record TransportSettings
{
    /// <summary>The proxy for every hop but loopback; null means the machine's own setting.</summary>
    public Uri? Proxy { get; init; }

    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>How often a transient failure is tried again.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>The first wait; each further one doubles, with jitter. A Retry-After that is longer wins.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.8);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one try, or one read of a streamed answer, may take where the request does not say.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What the service is told that asks; null means this module.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>Whom the service is told that asks, for its logs; null means nobody.</summary>
    public string? UserName { get; init; }

    /// <summary>What runs the time of tokens; a test's own.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How certificates of servers are judged; null means as the machine does. A test trusts its own root with it.</summary>
    public X509ChainPolicy? ServerCertificates { get; init; }

    // The generated text would print the proxy's credential.
    public override string ToString() => $"{nameof(TransportSettings)} {{ Proxy = {Proxy?.Host ?? "default"} }}";
}
