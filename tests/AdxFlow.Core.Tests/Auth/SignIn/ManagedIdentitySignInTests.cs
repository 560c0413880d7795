using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Auth.SignIn;

[Collection(EnvironmentCollection.Name)]
public sealed class ManagedIdentitySignInTests
{
    private const string Client = "0ad1b6a3-5d53-4c1b-8f40-0b7a8a1c9e11";

    [Fact]
    public async Task On_a_virtual_machine_it_is_the_metadata_service()
    {
        await using var entra = new FakeEntra { Token = _ => IdentityAnswer("imds") };
        using var environment = new TestEnvironment(("AZURE_POD_IDENTITY_AUTHORITY_HOST", entra.Uri.AbsoluteUri));
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.ManagedIdentity());
        ScriptedRequest request = entra.TokenRequests.Last();
        Assert.Equal("GET", request.Method);
        Assert.StartsWith("/metadata/identity/oauth2/token?", request.Path, StringComparison.Ordinal);
        Assert.Equal("true", request.Header("Metadata"));
        Dictionary<string, string> query = Query(request);
        Assert.Equal("2018-02-01", query["api-version"]);
        Assert.Equal(entra.Resource, query["resource"]);
        Assert.DoesNotContain("client_id", query.Keys);
        Assert.Equal(FakeEntra.Jwt("imds"), entra.EngineTokens.Last());
        Assert.Equal(AdxSignInKind.ManagedIdentity, connection.SignIn);
    }

    [Fact]
    public async Task In_App_Service_it_is_the_apps_endpoint_with_its_header()
    {
        await using var entra = new FakeEntra { Token = _ => IdentityAnswer("app") };
        using var environment = new TestEnvironment(("IDENTITY_ENDPOINT", entra.Uri + "msi/token"), ("IDENTITY_HEADER", "h3ader"));
        await entra.ConnectAsync(AdxSignIn.ManagedIdentity(" " + Client + " "));
        ScriptedRequest request = Assert.Single(entra.TokenRequests);
        Assert.StartsWith("/msi/token?", request.Path, StringComparison.Ordinal);
        Assert.Equal("h3ader", request.Header("X-IDENTITY-HEADER"));
        Dictionary<string, string> query = Query(request);
        Assert.Equal("2019-08-01", query["api-version"]);
        Assert.Equal(entra.Resource, query["resource"]);
        Assert.Equal(Client, query["client_id"]);
        Assert.Equal(FakeEntra.Jwt("app"), entra.EngineTokens.Last());
    }

    [Fact]
    public async Task On_an_Arc_machine_it_is_the_agents_endpoint_whose_key_file_must_be_the_agents()
    {
        await using var entra = new FakeEntra
        {
            Token = _ => new ScriptedAnswer { Status = 401, Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "Basic realm=/tmp/not-the-agents.key" } },
        };
        using var environment = new TestEnvironment(("IDENTITY_ENDPOINT", entra.Uri + "metadata/identity/oauth2/token"), ("IMDS_ENDPOINT", entra.Uri.AbsoluteUri));
        AdxException error = await entra.RefusedAsync(AdxSignIn.ManagedIdentity());
        ScriptedRequest request = entra.TokenRequests.First();
        Assert.Equal("true", request.Header("Metadata"));
        Assert.Equal(entra.Resource, Query(request)["resource"]);
        Assert.All(entra.TokenRequests, each => Assert.Null(each.Header("Authorization")));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
    }

    [Fact]
    public async Task In_an_Automation_job_it_is_the_jobs_endpoint()
    {
        await using var entra = new FakeEntra { Token = _ => $$"""{"access_token":"{{FakeEntra.Jwt("job")}}","expires_on":"{{DateTimeOffset.UtcNow.AddHours(8):yyyy-MM-dd HH:mm:ss}}Z","token_type":"Bearer"}""" };
        using var environment = new TestEnvironment(
            ("AUTOMATION_ASSET_ACCOUNTID", "account"), ("IDENTITY_ENDPOINT", entra.Uri + "msi/token?code=1"), ("IDENTITY_HEADER", "h3ader"));
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.ManagedIdentity(Client));
        ScriptedRequest request = Assert.Single(entra.TokenRequests);
        Assert.Equal("GET", request.Method);
        Assert.Equal("h3ader", request.Header("X-IDENTITY-HEADER"));
        Assert.Equal("True", request.Header("Metadata"));
        Dictionary<string, string> query = Query(request);
        Assert.Equal("1", query["code"]);
        Assert.Equal(entra.Resource, query["resource"]);
        Assert.Equal(Client, query["client_id"]);
        Assert.Equal(FakeEntra.Jwt("job"), entra.EngineTokens.Last());
        Assert.Equal(AdxSignInKind.ManagedIdentity, connection.SignIn);
    }

    [Fact]
    public async Task An_Automation_account_without_identity_is_told_so()
    {
        await using var entra = new FakeEntra { Token = _ => ScriptedAnswer.Of(400, """{"error":"invalid_request","error_description":"Identity not found"}""") };
        using var environment = new TestEnvironment(
            ("AUTOMATION_ASSET_ACCOUNTID", "account"), ("IDENTITY_ENDPOINT", entra.Uri.AbsoluteUri), ("IDENTITY_HEADER", "h3ader"));
        AdxException error = await entra.RefusedAsync(AdxSignIn.ManagedIdentity());
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("Identity not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("Automation account", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("h3ader", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_of_the_Automation_endpoint_is_not_followed()
    {
        await using var entra = new FakeEntra
        {
            Token = _ => new ScriptedAnswer { Status = 307, Headers = new Dictionary<string, string> { ["Location"] = "https://attacker.example/token" } },
        };
        using var environment = new TestEnvironment(
            ("AUTOMATION_ASSET_ACCOUNTID", "account"), ("IDENTITY_ENDPOINT", entra.Uri.AbsoluteUri), ("IDENTITY_HEADER", "h3ader"));
        Assert.Equal("AdxRedirected", (await entra.RefusedAsync(AdxSignIn.ManagedIdentity())).ErrorId);
        Assert.Single(entra.TokenRequests);
    }

    [Theory]
    [InlineData("AUTOMATION_ASSET_ACCOUNTID")]
    [InlineData("NO_AUTOMATION")]
    public async Task An_identity_endpoint_that_does_not_answer_is_given_up_soon(string host)
    {
        await using var entra = new FakeEntra { Token = _ => new ScriptedAnswer { Write = (_, stop) => Task.Delay(Timeout.Infinite, stop) } };
        using var environment = new TestEnvironment((host, "account"), ("IDENTITY_ENDPOINT", entra.Uri.AbsoluteUri), ("IDENTITY_HEADER", "h3ader"));
        AdxException error = await entra.RefusedAsync(AdxSignIn.ManagedIdentity(), TimeSpan.FromMilliseconds(300));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("0.3 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("managed identity", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_managed_identity()
    {
        var gone = new FakeEntra();
        string address = gone.Uri.AbsoluteUri;
        await gone.DisposeAsync();
        await using var entra = new FakeEntra();
        using var environment = new TestEnvironment(("IDENTITY_ENDPOINT", address), ("IDENTITY_HEADER", "h3ader"));
        AdxException error = await entra.RefusedAsync(AdxSignIn.ManagedIdentity());
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("managed identity", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void It_waits_shorter_than_the_other_kinds() =>
        Assert.True(AdxSignIn.ManagedIdentity().DefaultTimeout < AdxSignIn.AzureCli().DefaultTimeout);

    private static Dictionary<string, string> Query(ScriptedRequest request) => FakeEntra.Fields(request.Path.Split('?', 2)[1]);

    private static ScriptedAnswer IdentityAnswer(string mark) =>
        $$"""{"access_token":"{{FakeEntra.Jwt(mark)}}","expires_on":"{{DateTimeOffset.UtcNow.AddHours(8).ToUnixTimeSeconds()}}","resource":"r","token_type":"Bearer"}""";
}
