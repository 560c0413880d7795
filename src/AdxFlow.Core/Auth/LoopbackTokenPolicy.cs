using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Auth;

/// <summary>
/// Puts a token on requests to this machine over plain http, which Azure.Core's own policy refuses in general.
/// A request to any other host does not leave.
/// </summary>
internal sealed class LoopbackTokenPolicy(TokenCredential credential, string[] scopes) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        RequireLoopback(message);
        AccessToken token = await credential.GetTokenAsync(new TokenRequestContext(scopes), message.CancellationToken);
        message.Request.Headers.SetValue("Authorization", "Bearer " + token.Token);
        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        RequireLoopback(message);
        AccessToken token = credential.GetToken(new TokenRequestContext(scopes), message.CancellationToken);
        message.Request.Headers.SetValue("Authorization", "Bearer " + token.Token);
        ProcessNext(message, pipeline);
    }

    private static void RequireLoopback(HttpMessage message)
    {
        Uri address = message.Request.Uri.ToUri();
        if (!LoopbackHost.IsLoopback(address))
            throw new AdxException("AdxHostNotTrusted", AdxErrorKind.NotTrusted, $"A local token is not for '{Redaction.Address(address)}'. Nothing was sent.");
    }
}
