using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class PolicyLimitsTests
{
    [Theory]
    [InlineData(10, 1, 100)]
    [InlineData(1800, 25_000, 4096)]
    [InlineData(null, null, null)]
    public void Batching_inside_of_the_limits_is_accepted(int? seconds, int? items, int? size) => PolicyLimits.Check(Batching(seconds, items, size));

    [Theory]
    [InlineData(9, null, null, "10 seconds to 30 minutes")]
    [InlineData(1801, null, null, "10 seconds to 30 minutes")]
    [InlineData(null, 0, null, "1 to 25,000")]
    [InlineData(null, 25_001, null, "1 to 25,000")]
    [InlineData(null, null, 99, "100 to 4,096 MB")]
    [InlineData(null, null, 4097, "100 to 4,096 MB")]
    public void Batching_outside_of_them_is_refused_in_words(int? seconds, int? items, int? size, string limit) => Refused(Batching(seconds, items, size), limit);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_hint_that_is_no_rate_is_refused(double rate) =>
        Refused(new AdxStreamingPolicy { Database = "D", Table = "T", IsEnabled = true, HintAllocatedRate = rate }, "more than 0");

    [Fact]
    public void A_streaming_policy_must_say_whether_it_is_on()
    {
        Refused(new AdxStreamingPolicy { Database = "D", Table = "T" }, "enabled");
        PolicyLimits.Check(new AdxStreamingPolicy { Database = "D", Table = "T", IsEnabled = false });
    }

    [Fact]
    public void Keeping_nothing_goes_with_recovering_nothing()
    {
        Refused(Retention(TimeSpan.Zero, null), "Disabled");
        Refused(Retention(TimeSpan.Zero, AdxRecoverability.Enabled), "Disabled");
        PolicyLimits.Check(Retention(TimeSpan.Zero, AdxRecoverability.Disabled));
        Refused(Retention(TimeSpan.FromTicks(-1), null), "negative");
        PolicyLimits.Check(Retention(TimeSpan.FromDays(365_000), null));
        PolicyLimits.Check(Retention(null, AdxRecoverability.Enabled));
    }

    [Fact]
    public void A_caching_period_is_zero_or_more()
    {
        Refused(new AdxCachingPolicy { Database = "D", Table = "T", CachingPeriod = TimeSpan.FromTicks(-1) }, "negative");
        Refused(new AdxCachingPolicy { Database = "D", Table = "T" }, "period");
        PolicyLimits.Check(new AdxCachingPolicy { Database = "D", Table = "T", CachingPeriod = TimeSpan.Zero });
    }

    private static AdxBatchingPolicy Batching(int? seconds, int? items, int? size) =>
        new() { Database = "D", Table = "T", BatchingTime = seconds is { } time ? TimeSpan.FromSeconds(time) : null, BatchingItems = items, BatchingSizeMB = size };

    private static AdxRetentionPolicy Retention(TimeSpan? period, AdxRecoverability? recoverability) =>
        new() { Database = "D", Table = "T", RetentionPeriod = period, Recoverability = recoverability };

    private static void Refused(AdxTablePolicy policy, string words)
    {
        AdxException error = Assert.Throws<AdxException>(() => PolicyLimits.Check(policy));
        Assert.Equal("AdxInvalidPolicy", error.ErrorId);
        Assert.Equal(AdxErrorKind.InvalidArgument, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
