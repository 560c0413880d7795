using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Flow;

/// <summary>The headers that every request to Experience Platform carries, beside the token. None of Azure's own go to Adobe.</summary>
/// <param name="clientId">The API key; null for the identity service, which takes it in the body.</param>
/// <param name="organizationId">The organization.</param>
/// <param name="sandbox">The sandbox; null where it is not known yet.</param>
internal sealed class FlowHeadersPolicy(string? clientId, string? organizationId, string? sandbox) : HttpPipelineSynchronousPolicy
{
    private static readonly string UserAgent = "AdxFlow/" + (typeof(FlowHeadersPolicy).Assembly.GetName().Version?.ToString(3) ?? "0.0.0");

    public override void OnSendingRequest(HttpMessage message)
    {
        RequestHeaders headers = message.Request.Headers;
        headers.Remove("x-ms-client-request-id");
        headers.Remove("x-ms-return-client-request-id");
        headers.SetValue("User-Agent", UserAgent);
        if (!headers.Contains("Accept"))
            headers.SetValue("Accept", "application/json");
        SetWhereGiven(headers, "x-api-key", clientId);
        SetWhereGiven(headers, "x-gw-ims-org-id", organizationId);
        SetWhereGiven(headers, "x-sandbox-name", sandbox);
    }

    private static void SetWhereGiven(RequestHeaders headers, string name, string? value)
    {
        if (value is not null)
            headers.SetValue(name, value);
    }
}
