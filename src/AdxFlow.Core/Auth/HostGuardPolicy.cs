using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Auth;

/// <summary>The last look before a request leaves: is its host one that may be sent to? It stands before the token is asked for.</summary>
internal sealed class HostGuardPolicy(TrustedHosts trusted) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => trusted.Require(message.Request.Uri.ToUri());
}
