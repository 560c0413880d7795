using System.Globalization;
using System.Text.Json;
using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Flow;

/// <summary>
/// Gets tokens from Adobe's identity service (IMS) with an OAuth server-to-server credential.
/// Source: <see href="https://developer.adobe.com/developer-console/docs/guides/authentication/ServerToServerAuthentication/ims"/>.
/// </summary>
internal sealed class ImsCredential(HttpPipeline pipeline, Uri ims, string clientId, string clientSecret, IReadOnlyList<string> scopes, TimeProvider clock) : TokenCredential
{
    // Version 3 gives seconds, its elders milliseconds. No token lives for a month.
    private const decimal LongestSeconds = 2_592_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly FlowOperation Token = ImsOperations.GetToken;

    private long _expiresOn = DateTimeOffset.MinValue.UtcTicks;

    /// <summary>When the last token runs out.</summary>
    public DateTimeOffset ExpiresOn => new(Interlocked.Read(ref _expiresOn), TimeSpan.Zero);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var request = new FlowRequest(Token) { Secrets = [clientSecret, Uri.EscapeDataString(clientSecret)] };
        var address = new Uri(ims.AbsoluteUri.TrimEnd('/') + request.PathAndQuery);
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = Token.Method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.SetValue("Content-Type", "application/x-www-form-urlencoded");
        // In the body, as what stands in an address ends in logs.
        message.Request.Content = RequestContent.Create(Form());
        message.NetworkTimeout = Patience;
        // A token asked for twice is no harm.
        message.MarkRetriableWherePresent();
        try
        {
            await pipeline.SendAsync(message, cancellationToken);
        }
        catch (Exception failure) when (FlowErrors.From(failure, address, null, cancellationToken) is { } error && error != failure)
        {
            throw error;
        }
        return message.Response.Status is >= 200 and < 300 ? Read(message, address) : throw Refused(message, request);
    }

    private AccessToken Read(HttpMessage message, Uri address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        try
        {
            using var document = JsonDocument.Parse(message.Response.Content.ToMemory());
            JsonElement answer = document.RootElement;
            if (answer.Text("access_token") is not { Length: > 0 } token)
                throw FlowErrors.Unreadable(message.Response, address);

            decimal lifetime = decimal.TryParse(answer.Text("expires_in"), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal given) && given > 0 ? given : 0;
            TimeSpan time = TimeSpan.FromSeconds((double)(lifetime > LongestSeconds ? Math.Min(lifetime / 1000, LongestSeconds) : lifetime));
            DateTimeOffset end = now + time;
            Interlocked.Exchange(ref _expiresOn, end.UtcTicks);
            // One that lives for minutes must not be renewed with every request.
            TimeSpan margin = TimeSpan.FromTicks(Math.Min(TimeSpan.FromMinutes(5).Ticks, time.Ticks / 4));
            return new AccessToken(token, end, end - margin);
        }
        catch (JsonException unreadable)
        {
            throw FlowErrors.Unreadable(message.Response, address, unreadable);
        }
    }

    private string[] FormParts() =>
    [
        "grant_type=client_credentials",
        "client_id=" + Uri.EscapeDataString(clientId),
        "client_secret=" + Uri.EscapeDataString(clientSecret),
        "scope=" + Uri.EscapeDataString(string.Join(',', scopes)),
    ];

    private byte[] Form() => System.Text.Encoding.ASCII.GetBytes(string.Join('&', FormParts()));

    private static FlowException Refused(HttpMessage message, FlowRequest request)
    {
        FlowException told = FlowErrors.From(message.Response, request);
        if (told.StatusCode is 429 or >= 500)
            return told;
        return FlowErrors.Retold(told, "FlowAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "Sign-in failed: " + told.Message, Advice(told.ServiceCode));
    }

    private static string Advice(string? code) => code switch
    {
        "invalid_scope" => "Give the scopes that the credential has in the Adobe Developer Console, with -Scope.",
        "invalid_client" or "unauthorized_client" => "Check the client id (user name of -Credential) and the client secret (password). A secret that was rotated is deleted in the Adobe Developer Console; make a new one there.",
        _ => "Check -Credential (client id and client secret of an OAuth server-to-server credential) and -Scope.",
    };
}
