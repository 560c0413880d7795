using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Core.Tests.Ingestion.Storage;

public sealed class AccountRankingTests
{
    private readonly StoppedClock _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void An_account_of_which_nothing_is_known_is_as_good_as_one_that_succeeds()
    {
        var ranking = new AccountRanking(_clock);
        ranking.Report("a", success: true);
        Assert.Equal((0, 0), (ranking.Tier("a"), ranking.Tier("b")));
    }

    [Theory]
    [InlineData(9, 1, 0)]
    [InlineData(8, 2, 1)]
    [InlineData(4, 6, 2)]
    [InlineData(1, 9, 3)]
    public void Its_tier_follows_from_its_successes(int successes, int failures, int tier)
    {
        var history = new AccountHistory(_clock);
        for (int i = 0; i < successes; i++)
            history.Add(success: true);
        for (int i = 0; i < failures; i++)
            history.Add(success: false);
        Assert.Equal(tier, history.Tier);
    }

    [Fact]
    public void What_is_older_weighs_less_and_is_forgotten_after_a_minute()
    {
        var history = new AccountHistory(_clock);
        history.Add(success: false);
        Assert.Equal(3, history.Tier);
        _clock.Now += TimeSpan.FromSeconds(50);
        history.Add(success: true);
        // One of six against six of six.
        Assert.Equal(1, history.Tier);
        _clock.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(0, history.Tier);
    }

    [Fact]
    public void A_clock_that_is_put_back_does_not_make_an_old_failure_weigh_more()
    {
        var history = new AccountHistory(_clock);
        history.Add(success: false);
        _clock.Now -= TimeSpan.FromHours(1) + TimeSpan.FromSeconds(20);
        for (int i = 0; i < 10; i++)
            history.Add(success: true);
        Assert.Equal(0, history.Tier);
    }

    [Fact]
    public async Task A_container_that_is_gone_takes_no_further_blob_until_the_service_names_it_again()
    {
        int loads = 0;
        using var pool = new ContainerPool(_ =>
        {
            loads++;
            return Task.FromResult(Configuration("https://b/1?s"));
        }, Configuration("https://a/1?s", "https://a/2?s"), new AccountRanking(_clock));
        StorageContainer first = await pool.NextAsync([], Stop);
        await pool.LoseAsync(first, Stop);
        for (int i = 0; i < 4; i++)
            Assert.NotEqual(first.Name, (await pool.NextAsync([], Stop)).Name);
        Assert.Equal(0, loads);
        await pool.LoseAsync(await pool.NextAsync([], Stop), Stop);
        Assert.Equal(("b/1", 1), ((await pool.NextAsync([], Stop)).Name, loads));
    }

    [Fact]
    public async Task Accounts_take_turns_and_their_containers_with_them()
    {
        using ContainerPool pool = Pool(new AccountRanking(_clock), "https://a/1?s", "https://a/2?s", "https://b/1?s");
        var taken = new List<StorageContainer>();
        for (int i = 0; i < 8; i++)
            taken.Add(await pool.NextAsync([], Stop));
        Assert.Equal(4, taken.Count(static container => container.Account == "b"));
        Assert.All(taken.Zip(taken.Skip(1)), static pair => Assert.NotEqual(pair.First.Account, pair.Second.Account));
        Assert.Equal(["a/1", "a/2"], taken.Where(static container => container.Account == "a").Select(static container => container.Name).Distinct().Order());
    }

    [Fact]
    public async Task One_that_fails_is_left_alone_until_it_is_forgotten()
    {
        var ranking = new AccountRanking(_clock);
        using ContainerPool pool = Pool(ranking, "https://a/1?s", "https://b/1?s");
        ranking.Report("a", success: false);
        for (int i = 0; i < 5; i++)
            Assert.Equal("b", (await pool.NextAsync([], Stop)).Account);
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.NotEqual((await pool.NextAsync([], Stop)).Account, (await pool.NextAsync([], Stop)).Account);
    }

    [Fact]
    public async Task What_failed_with_a_blob_comes_last_for_it()
    {
        using ContainerPool pool = Pool(new AccountRanking(_clock), "https://a/1?s", "https://b/1?s");
        StorageContainer first = await pool.NextAsync([], Stop);
        Assert.True(pool.HasOtherAccount([], first));
        StorageContainer second = await pool.NextAsync([first], Stop);
        Assert.NotEqual(first.Account, second.Account);
        Assert.False(pool.HasOtherAccount([first], second));
    }

    [Fact]
    public async Task A_refused_signature_is_renewed_once_for_all_who_were_refused()
    {
        int loads = 0;
        var old = new StorageContainer("https://a/1?sig=old");
        using var pool = new ContainerPool(_ =>
        {
            loads++;
            return Task.FromResult(Configuration("https://b/9?sig=x", "https://a/1?sig=new"));
        }, Configuration("https://a/1?sig=old"), new AccountRanking(_clock));
        StorageContainer?[] fresh = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => pool.FreshAsync(old, Stop)));
        Assert.All(fresh, static container => Assert.Equal("https://a/1/x?sig=new", container!.BlobUri("x").AbsoluteUri));
        Assert.Equal(1, loads);
        // What was just fetched and is refused as well is no older than what the service has.
        Assert.Null(await pool.FreshAsync(fresh[0]!, Stop));
    }

    private static ContainerPool Pool(AccountRanking ranking, params string[] containers) => new(_ => throw new InvalidOperationException("Nobody asked to renew."), Configuration(containers), ranking);

    private static IngestionConfiguration Configuration(params string[] containers) =>
        new() { Containers = [.. containers.Select(static path => new StorageContainer(path))], MaxBlobsPerRequest = 20, MaxDataSize = long.MaxValue, Life = TimeSpan.FromHours(1) };

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
