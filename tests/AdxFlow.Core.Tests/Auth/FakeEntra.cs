using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Auth;

/// <summary>
/// A cluster, the authority it names, and identity endpoints, all on one TLS port of this machine. It remembers each token request,
/// and with which token the engine was called. The real Azure.Identity talks to it.
/// </summary>
internal sealed class FakeEntra : IAsyncDisposable
{
    public const string Application = "4c7e82bd-6adb-46c3-b413-fdd44834c69b";
    public const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    private readonly ScriptedServer _server;

    // MSAL keeps the tokens of managed identities for the whole process, by resource: each test has its own.
    public FakeEntra()
    {
        Resource = $"https://r{Guid.NewGuid():N}.kusto.windows.net";
        _server = new ScriptedServer(Answer, TestCertificates.Server);
    }

    public Uri Uri => _server.Uri;

    public string Resource { get; }

    public string Scope => Resource + "/.default";

    public bool RequiresSignIn { get; init; } = true;

    /// <summary>What the next token request is answered with; by default a token of an hour.</summary>
    public Func<ScriptedRequest, ScriptedAnswer> Token { get; set; } = _ => TokenAnswer(Jwt("first"));

    /// <summary>What the engine answers to a call with a token.</summary>
    public Func<string?, ScriptedAnswer> Engine { get; set; } = _ => ScriptedServer.Version;

    public ConcurrentQueue<ScriptedRequest> TokenRequests { get; } = new();

    /// <summary>The tokens the engine was called with, without "Bearer".</summary>
    public ConcurrentQueue<string?> EngineTokens { get; } = new();

    public static string TokenAnswer(string token, int expiresIn = 3600) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"token_type":"Bearer","expires_in":{{expiresIn}},"ext_expires_in":{{expiresIn}},"access_token":"{{token}}"}""");

    /// <summary>A token of an application, which carries a mark to know it by.</summary>
    public static string Jwt(string mark, string? claims = null) =>
        $"e30.{Encode(claims ?? $$"""{"appid":"{{Application}}","tid":"{{Tenant}}","mark":"{{mark}}"}""")}.{Encode(mark)}";

    public static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static JsonElement Decode(string part)
    {
        string text = part.Replace('-', '+').Replace('_', '/');
        return JsonDocument.Parse(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))).RootElement;
    }

    /// <summary>The fields of a form, or of a query.</summary>
    public static Dictionary<string, string> Fields(string text) => text.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));

    public Task<AdxConnection> ConnectAsync(AdxSignIn signIn, TimeSpan? timeout = null, TimeProvider? clock = null, CancellationToken cancellationToken = default) =>
        AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = Uri.AbsoluteUri,
            SignIn = signIn,
            SignInTimeout = timeout,
            Transport = ScriptedServer.QuickRetries with { ServerCertificates = TestCertificates.TrustServer(), Clock = clock ?? TimeProvider.System },
        }, cancellationToken);

    public Task<AdxException> RefusedAsync(AdxSignIn signIn, TimeSpan? timeout = null) => Assert.ThrowsAsync<AdxException>(() => ConnectAsync(signIn, timeout));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private ScriptedAnswer Answer(ScriptedRequest request)
    {
        if (request.Path == "/v1/rest/auth/metadata")
        {
            return RequiresSignIn
                ? $$$"""{"AzureAD":{"LoginEndpoint":"{{{Uri.AbsoluteUri.TrimEnd('/')}}}","LoginMfaRequired":false,"KustoServiceResourceId":"{{{Resource}}}"}}"""
                : ScriptedServer.NoSignIn;
        }

        if (request.Path.StartsWith("/v1/rest/", StringComparison.Ordinal))
        {
            string? token = request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : null;
            EngineTokens.Enqueue(token);
            return Engine(token);
        }

        TokenRequests.Enqueue(request);
        return Token(request);
    }
}
