using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Http;

/// <summary>
/// The headers every ADX request carries. Who is signed in to the machine is not told: <c>x-ms-user</c> is <c>[none]</c>
/// unless a connection string says otherwise.
/// Source: <see href="https://learn.microsoft.com/kusto/api/rest/request"/>.
/// </summary>
internal sealed class TelemetryHeadersPolicy(TransportSettings settings) : HttpPipelineSynchronousPolicy
{
    // Microsoft's Node client cuts there.
    private const int LongestName = 100;

    /// <summary>The version of the protocol that Microsoft's SDKs speak today.</summary>
    private const string ProtocolVersion = "2024-12-12";

    private static readonly string ProductVersion = typeof(TelemetryHeadersPolicy).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>This module and its version, as the service's logs have clients.</summary>
    public static string ClientVersion { get; } = $"Kusto.AdxFlow.Client:{{{ProductVersion}}}";

    private readonly string _application = HeaderText(settings.ApplicationName) ?? "AdxFlow";

    private readonly string _user = HeaderText(settings.UserName) ?? "[none]";

    public override void OnSendingRequest(HttpMessage message)
    {
        RequestHeaders headers = message.Request.Headers;
        headers.SetValue("User-Agent", "AdxFlow/" + ProductVersion);
        headers.SetValue("x-ms-app", _application);
        headers.SetValue("x-ms-user", _user);
        headers.SetValue("x-ms-client-version", ClientVersion);
        headers.SetValue("x-ms-version", ProtocolVersion);
        if (!headers.Contains("Accept"))
            headers.SetValue("Accept", "application/json");
    }

    /// <summary>A name as a header can carry it: a line break would begin another one.</summary>
    private static string? HeaderText(string? name) =>
        string.IsNullOrWhiteSpace(name) ? null : string.Concat(name.Trim().Take(LongestName).Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
}
