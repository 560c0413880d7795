using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Flow;

/// <summary>
/// Puts the token on each request. Where the service refuses it (401), as after the secret was rotated or the session revoked, it is renewed once and the
/// request sent again: a 401 means that nothing was done.
/// </summary>
internal sealed class ImsTokenPolicy(TokenCredential credential) : HttpPipelinePolicy
{
    // The scopes are the credential's own.
    private static readonly TokenRequestContext Any = new([]);

    private static readonly TokenRequestContext Refused = new([], claims: "refused");

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        ProcessAsync(message, pipeline).AsTask().GetAwaiter().GetResult();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        AccessToken token = await credential.GetTokenAsync(Any, message.CancellationToken);
        await SendAsync(message, pipeline, token);
        if (message.Response.Status != 401)
            return;

        // Another request may have renewed it meanwhile.
        AccessToken renewed = await credential.GetTokenAsync(Any, message.CancellationToken);
        if (renewed.Token == token.Token)
            renewed = await credential.GetTokenAsync(Refused, message.CancellationToken);
        message.Response.Dispose();
        await SendAsync(message, pipeline, renewed);
    }

    private static async ValueTask SendAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline, AccessToken token)
    {
        message.Request.Headers.SetValue("Authorization", "Bearer " + token.Token);
        await ProcessNextAsync(message, pipeline);
    }
}
