using AdxFlow.Core.Tests.Auth;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Flow;
using Azure.Core;

namespace AdxFlow.Core.Tests.Flow;

public sealed class FlowSessionTests
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/connections");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_secret_goes_to_the_identity_service_in_the_body_alone()
    {
        await using var platform = new ScriptedPlatform(_ => "{}");
        FlowSession session = await platform.OpenAsync(platform.Options with { Scopes = ["openid", "AdobeID,session"] });
        ScriptedRequest token = platform.AllRequests.Single(request => request.Path.StartsWith("/ims", StringComparison.Ordinal));
        Assert.Equal("POST", token.Method);
        Assert.Equal("application/x-www-form-urlencoded", token.Header("Content-Type"));
        Assert.Equal("grant_type=client_credentials&client_id=client-1&client_secret=p8e-very-secret%2Bkey%2F%3D&scope=openid%2CAdobeID%2Csession", token.Body);
        Assert.Null(token.Header("Authorization"));
        Assert.Null(token.Header("x-api-key"));
        Assert.Equal(["openid", "AdobeID", "session"], session.Scopes);
        Assert.DoesNotContain("secret", session.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", platform.Options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "prod")]
    [InlineData("dev", "dev")]
    [InlineData("DEV", "dev")]
    public async Task The_sandbox_is_the_one_given_or_the_default(string? given, string expected)
    {
        await using var platform = new ScriptedPlatform(_ => "{}");
        Assert.Equal(expected, (await platform.OpenAsync(platform.Options with { Sandbox = given })).Sandbox);
    }

    [Fact]
    public async Task An_unknown_sandbox_is_told_with_those_that_there_are()
    {
        await using var platform = new ScriptedPlatform(_ => "{}");
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => platform.OpenAsync(platform.Options with { Sandbox = "test" }));
        Assert.Equal("FlowSandboxNotFound", error.ErrorId);
        Assert.Equal(AdxErrorKind.NotFound, error.Kind);
        Assert.Contains("prod, dev", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sandbox_that_is_being_deleted_cannot_be_used()
    {
        await using var platform = new ScriptedPlatform(_ => "{}") { Sandboxes = """{"sandboxes":[{"name":"old","state":"deleting"}]}""" };
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => platform.OpenAsync(platform.Options with { Sandbox = "old" }));
        Assert.Contains("deleting", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_list_sandboxes_may_work_in_one()
    {
        await using var server = new ScriptedServer(request => request.Path == "/ims/token/v3"
            ? """{"access_token":"t","expires_in":"86399"}"""
            : ScriptedAnswer.Of(403, """{"status":403,"title":"Forbidden","type":"http://ns.adobe.com/aep/errors/SMS-2002-403"}"""));
        var options = new FlowSessionOptions { ClientId = "c", ClientSecret = "s", OrganizationId = "o@AdobeOrg", Sandbox = "dev", Uri = server.Uri, ImsUri = server.Uri };
        Assert.Equal("dev", (await FlowSession.OpenAsync(options, Cancel)).Sandbox);
        Assert.Equal("prod", (await FlowSession.OpenAsync(options with { Sandbox = null }, Cancel)).Sandbox);
    }

    [Theory]
    [InlineData("86399", 86399)]
    [InlineData("\"86399\"", 86399)]
    [InlineData("86399000", 86399)]
    [InlineData("7e28", 2_592_000)]
    public async Task The_lifetime_of_a_token_is_in_seconds_however_it_is_written(string lifetime, int seconds)
    {
        var clock = new ManualClock();
        await using var platform = new ScriptedPlatform(_ => "{}") { Lifetime = lifetime };
        FlowSession session = await platform.OpenAsync(platform.Options with { Transport = ScriptedServer.QuickRetries with { Clock = clock } });
        Assert.Equal(clock.Now.AddSeconds(seconds), session.ExpiresOn);
    }

    [Fact]
    public async Task A_token_is_kept_and_renewed_ahead_of_its_end()
    {
        var clock = new ManualClock();
        await using var platform = new ScriptedPlatform(_ => "{}") { Lifetime = "3600" };
        FlowClient client = await platform.ConnectAsync(platform.Options with { Transport = ScriptedServer.QuickRetries with { Clock = clock } });
        clock.Advance(TimeSpan.FromMinutes(54));
        await client.SendAsync(new FlowRequest(List), Cancel);
        Assert.Equal(1, platform.Tokens);
        clock.Advance(TimeSpan.FromMinutes(2));
        await client.SendAsync(new FlowRequest(List), Cancel);
        await client.SendAsync(new FlowRequest(List), Cancel);
        Assert.Equal(2, platform.Tokens);
        Assert.Equal(clock.Now.AddHours(1), client.Session.ExpiresOn);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_by_one_caller_and_the_request_sent_again()
    {
        string refused = "Bearer " + ScriptedPlatform.TokenText(1);
        await using var platform = new ScriptedPlatform(request => request.Header("Authorization") == refused
            ? ScriptedAnswer.Of(401, """{"error_code":"401013","message":"Oauth token is not valid"}""")
            : """{"items":[{"id":"x"}]}""");
        FlowClient client = await platform.ConnectAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.SendAsync(new FlowRequest(List), Cancel)));
        Assert.Equal(2, platform.Tokens);
    }

    [Fact]
    public async Task A_token_that_is_refused_again_is_an_error()
    {
        await using var platform = new ScriptedPlatform(_ => ScriptedAnswer.Of(401, """{"error_code":401013,"message":"Oauth token is not valid"}"""));
        FlowClient client = await platform.ConnectAsync();
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => client.SendAsync(new FlowRequest(List), Cancel));
        Assert.Equal("FlowAuthenticationFailed", error.ErrorId);
        Assert.Equal("401013", error.ServiceCode);
        Assert.Equal(2, platform.Requests.Count);
        Assert.Equal(2, platform.Tokens);
    }

    [Theory]
    [InlineData(400, "invalid_client", "invalid client_secret parameter " + ScriptedPlatform.Secret, "client secret")]
    [InlineData(400, "invalid_scope", "scope x", "-Scope")]
    [InlineData(401, "unauthorized_client", "no", "client id")]
    public async Task A_refusal_of_the_identity_service_says_what_to_check(int status, string code, string description, string advice)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(status, $$"""{"error":"{{code}}","error_description":"{{description}}"}"""));
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => FlowSession.OpenAsync(
            new FlowSessionOptions { ClientId = "c", ClientSecret = ScriptedPlatform.Secret, OrganizationId = "o@AdobeOrg", Uri = server.Uri, ImsUri = server.Uri }, Cancel));
        Assert.Equal("FlowAuthenticationFailed", error.ErrorId);
        Assert.Equal(AdxErrorKind.AuthenticationFailed, error.Kind);
        Assert.Equal(code, error.ServiceCode);
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedPlatform.Secret, error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_without_a_token_is_told()
    {
        await using var server = new ScriptedServer(_ => """{"token_type":"bearer"}""");
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => FlowSession.OpenAsync(
            new FlowSessionOptions { ClientId = "c", ClientSecret = "s", OrganizationId = "o@AdobeOrg", Uri = server.Uri, ImsUri = server.Uri }, Cancel));
        Assert.Equal("FlowInvalidAnswer", error.ErrorId);
    }

    [Theory]
    [InlineData("http://platform.adobe.io", "FlowHttpNotAllowed")]
    [InlineData("http://localhost.example.com", "FlowHttpNotAllowed")]
    [InlineData("ftp://platform.adobe.io", "FlowInvalidArgument")]
    [InlineData("https://user:word@platform.adobe.io", "FlowInvalidArgument")]
    [InlineData("https://platform.adobe.io/?token=1", "FlowInvalidArgument")]
    public async Task An_address_that_a_token_must_not_go_to_is_refused(string address, string id)
    {
        var options = new FlowSessionOptions { ClientId = "c", ClientSecret = "s", OrganizationId = "o@AdobeOrg" };
        FlowException gateway = await Assert.ThrowsAsync<FlowException>(() => FlowSession.OpenAsync(options with { Uri = new Uri(address) }, Cancel));
        FlowException ims = await Assert.ThrowsAsync<FlowException>(() => FlowSession.OpenAsync(options with { ImsUri = new Uri(address) }, Cancel));
        Assert.Equal(id, gateway.ErrorId);
        Assert.Equal(id, ims.ErrorId);
        Assert.DoesNotContain("word", gateway.Message.Replace("password", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Nothing was sent", ims.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://platform.adobe.io/data/foundation/flowservice/", "https://platform.adobe.io/")]
    [InlineData("https://platform.adobe.io/data/foundation", "https://platform.adobe.io/")]
    [InlineData("https://ims-na1.adobelogin.com/ims/token/v3", "https://ims-na1.adobelogin.com/")]
    [InlineData("https://proxy.example.com/adobe", "https://proxy.example.com/adobe")]
    public void The_path_of_a_service_may_stand_behind_an_address(string given, string expected) =>
        Assert.Equal(expected, FlowAddress.Checked(new Uri(given), "-Uri").AbsoluteUri);

    [Theory]
    [InlineData("", "o@AdobeOrg")]
    [InlineData("client", "")]
    [InlineData("client", "no-organization")]
    [InlineData("cl\nient", "o@AdobeOrg")]
    public async Task What_cannot_be_an_id_is_refused(string client, string organization)
    {
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => FlowSession.OpenAsync(
            new FlowSessionOptions { ClientId = client, ClientSecret = "s", OrganizationId = organization }, Cancel));
        Assert.Equal("FlowInvalidArgument", error.ErrorId);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_told_with_what_Connect_Flow_takes()
    {
        var options = new FlowSessionOptions { ClientId = "c", ClientSecret = "s", OrganizationId = "o@AdobeOrg", Proxy = new Uri("http://127.0.0.1:1"), Transport = ScriptedServer.QuickRetries };
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => FlowSession.OpenAsync(options, Cancel));
        Assert.Equal("AdxProxyFailed", error.ErrorId);
        Assert.Contains("Connect-Flow", error.RecommendedAction, StringComparison.Ordinal);
    }
}
