using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Http;

/// <summary>
/// The HTTP pipelines of one connection, over one transport: engine and ingestion service with the caller's token,
/// storage without any. One retry policy, one place of redaction, no redirects.
/// Shared by every connection made from the same one; the handler's sockets are closed when the last is collected.
/// </summary>
internal sealed class ServicePipelines
{
    private readonly TransportSettings _settings;

    private ServicePipelines(TransportSettings settings, HttpPipelineTransport transport, HttpPipeline anonymous, HttpPipeline engine, HttpPipeline ingestion)
    {
        _settings = settings;
        Transport = transport;
        Storage = anonymous;
        Engine = engine;
        Ingestion = ingestion;
    }

    /// <summary>To the engine, with the caller's token.</summary>
    public HttpPipeline Engine { get; }

    /// <summary>To the ingestion service (<c>ingest-…</c>), with the caller's token.</summary>
    public HttpPipeline Ingestion { get; }

    /// <summary>To blobs and queues, and to a cluster before one is signed in. The right to write is the SAS in the URL; a bearer token never goes there.</summary>
    public HttpPipeline Storage { get; }

    /// <summary>What the token requests of Azure.Identity go through as well, so that a proxy holds for them too.</summary>
    public HttpPipelineTransport Transport { get; }

    /// <summary>Pipelines without sign-in: what reads the metadata that says how to sign in.</summary>
    public static ServicePipelines Create(TransportSettings settings)
    {
        // HttpClient leaves time to Azure.Core, which knows per message how long to wait.
        var client = new HttpClient(ProxiedHandler.Create(settings), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        var transport = new HttpClientTransport(client);
        HttpPipeline anonymous = Build(transport, settings, guard: null, token: null);
        return new ServicePipelines(settings, transport, anonymous, anonymous, anonymous);
    }

    /// <summary>The same transport, with a check of the host and then a token on every request to engine and ingestion service.</summary>
    public ServicePipelines SignedIn(HttpPipelinePolicy guard, HttpPipelinePolicy? engineToken, HttpPipelinePolicy? ingestionToken) =>
        new(_settings, Transport, Storage, Build(Transport, _settings, guard, engineToken), Build(Transport, _settings, guard, ingestionToken));

    /// <summary>The same, with commands going to the ingestion service.</summary>
    public ServicePipelines ToIngestionService() => new(_settings, Transport, Storage, Ingestion, Ingestion);

    private static HttpPipeline Build(HttpPipelineTransport transport, TransportSettings settings, HttpPipelinePolicy? guard, HttpPipelinePolicy? token)
    {
        var options = new AdxClientOptions { Transport = transport };
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = settings.MaxRetries;
        options.Retry.Delay = settings.RetryDelay;
        options.Retry.MaxDelay = settings.MaxRetryDelay;
        options.Retry.NetworkTimeout = settings.NetworkTimeout;
        // Azure.Core redacts every header and query parameter that is not on its list of harmless ones; Authorization and SAS are not.
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;

        // The last before the transport, and so below the policy that reads an answer whole.
        options.AddPolicy(new AnswerSizePolicy(), HttpPipelinePosition.BeforeTransport);
        HttpPipelinePolicy[] perCall = guard is null
            ? [new TelemetryHeadersPolicy(settings), new RefuseRedirectPolicy()]
            : [guard, new TelemetryHeadersPolicy(settings), new RefuseRedirectPolicy()];
        // Per retry, so that a wait of minutes does not send a token that has run out meanwhile.
        HttpPipelinePolicy[] perRetry = token is null ? [new RetryCountPolicy()] : [new RetryCountPolicy(), token];
        return HttpPipelineBuilder.Build(options, perCall, perRetry, new ServiceResponseClassifier());
    }

    private sealed class AdxClientOptions : ClientOptions;
}
