using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class PolicyCommandsTests
{
    [Theory]
    [InlineData(AdxTablePolicyKind.Batching, "ingestionbatching")]
    [InlineData(AdxTablePolicyKind.Streaming, "streamingingestion")]
    [InlineData(AdxTablePolicyKind.Retention, "retention")]
    [InlineData(AdxTablePolicyKind.Caching, "caching")]
    public void A_policy_is_shown_and_deleted_by_its_word(AdxTablePolicyKind kind, string word)
    {
        Assert.Equal($@".show table ['it\'s'] policy {word}", PolicyCommands.Show("it's", kind));
        Assert.Equal($@".delete table ['it\'s'] policy {word}", PolicyCommands.Delete("it's", kind));
    }

    [Fact]
    public void Batching_is_written_as_JSON_with_what_is_given()
    {
        var all = new AdxBatchingPolicy { Database = "D", Table = "T", BatchingTime = TimeSpan.FromSeconds(30), BatchingItems = 20, BatchingSizeMB = 300 };
        Assert.Equal(
            """.alter table ['U'] policy ingestionbatching '{\"MaximumBatchingTimeSpan\":\"00:00:30\",\"MaximumNumberOfItems\":20,\"MaximumRawDataSizeMB\":300}'""",
            PolicyCommands.Alter("U", all));
        var one = new AdxBatchingPolicy { Database = "D", Table = "T", BatchingItems = 1 };
        Assert.Equal(""".alter-merge table ['T'] policy ingestionbatching '{\"MaximumNumberOfItems\":1}'""", PolicyCommands.AlterMerge("T", one));
    }

    [Fact]
    public void Streaming_is_written_as_JSON()
    {
        var policy = new AdxStreamingPolicy { Database = "D", Table = "T", IsEnabled = true, HintAllocatedRate = 2.1 };
        Assert.Equal(""".alter table ['T'] policy streamingingestion '{\"IsEnabled\":true,\"HintAllocatedRate\":2.1}'""", PolicyCommands.Alter("T", policy));
        var off = new AdxStreamingPolicy { Database = "D", Table = "T", IsEnabled = false };
        Assert.Equal(""".alter-merge table ['T'] policy streamingingestion '{\"IsEnabled\":false}'""", PolicyCommands.AlterMerge("T", off));
    }

    [Fact]
    public void Retention_is_replaced_as_JSON_and_changed_by_words()
    {
        var policy = new AdxRetentionPolicy { Database = "D", Table = "T", RetentionPeriod = TimeSpan.FromDays(10), Recoverability = AdxRecoverability.Enabled };
        Assert.Equal(""".alter table ['T'] policy retention '{\"SoftDeletePeriod\":\"10.00:00:00\",\"Recoverability\":\"Enabled\"}'""", PolicyCommands.Alter("T", policy));
        Assert.Equal(".alter-merge table ['T'] policy retention softdelete = 10d recoverability = enabled", PolicyCommands.AlterMerge("T", policy));
        var period = new AdxRetentionPolicy { Database = "D", Table = "T", RetentionPeriod = TimeSpan.FromMinutes(90) };
        Assert.Equal(".alter-merge table ['T'] policy retention softdelete = 90m", PolicyCommands.AlterMerge("T", period));
        var recoverability = new AdxRetentionPolicy { Database = "D", Table = "T", Recoverability = AdxRecoverability.Disabled };
        Assert.Equal(".alter-merge table ['T'] policy retention recoverability = disabled", PolicyCommands.AlterMerge("T", recoverability));
    }

    [Theory]
    [InlineData(0L, "0d")]
    [InlineData(30 * TimeSpan.TicksPerDay, "30d")]
    [InlineData(36 * TimeSpan.TicksPerHour, "36h")]
    [InlineData(90 * TimeSpan.TicksPerMinute, "90m")]
    [InlineData(61 * TimeSpan.TicksPerSecond, "61s")]
    [InlineData(1500 * TimeSpan.TicksPerMillisecond, "1500ms")]
    [InlineData(7L, "7tick")]
    public void A_period_is_written_exactly_in_the_largest_unit_that_fits(long ticks, string literal)
    {
        var policy = new AdxCachingPolicy { Database = "D", Table = "T", CachingPeriod = TimeSpan.FromTicks(ticks) };
        Assert.Equal($".alter table ['T'] policy caching hot = {literal}", PolicyCommands.Alter("T", policy));
        Assert.Equal(PolicyCommands.Alter("T", policy), PolicyCommands.AlterMerge("T", policy));
    }

    [Fact]
    public void Hot_windows_are_written_in_the_form_that_the_grammar_knows()
    {
        var policy = new AdxCachingPolicy
        {
            Database = "D",
            Table = "T",
            CachingPeriod = TimeSpan.FromDays(30),
            HotWindows = [new(new(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc), new(2021, 2, 1, 0, 0, 0, DateTimeKind.Utc))],
        };
        Assert.Equal(
            ".alter tables (['T']) policy caching hot = 30d, hot_window = datetime(2021-01-01T00:00:00.0000000Z) .. datetime(2021-02-01T00:00:00.0000000Z)",
            PolicyCommands.Alter("T", policy));
    }
}
