using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Auth.Tokens;

/// <summary>The same through Azure.Identity and the pipelines, as the engine sees it.</summary>
public sealed class TokenRenewalTests
{
    private static AdxSignIn SignIn => AdxSignIn.ServicePrincipal(FakeEntra.Application, "key", FakeEntra.Tenant);

    [Fact]
    public async Task A_token_that_has_run_out_is_renewed_before_the_next_call()
    {
        int number = 0;
        await using var entra = new FakeEntra { Token = _ => FakeEntra.TokenAnswer(FakeEntra.Jwt($"token-{++number}"), expiresIn: 0) };
        AdxConnection connection = await entra.ConnectAsync(SignIn);
        entra.EngineTokens.Clear();
        await CallAsync(connection);
        await CallAsync(connection);
        Assert.Equal(2, entra.EngineTokens.Distinct().Count());
        Assert.Equal(FakeEntra.Jwt($"token-{number}"), entra.EngineTokens.Last());
    }

    [Fact]
    public async Task A_token_that_is_good_serves_every_call()
    {
        await using var entra = new FakeEntra();
        AdxConnection connection = await entra.ConnectAsync(SignIn);
        for (int i = 0; i < 3; i++)
            await CallAsync(connection);
        Assert.Single(entra.TokenRequests);
        Assert.Single(entra.EngineTokens.Distinct());
    }

    [Fact]
    public async Task A_claims_challenge_is_answered_with_a_token_that_has_the_claims()
    {
        const string Claims = """{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}""";
        await using var entra = new FakeEntra();
        AdxConnection connection = await entra.ConnectAsync(SignIn);
        entra.Token = _ => FakeEntra.TokenAnswer(FakeEntra.Jwt("second"));
        entra.Engine = token => token == FakeEntra.Jwt("second") ? ScriptedServer.Version : new ScriptedAnswer
        {
            Status = 401,
            Headers = new Dictionary<string, string>
            {
                ["WWW-Authenticate"] = $"Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Claims))}\"",
            },
        };
        await CallAsync(connection);
        Assert.Equal(2, entra.TokenRequests.Count);
        Assert.Contains("1700000000", FakeEntra.Fields(entra.TokenRequests.Last().Body)["claims"], StringComparison.Ordinal);
        Assert.Equal(FakeEntra.Jwt("second"), entra.EngineTokens.Last());
    }

    private static Task<AdxResultTable> CallAsync(AdxConnection connection) =>
        new AdxClient(connection).ExecuteCommandAsync(".show version", new AdxRequestOptions { Database = "db" }, TestContext.Current.CancellationToken);
}
