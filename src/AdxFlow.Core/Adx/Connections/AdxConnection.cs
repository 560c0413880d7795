using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Http;

namespace AdxFlow;

/// <summary>
/// A connection to a cluster, as somebody. It is immutable and may be used by many threads; it holds no token that shows.
/// </summary>
public sealed class AdxConnection
{
    internal AdxConnection(Uri cluster, Uri ingestionUri, string database, AdxSignInKind signIn, string? principal, ServicePipelines pipelines)
    {
        Cluster = cluster;
        IngestionUri = ingestionUri;
        Database = database;
        SignIn = signIn;
        Principal = principal;
        Pipelines = pipelines;
    }

    /// <summary>The address of the engine.</summary>
    public Uri Cluster { get; }

    /// <summary>The address of the ingestion service.</summary>
    public Uri IngestionUri { get; }

    /// <summary>The database that is meant where none is named.</summary>
    public string Database { get; private init; }

    /// <summary>Who one is: <c>aadapp=id;tenant</c> or <c>aaduser=name;tenant</c> as the token says, <c>administrator</c> for a local sign-in without name; null where it cannot be known.</summary>
    public string? Principal { get; }

    /// <summary>How one signed in.</summary>
    public AdxSignInKind SignIn { get; }

    /// <summary>The tenant that issued the token; null where there is no token, or it does not say.</summary>
    public string? TenantId { get; internal init; }

    /// <summary>When a token that the user brought runs out, in UTC; null for the other kinds, whose tokens are renewed, and where it does not say.</summary>
    public DateTimeOffset? TokenExpiresOn { get; internal init; }

    /// <summary>True where the cluster is on this machine: the stand-in or the emulator.</summary>
    public bool IsLocal => LoopbackHost.IsLoopback(Cluster);

    /// <summary>What the server says it is (service type and product version); null where it does not tell this principal.</summary>
    public string? ServerVersion { get; private init; }

    internal ServicePipelines Pipelines { get; }

    /// <summary>The consistency of queries that ask for none; null means the cluster's own.</summary>
    internal string? QueryConsistency { get; init; }

    /// <summary>
    /// Connects: checks that the host may be trusted, asks the cluster how to sign in, signs in, and sees that the server accepts it.
    /// </summary>
    /// <param name="options">Where to and as whom.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxInvalidCluster</c>, <c>AdxInvalidConnectionString</c>, <c>AdxSignInMissing</c>, <c>AdxInvalidProxy</c>, <c>AdxHttpNotAllowed</c>,
    /// <c>AdxHostNotTrusted</c>: nothing was sent. <c>AdxProxyFailed</c>, <c>AdxProxyAuthenticationFailed</c>: the proxy did not let it through.
    /// <c>AdxAuthenticationFailed</c>: no token, or the server refuses it. <c>AdxConnectionFailed</c>, <c>AdxNotACluster</c>: the address is wrong or the cluster stopped.
    /// </exception>
    public static Task<AdxConnection> OpenAsync(AdxConnectionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ConnectionOpening(options).OpenAsync(cancellationToken);
    }

    /// <summary>The same connection with another default database. It shares sockets and tokens with this one.</summary>
    /// <param name="database">The database.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidName</c>: that is no name.</exception>
    public AdxConnection WithDatabase(string database) =>
        new(Cluster, IngestionUri, Kql.CheckedName(database), SignIn, Principal, Pipelines)
        {
            ServerVersion = ServerVersion,
            TenantId = TenantId,
            TokenExpiresOn = TokenExpiresOn,
            QueryConsistency = QueryConsistency,
        };

    /// <summary>Says where one is connected to, and as whom.</summary>
    /// <returns>For example <c>https://c.westeurope.kusto.windows.net/db as aadapp=…;…</c>.</returns>
    public override string ToString() => $"{Cluster.AbsoluteUri.TrimEnd('/')}/{Database} as {Principal ?? SignIn.ToString()}";

    /// <summary>The ingestion service as the other end of commands, for the few that it has of its own.</summary>
    internal AdxConnection ToIngestionService() => new(IngestionUri, IngestionUri, Database, SignIn, Principal, Pipelines.ToIngestionService());

    internal AdxConnection WithServerVersion(string? version) =>
        new(Cluster, IngestionUri, Database, SignIn, Principal, Pipelines)
        {
            ServerVersion = version,
            TenantId = TenantId,
            TokenExpiresOn = TokenExpiresOn,
            QueryConsistency = QueryConsistency,
        };
}
