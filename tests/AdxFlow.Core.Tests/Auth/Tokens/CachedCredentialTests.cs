using AdxFlow.Auth;
using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Core.Tests.Auth.Tokens;

public sealed class CachedCredentialTests
{
    private static readonly TokenRequestContext Plain = new(["https://kusto.kusto.windows.net/.default"]);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task One_token_serves_until_five_minutes_before_its_end()
    {
        var source = new CountingCredential(number => Token(number, TimeSpan.FromHours(1)));
        CachedCredential cached = Cached(source);
        Assert.Equal("1", await TextAsync(cached));
        _clock.Advance(TimeSpan.FromMinutes(54.9));
        Assert.Equal("1", await TextAsync(cached));
        _clock.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal("2", await TextAsync(cached));
    }

    [Fact]
    public async Task The_issuers_word_on_renewal_counts_more()
    {
        var source = new CountingCredential(number => new AccessToken($"{number}", _clock.Now.AddHours(24), _clock.Now.AddHours(12)));
        CachedCredential cached = Cached(source);
        await TextAsync(cached);
        _clock.Advance(TimeSpan.FromHours(11.9));
        Assert.Equal("1", await TextAsync(cached));
        _clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal("2", await TextAsync(cached));
    }

    [Fact]
    public async Task Over_a_run_of_many_hours_there_is_always_a_token_that_is_valid()
    {
        var source = new CountingCredential(number => Token(number, TimeSpan.FromHours(1)));
        CachedCredential cached = Cached(source);
        for (int minute = 0; minute < 30 * 60; minute++)
        {
            AccessToken token = await cached.GetTokenAsync(Plain, TestContext.Current.CancellationToken);
            Assert.True(token.ExpiresOn > _clock.Now);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(33, source.Calls);
    }

    [Fact]
    public async Task While_one_caller_renews_the_others_go_on_with_the_token_they_have()
    {
        var gate = new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new CountingCredential(number => number == 1 ? Task.FromResult(Token(1, TimeSpan.FromHours(1))) : gate.Task);
        CachedCredential cached = Cached(source);
        await TextAsync(cached);
        _clock.Advance(TimeSpan.FromMinutes(57));
        Task<string> renewing = TextAsync(cached);
        for (int i = 0; i < 20; i++)
            Assert.Equal("1", await TextAsync(cached));
        Assert.Equal(2, source.Calls);
        gate.SetResult(Token(2, TimeSpan.FromHours(1)));
        Assert.Equal("2", await renewing);
        Assert.Equal("2", await TextAsync(cached));
    }

    [Fact]
    public async Task Many_callers_without_a_token_wait_for_one_request()
    {
        var gate = new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new CountingCredential(_ => gate.Task);
        CachedCredential cached = Cached(source);
        Task<string>[] waiting = [.. Enumerable.Range(0, 32).Select(_ => TextAsync(cached))];
        gate.SetResult(Token(1, TimeSpan.FromHours(1)));
        Assert.All(await Task.WhenAll(waiting), text => Assert.Equal("1", text));
        Assert.Equal(1, source.Calls);
    }

    [Fact]
    public async Task An_early_renewal_that_fails_keeps_the_token_until_its_end()
    {
        var source = new CountingCredential(number => number == 1 ? Token(1, TimeSpan.FromHours(1)) : throw new AuthenticationFailedException("the authority is away"));
        CachedCredential cached = Cached(source);
        await TextAsync(cached);
        _clock.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("1", await TextAsync(cached));
        Assert.Equal("1", await TextAsync(cached));
        // Not every request tries again, which would slow them all.
        Assert.Equal(2, source.Calls);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("1", await TextAsync(cached));
        Assert.Equal(3, source.Calls);
        _clock.Advance(TimeSpan.FromMinutes(4));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => TextAsync(cached));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Equal("Sign-in failed: the authority is away", error.Message);
    }

    [Fact]
    public async Task A_token_that_lives_no_longer_than_the_margin_is_not_renewed_by_each_request()
    {
        DateTimeOffset end = _clock.Now.AddMinutes(4);
        var source = new CountingCredential(number => new AccessToken($"{number}", number < 4 ? end : end.AddHours(1)));
        CachedCredential cached = Cached(source);
        for (int i = 0; i < 20; i++)
            Assert.Equal("1", await TextAsync(cached));
        Assert.Equal(1, source.Calls);
        _clock.Advance(TimeSpan.FromSeconds(31));
        for (int i = 0; i < 20; i++)
            Assert.Equal("2", await TextAsync(cached));
        Assert.Equal(2, source.Calls);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("3", await TextAsync(cached));
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("4", await TextAsync(cached));
        Assert.Equal(4, source.Calls);
    }

    [Fact]
    public async Task A_challenge_gets_a_new_token_though_the_old_one_has_not_run_out()
    {
        var source = new CountingCredential(number => Token(number, TimeSpan.FromHours(1)));
        CachedCredential cached = Cached(source);
        await TextAsync(cached);
        AccessToken token = await cached.GetTokenAsync(new TokenRequestContext(Plain.Scopes, claims: """{"access_token":{}}"""), TestContext.Current.CancellationToken);
        Assert.Equal("2", token.Token);
        Assert.Equal("2", await TextAsync(cached));
    }

    [Fact]
    public async Task A_caller_who_gives_up_leaves_the_turn_to_the_next()
    {
        var source = new CountingCredential(number => number == 1 ? new TaskCompletionSource<AccessToken>().Task : Task.FromResult(Token(number, TimeSpan.FromHours(1))));
        CachedCredential cached = Cached(source);
        using var stop = new CancellationTokenSource();
        Task<AccessToken> first = cached.GetTokenAsync(Plain, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("2", await TextAsync(cached));
    }

    [Fact]
    public async Task No_token_shows_in_its_text()
    {
        CachedCredential cached = Cached(new CountingCredential(_ => new AccessToken("s3cret", _clock.Now.AddHours(1))));
        await TextAsync(cached);
        object held = typeof(CachedCredential).GetField("_held", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(cached)!;
        Assert.DoesNotContain("s3cret", $"{cached}{held}", StringComparison.Ordinal);
    }

    private CachedCredential Cached(TokenCredential source) =>
        new(source, AdxSignInKind.ServicePrincipal, new Uri("https://login.microsoftonline.com"), TimeSpan.FromMinutes(1), _clock);

    private AccessToken Token(int number, TimeSpan life) => new($"{number}", _clock.Now + life);

    private static async Task<string> TextAsync(CachedCredential cached) => (await cached.GetTokenAsync(Plain, TestContext.Current.CancellationToken)).Token;

    /// <summary>Hands out what a test says, and counts.</summary>
    private sealed class CountingCredential(Func<int, Task<AccessToken>> next) : TokenCredential
    {
        private int _calls;

        public CountingCredential(Func<int, AccessToken> next)
            : this(number => Task.FromResult(next(number)))
        {
        }

        public int Calls => _calls;

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            await next(Interlocked.Increment(ref _calls)).WaitAsync(cancellationToken);
    }
}
