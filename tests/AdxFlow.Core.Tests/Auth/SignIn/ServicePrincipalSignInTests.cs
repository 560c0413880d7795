using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Auth.SignIn;

public sealed class ServicePrincipalSignInTests
{
    private const string Key = "kEy~8Q.secret";

    private static AdxSignIn SignIn => AdxSignIn.ServicePrincipal(FakeEntra.Application, Key, FakeEntra.Tenant);

    [Fact]
    public async Task The_key_goes_to_the_authority_and_the_token_to_the_engine()
    {
        await using var entra = new FakeEntra();
        AdxConnection connection = await entra.ConnectAsync(SignIn);
        ScriptedRequest request = Assert.Single(entra.TokenRequests);
        Assert.Equal("POST", request.Method);
        Assert.Equal($"/{FakeEntra.Tenant}/oauth2/v2.0/token", request.Path);
        Dictionary<string, string> form = FakeEntra.Fields(request.Body);
        Assert.Equal("client_credentials", form["grant_type"]);
        Assert.Equal(FakeEntra.Application, form["client_id"]);
        Assert.Equal(Key, form["client_secret"]);
        Assert.Equal(entra.Scope, form["scope"]);
        Assert.All(entra.EngineTokens, token => Assert.Equal(FakeEntra.Jwt("first"), token));
        Assert.NotEmpty(entra.EngineTokens);
        Assert.Equal(AdxSignInKind.ServicePrincipal, connection.SignIn);
        Assert.Equal($"aadapp={FakeEntra.Application};{FakeEntra.Tenant}", connection.Principal);
        Assert.Equal(FakeEntra.Tenant, connection.TenantId);
        Assert.Null(connection.TokenExpiresOn);
    }

    [Fact]
    public async Task A_cluster_that_asks_for_no_sign_in_gets_no_token()
    {
        await using var entra = new FakeEntra { RequiresSignIn = false };
        await entra.ConnectAsync(SignIn);
        Assert.Empty(entra.TokenRequests);
        Assert.Null(Assert.Single(entra.EngineTokens));
    }

    [Theory]
    [InlineData(7000215, "AADSTS7000215: Invalid client secret provided.", "wrong")]
    [InlineData(7000222, "AADSTS7000222: The provided client secret keys for app are expired.", "expired")]
    [InlineData(700016, "AADSTS700016: Application with identifier was not found in the directory.", "user name of -Credential")]
    [InlineData(90002, "AADSTS90002: Tenant not found.", "-TenantId")]
    public async Task What_the_authority_refuses_is_told_with_its_code_and_what_to_do(int code, string message, string advice)
    {
        await using var entra = new FakeEntra();
        entra.Token = _ => Entra.Refusal(code, message);
        AdxException error = await entra.RefusedAsync(SignIn);
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Equal(AdxErrorKind.AuthenticationFailed, error.Kind);
        Assert.True(error.IsPermanent);
        Assert.Equal($"AADSTS{code}", error.ServiceCode);
        Assert.Equal("Sign-in failed: " + message, error.Message);
        Assert.Equal(Entra.TraceId, error.ActivityId);
        Assert.Equal(Entra.CorrelationId, error.ClientRequestId);
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(entra.EngineTokens);
    }

    [Fact]
    public async Task What_is_no_tenant_is_refused_before_a_key_is_sent()
    {
        await using var entra = new FakeEntra();
        AdxException error = await entra.RefusedAsync(AdxSignIn.ServicePrincipal(FakeEntra.Application, Key, "contoso/../evil"));
        Assert.Equal("AdxInvalidSignIn", error.ErrorId);
        Assert.Contains("-TenantId", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(entra.TokenRequests);
    }

    [Fact]
    public async Task An_authority_that_breaks_off_is_a_connection_that_failed()
    {
        await using var entra = new FakeEntra();
        entra.Token = _ => ScriptedAnswer.Of(0, "");
        AdxException error = await entra.RefusedAsync(SignIn);
        Assert.Equal("AdxConnectionFailed", error.ErrorId);
        Assert.False(error.IsPermanent);
        Assert.Contains("-Proxy", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_does_not_answer_is_given_up()
    {
        await using var entra = new FakeEntra();
        entra.Token = _ => new ScriptedAnswer { Write = (_, stop) => Task.Delay(Timeout.Infinite, stop) };
        AdxException error = await entra.RefusedAsync(SignIn, TimeSpan.FromMilliseconds(200));
        Assert.Equal("AdxTimeout", error.ErrorId);
        Assert.Equal(AdxErrorKind.Timeout, error.Kind);
        Assert.Contains("0.2 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("-SignInTimeout", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_error_of_the_sign_in()
    {
        await using var entra = new FakeEntra();
        using var stop = new CancellationTokenSource();
        entra.Token = _ =>
        {
            stop.Cancel();
            return new ScriptedAnswer { Write = (_, end) => Task.Delay(Timeout.Infinite, end) };
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entra.ConnectAsync(SignIn, cancellationToken: stop.Token));
    }
}
