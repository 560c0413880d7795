using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Http;

/// <summary>Makes every pipeline of the module: to whatever service it leads, retries, proxy, logging and redirects are the same.</summary>
internal static class PipelineFactory
{
    /// <summary>Sockets, to be shared by the pipelines of a connection or session.</summary>
    public static HttpPipelineTransport CreateTransport(TransportSettings settings) =>
        // HttpClient leaves time to Azure.Core, which knows per message how long to wait.
        new HttpClientTransport(new HttpClient(ProxiedHandler.Create(settings), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>A pipeline over a transport.</summary>
    /// <param name="transport">The sockets.</param>
    /// <param name="settings">How patient it is.</param>
    /// <param name="perCall">What looks at a request once.</param>
    /// <param name="perRetry">What looks at it each time it is sent.</param>
    public static HttpPipeline Build(HttpPipelineTransport transport, TransportSettings settings, HttpPipelinePolicy[] perCall, HttpPipelinePolicy[] perRetry)
    {
        var options = new ModuleClientOptions { Transport = transport };
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
        return HttpPipelineBuilder.Build(options, perCall, perRetry, new ServiceResponseClassifier());
    }

    private sealed class ModuleClientOptions : ClientOptions;
}
