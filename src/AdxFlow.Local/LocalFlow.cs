using AdxFlow.Local.Endpoints.Flow;
using AdxFlow.Local.Endpoints.Flow.Runs;

namespace AdxFlow.Local;

/// <summary>
/// What a test sets on the Adobe side of a running <see cref="LocalCluster"/>. Whatever is not registered here is taken as
/// given: any client with any secret, any organization, any key of a service principal.
/// </summary>
public sealed class LocalFlow
{
    private readonly FlowHost _host;

    internal LocalFlow(FlowHost host) => _host = host;

    /// <summary>Registers a client of IMS: from now on it needs this secret, and may speak for this organization only.</summary>
    /// <param name="clientId">The client id, which is also the <c>x-api-key</c>.</param>
    /// <param name="clientSecret">The secret.</param>
    /// <param name="organizationId">The organization, as <c>…@AdobeOrg</c>.</param>
    public void RegisterClient(string clientId, string clientSecret, string organizationId)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ArgumentException.ThrowIfNullOrEmpty(organizationId);
        _host.Clients.Register(clientId, clientSecret, organizationId);
    }

    /// <summary>Registers the key of a service principal: connections that name it with another key do not work any more.</summary>
    /// <param name="applicationId">The application id.</param>
    /// <param name="key">The key. A later call replaces it, as when a secret was rotated or has expired.</param>
    public void RegisterServicePrincipal(string applicationId, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(applicationId);
        ArgumentException.ThrowIfNullOrEmpty(key);
        _host.ServicePrincipals.Register(applicationId, key);
    }

    /// <summary>Makes every access token that was given out so far worthless, as if it had expired.</summary>
    public void ExpireTokens() => _host.Tokens.ExpireAll();

    /// <summary>Makes the next run that starts fail, whatever it would read.</summary>
    /// <param name="code">The error code, as it stands in the run's <c>statusSummary.errors</c>.</param>
    /// <param name="message">The message that goes with it.</param>
    public void FailNextRun(string code = "CONNECTOR-2001-500", string message = "Error occurred at copy activity.")
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentException.ThrowIfNullOrEmpty(message);
        _host.PlannedFailures.Enqueue(new RunError(code, message));
    }
}
