using System.Text.Json;
using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class PolicyReaderTests
{
    [Fact]
    public void Batching_is_read_and_what_is_not_known_is_left_alone()
    {
        var policy = Assert.IsType<AdxBatchingPolicy>(Read(AdxTablePolicyKind.Batching, """{"MaximumBatchingTimeSpan":"00:05:00","MaximumNumberOfItems":500,"MaximumRawDataSizeMB":1024,"New":{"a":[1]}}"""));
        Assert.Equal(TimeSpan.FromMinutes(5), policy.BatchingTime);
        Assert.Equal(500, policy.BatchingItems);
        Assert.Equal(1024, policy.BatchingSizeMB);
        Assert.False(policy.IsInherited);
        Assert.Equal("D", policy.Database);
        Assert.Equal("T", policy.Table);
        Assert.Equal("00:05:00, 500 items, 1024 MB", policy.Summary);
        Assert.Equal("Batching of T: 00:05:00, 500 items, 1024 MB", policy.ToString());
    }

    [Theory]
    [InlineData("""{"IsEnabled":true,"HintAllocatedRate":2.1}""", true, 2.1, "enabled, 2.1 GB an hour")]
    [InlineData("""{"IsEnabled":false,"HintAllocatedRate":null}""", false, null, "disabled")]
    [InlineData("""{"IsEnabled":"true"}""", true, null, "enabled")]
    public void Streaming_is_read(string json, bool isEnabled, double? rate, string summary)
    {
        var policy = Assert.IsType<AdxStreamingPolicy>(Read(AdxTablePolicyKind.Streaming, json));
        Assert.Equal(isEnabled, policy.IsEnabled);
        Assert.Equal(rate, policy.HintAllocatedRate);
        Assert.Equal(summary, policy.Summary);
    }

    [Theory]
    [InlineData("""{"SoftDeletePeriod":"365000.00:00:00","Recoverability":"Enabled"}""", 365000, AdxRecoverability.Enabled, "365000 days, recoverable")]
    [InlineData("""{"SoftDeletePeriod":{"Value":"1.00:00:00"},"Recoverability":"disabled","ContainerRecyclingPeriod":"1.00:00:00"}""", 1, AdxRecoverability.Disabled, "1 day, not recoverable")]
    [InlineData("""{"SoftDeletePeriod":"0.00:00:00","Recoverability":"Unknown"}""", 0, null, "00:00:00")]
    public void Retention_is_read(string json, int days, AdxRecoverability? recoverability, string summary)
    {
        var policy = Assert.IsType<AdxRetentionPolicy>(Read(AdxTablePolicyKind.Retention, json));
        Assert.Equal(TimeSpan.FromDays(days), policy.RetentionPeriod);
        Assert.Equal(recoverability, policy.Recoverability);
        Assert.Equal(summary, policy.Summary);
    }

    [Theory]
    [InlineData("""{"DataHotSpan":{"Value":"30.00:00:00"},"IndexHotSpan":{"Value":"30.00:00:00"}}""")]
    [InlineData("""{"DataHotSpan":"30.00:00:00","IndexHotSpan":"30.00:00:00","ColumnOverrides":[],"HotWindows":null}""")]
    public void Caching_is_read_in_both_forms(string json)
    {
        var policy = Assert.IsType<AdxCachingPolicy>(Read(AdxTablePolicyKind.Caching, json));
        Assert.Equal(TimeSpan.FromDays(30), policy.CachingPeriod);
        Assert.Empty(policy.HotWindows);
        Assert.Equal("30 days", policy.Summary);
    }

    [Fact]
    public void Hot_windows_are_read_whole_or_not_at_all()
    {
        var policy = Assert.IsType<AdxCachingPolicy>(Read(AdxTablePolicyKind.Caching, """{"DataHotSpan":"30.00:00:00","HotWindows":[{"MinValue":"2021-01-01T00:00:00Z","MaxValue":"2021-02-01T00:00:00Z"}]}"""));
        AdxHotWindow window = Assert.Single(policy.HotWindows);
        Assert.Equal(new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc), window.From);
        Assert.Equal(DateTimeKind.Utc, window.To.Kind);
        Assert.Equal("2021-01-01T00:00:00Z .. 2021-02-01T00:00:00Z", window.ToString());
        Assert.Equal("30 days, 1 hot window", policy.Summary);
        Assert.Equal("AdxInvalidResult", Assert.Throws<AdxException>(() => Read(AdxTablePolicyKind.Caching, """{"DataHotSpan":"30.00:00:00","HotWindows":[{"MinValue":"2021-01-01T00:00:00Z"}]}""")).ErrorId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\"null\"")]
    public void A_policy_that_is_not_set_is_inherited(string? json)
    {
        foreach (AdxTablePolicyKind kind in Enum.GetValues<AdxTablePolicyKind>())
        {
            AdxTablePolicy policy = Read(kind, json);
            Assert.Equal(kind, policy.Policy);
            Assert.True(policy.IsInherited);
            Assert.Equal("(inherited)", policy.Summary);
        }
    }

    [Fact]
    public void A_policy_may_come_as_text_of_a_text_or_as_an_object()
    {
        const string json = """{"SoftDeletePeriod":"2.00:00:00"}""";
        object?[] forms = [json, JsonSerializer.Serialize(json), new Dictionary<string, object?> { ["SoftDeletePeriod"] = "2.00:00:00" }];
        Assert.All(forms, form => Assert.Equal(TimeSpan.FromDays(2), ((AdxRetentionPolicy)Read(AdxTablePolicyKind.Retention, form)).RetentionPeriod));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("12")]
    [InlineData("[]")]
    public void What_is_no_policy_is_told(string json) =>
        Assert.Equal("AdxInvalidResult", Assert.Throws<AdxException>(() => Read(AdxTablePolicyKind.Batching, json)).ErrorId);

    private static AdxTablePolicy Read(AdxTablePolicyKind kind, object? cell)
    {
        var result = new AdxResultTable("Table_0", [new("Policy", AdxType.String)], [[cell]]);
        return PolicyReader.Read(kind, PolicyReader.Cell(result, result.Rows[0], "Policy"), "D", "T");
    }
}
