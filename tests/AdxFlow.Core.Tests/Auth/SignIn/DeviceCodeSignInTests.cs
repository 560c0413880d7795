using System.Collections.Concurrent;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Auth.SignIn;

public sealed class DeviceCodeSignInTests
{
    private const string Message = "To sign in, open https://microsoft.com/devicelogin and enter the code ABC123.";

    [Fact]
    public async Task The_code_is_shown_and_the_token_fetched_once_the_user_has_entered_it()
    {
        await using var entra = new FakeEntra();
        var shown = new ConcurrentQueue<string>();
        int polls = 0;
        entra.Token = request => Answer(request, () => Interlocked.Increment(ref polls) == 1 ? Entra.Refusal(70016, "AADSTS70016: Pending.", "authorization_pending") : Entra.UserToken("user", 3600));
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.DeviceCode(shown.Enqueue, FakeEntra.Tenant));
        Assert.Equal(Message, Assert.Single(shown));
        Dictionary<string, string> asked = FakeEntra.Fields(entra.TokenRequests.First(IsDeviceCode).Body);
        Assert.Equal("db662dc1-0cfe-4e1c-a843-19a68e65be58", asked["client_id"]);
        Assert.Contains(entra.Scope, asked["scope"].Split(' '));
        ScriptedRequest poll = entra.TokenRequests.First(request => request.Body.Contains("device-code-value", StringComparison.Ordinal));
        Assert.Equal($"/{FakeEntra.Tenant}/oauth2/v2.0/token", poll.Path);
        Assert.Equal("device_code", FakeEntra.Fields(poll.Body)["grant_type"]);
        Assert.Equal(2, polls);
        Assert.Equal(AdxSignInKind.DeviceCode, connection.SignIn);
        Assert.Equal($"aaduser=ada@contoso.com;{FakeEntra.Tenant}", connection.Principal);
    }

    [Fact]
    public async Task A_user_who_declines_is_told_so()
    {
        await using var entra = new FakeEntra();
        entra.Token = request => Answer(request, () => Entra.Refusal(65004, "AADSTS65004: User declined to consent to access the app.", "authorization_declined"));
        AdxException error = await entra.RefusedAsync(AdxSignIn.DeviceCode(_ => { }, FakeEntra.Tenant));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Equal("AADSTS65004", error.ServiceCode);
        Assert.DoesNotContain("device-code-value", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_the_user_ends_when_the_caller_wants_it()
    {
        await using var entra = new FakeEntra();
        using var stop = new CancellationTokenSource();
        entra.Token = request => Answer(request, () => Entra.Refusal(70016, "AADSTS70016: Pending.", "authorization_pending"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entra.ConnectAsync(AdxSignIn.DeviceCode(_ => stop.Cancel(), FakeEntra.Tenant), cancellationToken: stop.Token));
    }

    [Fact]
    public async Task A_later_token_comes_from_the_refresh_token_and_nobody_is_asked_again()
    {
        await using var entra = new FakeEntra();
        int shown = 0;
        // A token that has run out when it comes makes every call ask for another.
        entra.Token = request => Answer(request, () => Entra.UserToken("user", 0));
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.DeviceCode(_ => shown++, FakeEntra.Tenant));
        entra.Token = _ => Entra.Refusal(700082, "AADSTS700082: The refresh token has expired due to inactivity.", "invalid_grant");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() =>
            new AdxClient(connection).ExecuteCommandAsync(".show version", new AdxRequestOptions { Database = "db" }, TestContext.Current.CancellationToken));
        Assert.Equal("refresh_token", FakeEntra.Fields(entra.TokenRequests.Last().Body)["grant_type"]);
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("Connect-Adx again", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, shown);
    }

    private static bool IsDeviceCode(ScriptedRequest request) => request.Path.EndsWith("/devicecode", StringComparison.Ordinal);

    private static ScriptedAnswer Answer(ScriptedRequest request, Func<ScriptedAnswer> poll) => IsDeviceCode(request)
        ? $$"""{"user_code":"ABC123","device_code":"device-code-value","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":1,"message":"{{Message}}"}"""
        : poll();
}
