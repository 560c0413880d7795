using AdxFlow.Auth;
using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Adx;

/// <summary>The steps of making a connection, in the order that keeps secrets here until the other side has earned them.</summary>
internal sealed class ConnectionOpening(AdxConnectionOptions options)
{
    public const string DefaultDatabase = "NetDefaultDB";

    public async Task<AdxConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var trusted = new TrustedHosts(options.TrustedHosts);
        ConnectionString? text = ConnectionString.Read(options.Cluster);
        ClusterAddress address = ClusterAddress.Parse(text?.DataSource ?? options.Cluster, options.IngestionUri);
        trusted.Require(address.Cluster);
        trusted.Require(address.Ingestion);
        string database = Kql.CheckedName(options.Database ?? text?.Database ?? address.Database ?? DefaultDatabase);

        AdxSignIn signIn = SignIn(text);
        TimeSpan? timeout = SignInTimeout(signIn);

        TransportSettings settings = options.Transport with
        {
            Proxy = options.Proxy is null ? null : ProxyAddress.Checked(options.Proxy),
            ProxyCredential = options.ProxyCredential,
            ApplicationName = text?.ApplicationName,
            UserName = text?.UserName,
        };
        var guard = new HostGuardPolicy(trusted);
        ServicePipelines pipelines = ServicePipelines.Create(settings);

        // Whether a sign-in fits this cluster at all is known before it is asked anything.
        if (signIn.Kind == AdxSignInKind.Local)
        {
            LocalSignIn.RequireLoopback(address.Cluster);
            LocalSignIn.RequireLoopback(address.Ingestion);
        }

        CloudMetadata metadata = await CloudMetadataSource.GetAsync(address.Cluster, pipelines.Storage, cancellationToken);
        if (metadata.RequiresSignIn && signIn.Kind != AdxSignInKind.Local)
        {
            trusted.RequireSignIn(address.Cluster, metadata);
            trusted.RequireSignIn(address.Ingestion, metadata);
        }

        TokenCredential? credential = signIn.CreateCredential(new SignInContext(address.Cluster, metadata, pipelines.Transport, settings, timeout));
        string? principal = (signIn as LocalSignIn)?.Name;
        HttpPipelinePolicy? engineToken = null;
        HttpPipelinePolicy? ingestionToken = null;
        TokenClaims? claims = null;
        if (credential is not null)
        {
            var cached = new CachedCredential(credential, signIn.Kind, metadata.LoginEndpoint, timeout, settings.Clock);
            AccessToken token = await cached.GetTokenAsync(new TokenRequestContext(metadata.Scopes, isCaeEnabled: true), cancellationToken);
            claims = TokenClaims.Read(token.Token);
            engineToken = TokenPolicy(address.Cluster, cached, metadata);
            ingestionToken = TokenPolicy(address.Ingestion, cached, metadata);
        }

        ServicePipelines signedIn = pipelines.SignedIn(guard, engineToken, ingestionToken);
        var connection = new AdxConnection(address.Cluster, address.Ingestion, database, signIn.Kind, principal ?? claims?.Principal, signedIn)
        {
            TenantId = claims?.TenantId,
            TokenExpiresOn = signIn.Kind == AdxSignInKind.AccessToken ? claims?.ExpiresOn : null,
            QueryConsistency = text?.QueryConsistency,
        };
        return connection.WithServerVersion(await ReadVersionAsync(connection, cancellationToken));
    }

    private AdxSignIn SignIn(ConnectionString? text)
    {
        bool bothLocal = options.SignIn?.Kind == AdxSignInKind.Local && text?.SignIn?.Kind == AdxSignInKind.Local;
        if (options.SignIn is not null && text?.SignIn is not null && !bothLocal)
        {
            throw new AdxException("AdxInvalidConnectionString", AdxErrorKind.InvalidArgument, $"It is said twice how to sign in: in the connection string ({text.SignIn}) and beside it ({options.SignIn}). Nothing was sent.")
            {
                RecommendedAction = "Leave one of the two out.",
            };
        }

        return options.SignIn ?? text?.SignIn ?? throw new AdxException("AdxSignInMissing", AdxErrorKind.InvalidArgument, $"It is not said how to sign in to '{ConnectionString.Shown(options.Cluster)}'. Nothing was sent.")
        {
            RecommendedAction = "Choose one of the ways to sign in, or say it in the connection string.",
        };
    }

    private TimeSpan? SignInTimeout(AdxSignIn signIn) => options.SignInTimeout switch
    {
        null => signIn.DefaultTimeout,
        { Ticks: > 0 } time when time.TotalMilliseconds < int.MaxValue => time,
        _ => throw new AdxException("AdxInvalidSignIn", AdxErrorKind.InvalidArgument, "The time limit of the sign-in must be longer than nothing, and shorter than 24 days.")
        {
            RecommendedAction = "Give a time such as 0:0:30, or leave it out.",
        },
    };

    private static HttpPipelinePolicy TokenPolicy(Uri address, TokenCredential credential, CloudMetadata metadata) =>
        address.Scheme == Uri.UriSchemeHttps
            ? new BearerTokenAuthenticationPolicy(credential, metadata.Scopes)
            : new LoopbackTokenPolicy(credential, metadata.Scopes);

    /// <summary>
    /// Asks the server what it is, which shows as well that it accepts the token.
    /// A principal who may not ask that may still ingest, so only what makes every further call fail is an error here.
    /// </summary>
    private static async Task<string?> ReadVersionAsync(AdxConnection connection, CancellationToken cancellationToken)
    {
        var options = new AdxRequestOptions { Database = DefaultDatabase, Operation = "Connect", Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            AdxResultTable version = await new AdxClient(connection).ExecuteCommandAsync(ConnectionCommands.ShowVersion, options, cancellationToken);
            if (version.Rows.Count == 0)
                return null;

            object?[] row = version.Rows[0];
            string[] parts = [.. new[] { version.Text(row, "ServiceType"), version.Text(row, "ProductVersion") }.OfType<string>().Where(part => part.Length > 0)];
            return parts.Length == 0 ? null : string.Join(' ', parts);
        }
        catch (AdxException refused) when (refused.StatusCode is not null and not 401 && refused.Kind is not (AdxErrorKind.AuthenticationFailed or AdxErrorKind.NotTrusted))
        {
            return refused.StatusCode == 404 && refused.ServiceCode is null
                ? throw new AdxException("AdxNotACluster", AdxErrorKind.InvalidResult, $"'{connection.Cluster.Host}' answers, but not as an Azure Data Explorer cluster does.", refused)
                {
                    StatusCode = refused.StatusCode,
                    RecommendedAction = "Check the address: it is the 'URI' on the cluster's overview page in the Azure portal.",
                }
                : null;
        }
    }
}
