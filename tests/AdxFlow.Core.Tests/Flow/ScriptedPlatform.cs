using AdxFlow.Core.Tests.Http;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow;

/// <summary>Experience Platform as a test scripts it: tokens and sandboxes as they come, everything else as the test says.</summary>
internal sealed class ScriptedPlatform : IAsyncDisposable
{
    public const string Secret = "p8e-very-secret+key/=";

    private readonly ScriptedServer _server;
    private int _tokens;

    /// <param name="answer">What to answer to what is neither a token request nor the list of sandboxes.</param>
    public ScriptedPlatform(Func<ScriptedRequest, ScriptedAnswer> answer)
    {
        _server = new ScriptedServer(request => request.Path switch
        {
            "/ims/token/v3" => Token(++_tokens),
            "/data/foundation/sandbox-management/" => Sandboxes,
            _ => answer(request),
        });
    }

    /// <summary>How long tokens live, in seconds, as JSON.</summary>
    public string Lifetime { get; init; } = "86399";

    public string Sandboxes { get; init; } = """{"sandboxes":[{"name":"prod","title":"Production","state":"active","type":"production","isDefault":true},{"name":"dev","title":"Development","state":"active"}],"_page":{"limit":50,"count":2},"_links":{}}""";

    public Uri Uri => _server.Uri;

    public int Tokens => _tokens;

    /// <summary>What came after the sign-in.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _server.Requests.Where(static request => request.Path is not ("/ims/token/v3" or "/data/foundation/sandbox-management/"))];

    public IReadOnlyList<ScriptedRequest> AllRequests => [.. _server.Requests];

    public static string TokenText(int number) => $"eyJhbGciOiJub25lIn0.token{number}.signature";

    public FlowSessionOptions Options => new()
    {
        ClientId = "client-1",
        ClientSecret = Secret,
        OrganizationId = "1234@AdobeOrg",
        Uri = Uri,
        ImsUri = Uri,
        Transport = ScriptedServer.QuickRetries,
    };

    public Task<FlowSession> OpenAsync(FlowSessionOptions? options = null) => FlowSession.OpenAsync(options ?? Options, TestContext.Current.CancellationToken);

    public async Task<FlowClient> ConnectAsync(FlowSessionOptions? options = null) => new(await OpenAsync(options));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private ScriptedAnswer Token(int number) => $$"""{"access_token":"{{TokenText(number)}}","token_type":"bearer","expires_in":{{Lifetime}}}""";
}
