using System.Net;
using AdxFlow.Auth;

namespace AdxFlow.Adx;

/// <summary>What is needed to connect to a cluster.</summary>
public sealed record AdxConnectionOptions
{
    /// <summary>
    /// The cluster: its URI, the URI of its ingestion service, <c>cluster.region</c>, the bare name, a link to the web explorer, or a Kusto
    /// connection string, which may also say as whom. One part behind the host is taken as the database.
    /// </summary>
    public required string Cluster { get; init; }

    /// <summary>The default database; null means the one in <see cref="Cluster"/>, else <c>NetDefaultDB</c>.</summary>
    public string? Database { get; init; }

    /// <summary>The ingestion service, in any form that <see cref="Cluster"/> takes; null means <c>ingest-</c> before the cluster's host.</summary>
    public Uri? IngestionUri { get; init; }

    /// <summary>How to sign in; null where the connection string in <see cref="Cluster"/> says it.</summary>
    public AdxSignIn? SignIn { get; init; }

    /// <summary>
    /// How long getting a token may take, at first and for each renewal; null means 15 seconds for a managed identity,
    /// a minute for the other kinds, and without end where a person signs in.
    /// </summary>
    public TimeSpan? SignInTimeout { get; init; }

    /// <summary>Hosts to trust beside those of Azure Data Explorer: whole names, or ends with a leading dot.</summary>
    public IReadOnlyList<string> TrustedHosts { get; init; } = [];

    /// <summary>The proxy for every hop but this machine and its identity endpoint, without user name and password; null means the machine's own setting.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>What the proxy asks for, be it this one or the machine's own; null means nothing.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>How patient the pipelines are; tests shorten it.</summary>
    internal Http.TransportSettings Transport { get; init; } = new();

    /// <summary>Says where to and how, without any secret.</summary>
    /// <returns>The cluster as given, the database and the kind of sign-in.</returns>
    public override string ToString() => $"{ConnectionString.Shown(Cluster)}, {Database ?? "default database"}, {SignIn?.ToString() ?? "sign-in of the connection string"}";
}
