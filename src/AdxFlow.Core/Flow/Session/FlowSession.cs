using AdxFlow.Flow;
using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow;

/// <summary>
/// A session with Adobe Experience Platform: an organization and a sandbox of it, as somebody. It is immutable and may be used by many threads; its token is
/// kept, renewed ahead of its end, and never shown.
/// </summary>
public sealed class FlowSession
{
    private readonly ImsCredential _ims;

    private FlowSession(string organizationId, string sandbox, string clientId, Uri uri, Uri imsUri, IReadOnlyList<string> scopes, ImsCredential ims, HttpPipeline pipeline)
    {
        OrganizationId = organizationId;
        Sandbox = sandbox;
        ClientId = clientId;
        Uri = uri;
        ImsUri = imsUri;
        Scopes = scopes;
        _ims = ims;
        Pipeline = pipeline;
        Root = uri.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>The organization, such as <c>3CAC…@AdobeOrg</c>.</summary>
    public string OrganizationId { get; }

    /// <summary>The name of the sandbox that everything is in.</summary>
    public string Sandbox { get; }

    /// <summary>The client id of the credential, which is the API key as well.</summary>
    public string ClientId { get; }

    /// <summary>The gateway to Experience Platform.</summary>
    public Uri Uri { get; }

    /// <summary>The identity service that gives the tokens.</summary>
    public Uri ImsUri { get; }

    /// <summary>The scopes that tokens are asked for.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>When the present token runs out, in UTC. It is renewed before that.</summary>
    public DateTimeOffset ExpiresOn => _ims.ExpiresOn;

    internal HttpPipeline Pipeline { get; }

    /// <summary>The sandboxes that were seen while signing in; none where one may not list them.</summary>
    internal IReadOnlyList<FlowSandbox> Sandboxes { get; private init; } = [];

    /// <summary>The gateway's address without a slash at its end.</summary>
    internal string Root { get; }

    /// <summary>Says where one is signed in, and as whom.</summary>
    /// <returns>For example <c>3CAC…@AdobeOrg/prod as 0123abc</c>.</returns>
    public override string ToString() => $"{OrganizationId}/{Sandbox} as {ClientId}";

    /// <summary>Signs in, and sees that the sandbox is there.</summary>
    /// <exception cref="FlowException">
    /// <c>FlowInvalidArgument</c>, <c>FlowHttpNotAllowed</c>: nothing was sent. <c>FlowAuthenticationFailed</c>: no token, or organization and credential do not fit.
    /// <c>FlowSandboxNotFound</c>: there is no such sandbox, or one may not use it.
    /// </exception>
    internal static Task<FlowSession> OpenAsync(FlowSessionOptions options, CancellationToken cancellationToken) =>
        new FlowSignIn(options).OpenAsync(cancellationToken);

    /// <summary>Makes a session over a transport and a credential.</summary>
    /// <param name="options">Where to and as whom; checked already.</param>
    /// <param name="sandbox">The sandbox; null while it is being found.</param>
    /// <param name="ims">What gets tokens.</param>
    /// <param name="credential">What keeps them.</param>
    /// <param name="transport">The sockets.</param>
    /// <param name="sandboxes">The sandboxes that are known.</param>
    internal static FlowSession Create(
        FlowSessionOptions options, string? sandbox, ImsCredential ims, TokenCredential credential, HttpPipelineTransport transport, IReadOnlyList<FlowSandbox>? sandboxes = null)
    {
        HttpPipeline pipeline = PipelineFactory.Build(
            transport,
            options.Transport,
            [new RefuseRedirectPolicy()],
            [new RetryCountPolicy(), new FlowHeadersPolicy(options.ClientId, options.OrganizationId, sandbox), new ImsTokenPolicy(credential)]);
        return new FlowSession(options.OrganizationId, sandbox ?? string.Empty, options.ClientId, options.Uri!, options.ImsUri!, options.Scopes!, ims, pipeline) { Sandboxes = sandboxes ?? [] };
    }
}
