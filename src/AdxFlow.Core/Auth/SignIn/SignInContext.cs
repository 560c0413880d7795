using AdxFlow.Http;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace AdxFlow.Auth;

/// <summary>What a sign-in needs to know of the cluster it is for.</summary>
/// <param name="Cluster">The cluster; its host has been checked.</param>
/// <param name="Metadata">How the cluster wants one to sign in; checked as well.</param>
/// <param name="Transport">What token requests go through.</param>
/// <param name="Settings">How patient requests are.</param>
/// <param name="Timeout">How long a token request may take; null where a person is waited for.</param>
internal sealed record SignInContext(Uri Cluster, CloudMetadata Metadata, HttpPipelineTransport Transport, TransportSettings Settings, TimeSpan? Timeout)
{
    /// <summary>The authorities that MSAL asks the public cloud about; each of them reaches it.</summary>
    private static readonly string[] Discoverable = ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"];

    /// <summary>The time.</summary>
    public TimeProvider Clock => Settings.Clock;

    /// <summary>
    /// True where MSAL is not to ask the public cloud whether the authority is a real one: the list of trusted hosts has said so already,
    /// and from a cloud of its own, or from a test's, the public one need not be in reach.
    /// </summary>
    public bool DisableInstanceDiscovery => !Discoverable.Contains(Metadata.LoginEndpoint.Host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Options with the authority, the transport and the retries of this connection.</summary>
    public T Options<T>(T options)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = Metadata.LoginEndpoint;
        options.Transport = Transport;
        options.Retry.MaxRetries = Settings.MaxRetries;
        options.Retry.Delay = Settings.RetryDelay;
        options.Retry.MaxDelay = Settings.MaxRetryDelay;
        options.Diagnostics.IsTelemetryEnabled = false;
        return options;
    }
}
