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

    /// <summary>The first wait after a transient failure.</summary>
    public TimeSpan RetryDelay => _settings.RetryDelay;

    /// <summary>Pipelines without sign-in: what reads the metadata that says how to sign in.</summary>
    public static ServicePipelines Create(TransportSettings settings)
    {
        HttpPipelineTransport transport = PipelineFactory.CreateTransport(settings);
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
        HttpPipelinePolicy[] perCall = guard is null
            ? [new TelemetryHeadersPolicy(settings), new RefuseRedirectPolicy()]
            : [guard, new TelemetryHeadersPolicy(settings), new RefuseRedirectPolicy()];
        // Per retry, so that a wait of minutes does not send a token that has run out meanwhile.
        HttpPipelinePolicy[] perRetry = token is null ? [new RetryCountPolicy()] : [new RetryCountPolicy(), token];
        return PipelineFactory.Build(transport, settings, perCall, perRetry);
    }
}
