using System.Text.Json;
using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace AdxFlow.Auth;

/// <summary>The managed identity of an Azure Automation account, by the identity endpoint of its job.</summary>
internal sealed class AutomationCredential : TokenCredential
{
    private readonly AutomationEndpoint _endpoint;
    private readonly string? _clientId;
    private readonly HttpPipeline _pipeline;
    private readonly TimeProvider _clock;

    public AutomationCredential(AutomationEndpoint endpoint, string? clientId, HttpPipelineTransport transport, TimeProvider clock)
    {
        _endpoint = endpoint;
        _clientId = clientId;
        _clock = clock;
        var options = new IdentityOptions { Transport = transport };
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Diagnostics.IsLoggingContentEnabled = false;
        _pipeline = HttpPipelineBuilder.Build(options, new RefuseRedirectPolicy());
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        using HttpMessage message = _pipeline.CreateMessage();
        Request request = message.Request;
        request.Method = RequestMethod.Get;
        request.Uri.Reset(_endpoint.Address);
        // The endpoint takes a resource, where Entra ID's own takes a scope.
        string scope = requestContext.Scopes[0];
        const string Default = "/.default";
        request.Uri.AppendQuery("resource", scope.EndsWith(Default, StringComparison.Ordinal) ? scope[..^Default.Length] : scope);
        if (_clientId is not null)
            request.Uri.AppendQuery("client_id", _clientId);
        request.Headers.Add("X-IDENTITY-HEADER", _endpoint.Header);
        request.Headers.Add("Metadata", "True");

        await _pipeline.SendAsync(message, cancellationToken);
        if (message.Response.Status != 200)
            throw Refused(message.Response.Status, message.Response.Content.ToString());

        AutomationToken? token = AutomationToken.Parse(message.Response.Content.ToMemory(), _clock.GetUtcNow());
        return token is not null
            ? new AccessToken(token.Token, token.ExpiresOn)
            : throw new AuthenticationFailedException("The identity endpoint of Azure Automation answered with no token that can be read.");
    }

    private static AuthenticationFailedException Refused(int status, string body)
    {
        string? reason = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            reason = document.RootElement is { ValueKind: JsonValueKind.Object } root ? Text(root, "error_description") ?? Text(root, "message") ?? Text(root, "Message") : null;
        }
        catch (JsonException)
        {
            // A text or a page; the status says enough.
        }

        return new AuthenticationFailedException($"The identity endpoint of Azure Automation answered with status {status}{(reason is null ? "." : ": " + reason)}");
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed class IdentityOptions : ClientOptions;
}
