using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Http;

/// <summary>
/// The headers every ADX request carries. Who is signed in to the machine is not told: <c>x-ms-user</c> is <c>[none]</c>.
/// Source: <see href="https://learn.microsoft.com/kusto/api/rest/request"/>.
/// </summary>
internal sealed class TelemetryHeadersPolicy : HttpPipelineSynchronousPolicy
{
    /// <summary>The version of the protocol that Microsoft's SDKs speak today.</summary>
    private const string ProtocolVersion = "2024-12-12";

    private static readonly string ProductVersion = typeof(TelemetryHeadersPolicy).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private static readonly string ClientVersion = $"Kusto.AdxFlow.Client:{{{ProductVersion}}}";

    public override void OnSendingRequest(HttpMessage message)
    {
        RequestHeaders headers = message.Request.Headers;
        headers.SetValue("User-Agent", "AdxFlow/" + ProductVersion);
        headers.SetValue("x-ms-app", "AdxFlow");
        headers.SetValue("x-ms-user", "[none]");
        headers.SetValue("x-ms-client-version", ClientVersion);
        headers.SetValue("x-ms-version", ProtocolVersion);
        if (!headers.Contains("Accept"))
            headers.SetValue("Accept", "application/json");
    }
}
