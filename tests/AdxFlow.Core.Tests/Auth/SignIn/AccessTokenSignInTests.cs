using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Auth.SignIn;

public sealed class AccessTokenSignInTests
{
    [Theory]
    [InlineData("https://management.azure.com/")]
    [InlineData("https://graph.microsoft.com")]
    [InlineData("00000003-0000-0000-c000-000000000000")]
    [InlineData("https://evil.example/?x=https://kusto.kusto.windows.net")]
    public async Task A_token_for_another_audience_is_not_sent(string audience)
    {
        await using var entra = new FakeEntra();
        AdxException error = await entra.RefusedAsync(AdxSignIn.AccessToken(FakeEntra.Jwt("s1gnature", $$"""{"aud":"{{audience}}"}""")));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains(audience, error.Message, StringComparison.Ordinal);
        Assert.Contains($"Get-AzAccessToken -ResourceUrl '{entra.Resource}'", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeEntra.Encode("s1gnature"), error.ToString(), StringComparison.Ordinal);
        Assert.Empty(entra.EngineTokens);
        Assert.Empty(entra.TokenRequests);
    }

    [Theory]
    [InlineData("{resource}")]
    [InlineData("{resource}/")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://kusto.kusto.windows.net")]
    [InlineData("https://api.kusto.windows.net/")]
    [InlineData("2746ea77-4702-4b45-80ca-3c97e680e8b7")]
    [InlineData(null)]
    public async Task A_token_for_the_cluster_is_sent_and_one_that_does_not_say_is_left_to_the_service(string? audience)
    {
        await using var entra = new FakeEntra();
        string claims = audience is null ? "{}" : $$"""{"aud":"{{audience.Replace("{resource}", entra.Resource, StringComparison.Ordinal)}}"}""";
        string token = FakeEntra.Jwt("x", claims);
        await entra.ConnectAsync(AdxSignIn.AccessToken(token));
        Assert.Equal(token, Assert.Single(entra.EngineTokens));
        Assert.Empty(entra.TokenRequests);
    }

    [Fact]
    public async Task The_connection_knows_when_it_runs_out()
    {
        await using var entra = new FakeEntra();
        var end = new DateTimeOffset(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.AccessToken(FakeEntra.Jwt("x", $$"""{"exp":{{end.ToUnixTimeSeconds()}},"tid":"{{FakeEntra.Tenant}}"}""")));
        Assert.Equal(end, connection.TokenExpiresOn);
        Assert.Equal(FakeEntra.Tenant, connection.TenantId);
        Assert.Equal(end, connection.WithDatabase("other").TokenExpiresOn);
    }

    [Fact]
    public async Task A_token_that_runs_out_while_connected_is_told_so_and_not_sent()
    {
        await using var entra = new FakeEntra();
        var clock = new ManualClock();
        string token = FakeEntra.Jwt("x", $$"""{"exp":{{DateTimeOffset.UtcNow.AddMinutes(4).ToUnixTimeSeconds()}}}""");
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.AccessToken(token), clock: clock);
        var cached = new CachedCredential(new FixedTokenCredential(token, clock), AdxSignInKind.AccessToken, entra.Uri, null, clock);
        var context = new Azure.Core.TokenRequestContext([entra.Scope]);
        Assert.Equal(token, (await cached.GetTokenAsync(context, TestContext.Current.CancellationToken)).Token);
        clock.Advance(TimeSpan.FromMinutes(5));
        AdxException error = await Assert.ThrowsAsync<AdxException>(async () => await cached.GetTokenAsync(context, TestContext.Current.CancellationToken));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("-ManagedIdentity", error.RecommendedAction, StringComparison.Ordinal);
        Assert.NotNull(connection.TokenExpiresOn);
    }
}
