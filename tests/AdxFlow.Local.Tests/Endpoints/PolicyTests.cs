using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class PolicyTests : IAsyncLifetime
{
    private static readonly Guid Robot = Guid.Parse("4c7e82bd-6adb-46c3-b413-fdd44834c69b");

    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public PolicyTests() => _admin = new LocalClient(_cluster);

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData("ingestionbatching '{\"MaximumBatchingTimeSpan\":\"00:00:30\"}'", "{\"MaximumBatchingTimeSpan\":\"00:00:30\",\"MaximumNumberOfItems\":500,\"MaximumRawDataSizeMB\":1024}")]
    [InlineData("ingestionbatching ```{ \"maximumNumberOfItems\" : 20, \"MaximumRawDataSizeMB\": 300 }```", "{\"MaximumBatchingTimeSpan\":\"00:05:00\",\"MaximumNumberOfItems\":20,\"MaximumRawDataSizeMB\":300}")]
    [InlineData("streamingingestion enable", "{\"IsEnabled\":true,\"HintAllocatedRate\":null}")]
    [InlineData("streamingingestion disable", "{\"IsEnabled\":false,\"HintAllocatedRate\":null}")]
    [InlineData("streamingingestion '{\"IsEnabled\": true, \"HintAllocatedRate\": 2.1}'", "{\"IsEnabled\":true,\"HintAllocatedRate\":2.1}")]
    [InlineData("retention \"{}\"", "{\"SoftDeletePeriod\":\"365000.00:00:00\",\"Recoverability\":\"Enabled\"}")]
    [InlineData("retention '{\"SoftDeletePeriod\":\"10.00:00:00\",\"Recoverability\":\"disabled\"}'", "{\"SoftDeletePeriod\":\"10.00:00:00\",\"Recoverability\":\"Disabled\"}")]
    [InlineData("caching hot = 30d", "{\"DataHotSpan\":{\"Value\":\"30.00:00:00\"},\"IndexHotSpan\":{\"Value\":\"30.00:00:00\"}}")]
    [InlineData("caching hot = time(1.12:00:00), hot_window = datetime(2021-01-01) .. datetime(2021-02-01)", "{\"DataHotSpan\":{\"Value\":\"1.12:00:00\"},\"IndexHotSpan\":{\"Value\":\"1.12:00:00\"},\"HotWindows\":[{\"MinValue\":\"2021-01-01T00:00:00Z\",\"MaxValue\":\"2021-02-01T00:00:00Z\"}]}")]
    public async Task A_policy_that_is_set_is_shown_in_its_documented_shape_and_can_be_deleted(string change, string shown)
    {
        string kind = change.Split(' ')[0];
        foreach ((string entity, string name, string type) in (IEnumerable<(string, string, string)>)[("table T", "[NetDefaultDB].[T]", "Table"), ("database NetDefaultDB", "[NetDefaultDB]", "Database")])
        {
            Assert.Equal("null", (await _admin.RunAsync($".show {entity} policy {kind}")).Single()["Policy"].GetString());
            Dictionary<string, JsonElement> set = (await _admin.RunAsync($".alter {entity} policy {change}")).Single();
            Assert.Equal(["PolicyName", "EntityName", "Policy", "ChildEntities", "EntityType"], set.Keys);
            Assert.Equal(shown, set["Policy"].GetString());
            Assert.Equal((name, type), (set["EntityName"].GetString(), set["EntityType"].GetString()));
            Assert.Equal(shown, (await _admin.RunAsync($".show {entity} policy {kind}")).Single()["Policy"].GetString());
            Assert.Equal("null", (await _admin.RunAsync($".delete {entity} policy {kind}")).Single()["Policy"].GetString());
        }
    }

    [Fact]
    public async Task Merging_keeps_what_it_does_not_name()
    {
        await _admin.RunAsync(".alter table T policy ingestionbatching '{\"MaximumNumberOfItems\":7}'");
        Assert.Equal(
            "{\"MaximumBatchingTimeSpan\":\"00:00:45\",\"MaximumNumberOfItems\":7,\"MaximumRawDataSizeMB\":1024}",
            (await _admin.RunAsync(".alter-merge table NetDefaultDB.T policy ingestionbatching '{\"MaximumBatchingTimeSpan\":\"00:00:45\"}'")).Single()["Policy"].GetString());
        await _admin.RunAsync(".alter-merge table T policy retention softdelete = 10d recoverability = disabled");
        Assert.Equal(
            "{\"SoftDeletePeriod\":\"7.00:00:00\",\"Recoverability\":\"Disabled\"}",
            (await _admin.RunAsync(".alter-merge table T policy retention softdelete = 7d")).Single()["Policy"].GetString());
        await _admin.RunAsync(".alter table T policy streamingingestion '{\"IsEnabled\":true,\"HintAllocatedRate\":2.1}'");
        Assert.Equal(
            "{\"IsEnabled\":false,\"HintAllocatedRate\":2.1}",
            (await _admin.RunAsync(".alter-merge table T policy streamingingestion '{\"IsEnabled\":false}'")).Single()["Policy"].GetString());
    }

    [Fact]
    public async Task Several_tables_are_set_at_once_and_all_are_shown_at_once()
    {
        await _admin.RunAsync(".create table U (a:long)");
        Assert.Equal(2, (await _admin.RunAsync(".alter tables (T, U) policy caching hot = 3d")).Count);
        using (HttpResponseMessage response = await _admin.CommandAsync(".alter tables (T, V) policy caching hot = 9d"))
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        List<Dictionary<string, JsonElement>> all = await _admin.RunAsync(".show table * policy caching");
        Assert.Equal(["[NetDefaultDB].[T]", "[NetDefaultDB].[U]"], all.Select(p => p["EntityName"].GetString()));
        Assert.All(all, p => Assert.Contains("3.00:00:00", p["Policy"].GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Details_of_a_table_tell_the_policy_that_holds_and_a_dropped_table_takes_its_own_along()
    {
        await _admin.RunAsync(".alter database NetDefaultDB policy retention '{\"SoftDeletePeriod\":\"9.00:00:00\"}'");
        Assert.Contains("9.00:00:00", (await _admin.RunAsync(".show table T details")).Single()["RetentionPolicy"].GetString(), StringComparison.Ordinal);
        await _admin.RunAsync(".alter table T policy retention '{\"SoftDeletePeriod\":\"3.00:00:00\"}'");
        Assert.Contains("3.00:00:00", (await _admin.RunAsync(".show table T details")).Single()["RetentionPolicy"].GetString(), StringComparison.Ordinal);
        await _admin.RunAsync(".drop table T");
        await _admin.RunAsync(".create table T (a:long)");
        Assert.Equal("null", (await _admin.RunAsync(".show table T policy retention")).Single()["Policy"].GetString());
    }

    [Theory]
    [InlineData(".alter table T policy ingestionbatching '{\"MaximumBatchingTimeSpan\":\"00:00:09\"}'")]
    [InlineData(".alter table T policy ingestionbatching '{\"MaximumBatchingTimeSpan\":\"00:30:01\"}'")]
    [InlineData(".alter table T policy ingestionbatching '{\"MaximumNumberOfItems\":0}'")]
    [InlineData(".alter table T policy ingestionbatching '{\"MaximumNumberOfItems\":25001}'")]
    [InlineData(".alter table T policy ingestionbatching '{\"MaximumRawDataSizeMB\":99}'")]
    [InlineData(".alter table T policy ingestionbatching '{\"MaximumRawDataSizeMB\":4097}'")]
    [InlineData(".alter table T policy ingestionbatching '{\"MaximumRawDataSize\":400}'")]
    [InlineData(".alter table T policy ingestionbatching '[]'")]
    [InlineData(".alter table T policy ingestionbatching 'x'")]
    [InlineData(".alter table T policy streamingingestion '{}'")]
    [InlineData(".alter table T policy retention '{\"SoftDeletePeriod\":\"ten days\"}'")]
    [InlineData(".alter table T policy retention '{\"SoftDeletePeriod\":\"0.00:00:00\"}'")]
    [InlineData(".alter table T policy retention '{\"SoftDeletePeriod\":\"-1.00:00:00\"}'")]
    [InlineData(".alter database NetDefaultDB policy retention '{\"SoftDeletePeriod\":\"0.00:00:00\",\"Recoverability\":\"Disabled\"}'")]
    [InlineData(".alter-merge table T policy retention softdelete = ten")]
    [InlineData(".alter-merge table T policy retention softdelete = 3d softdelete = 4d")]
    [InlineData(".alter table T policy caching hot = 3parsecs")]
    [InlineData(".alter table T policy caching hot = time(3.00:00:00")]
    [InlineData(".alter table T policy caching hot = 3d, hot_window = datetime(2021-02-01) .. datetime(2021-01-01)")]
    [InlineData(".alter table Missing policy caching hot = 3d")]
    [InlineData(".show table Missing policy caching")]
    [InlineData(".delete table Missing policy caching")]
    [InlineData(".alter database Missing policy caching hot = 3d")]
    public async Task What_is_against_the_documented_limits_is_refused_and_nothing_is_set(string command)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEqual("LocalStandIn_NotSupported", (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
        foreach (string kind in (string[])["ingestionbatching", "streamingingestion", "retention", "caching"])
            Assert.Equal("null", (await _admin.RunAsync($".show table T policy {kind}")).Single()["Policy"].GetString());
    }

    [Theory]
    [InlineData(".show table T policy merge")]
    [InlineData(".alter table T policy update '[]'")]
    [InlineData(".alter-merge table T policy caching hot = 3d")]
    [InlineData(".alter database NetDefaultDB prettyname 'x'")]
    public async Task Other_policies_are_refused_by_name(string command)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        Assert.Equal("LocalStandIn_NotSupported", (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Policies_are_seen_by_users_and_changed_by_admins()
    {
        using var robot = new LocalClient(_cluster, LocalClient.AppToken(Robot));
        using (HttpResponseMessage stranger = await robot.CommandAsync(".show table T policy caching"))
            Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        await _admin.RunAsync($".add database users ('aadapp={Robot};contoso.com')");
        await robot.RunAsync(".show table T policy caching");
        await robot.RunAsync(".create table Own (a:long)");
        await robot.RunAsync(".alter table Own policy caching hot = 3d");
        foreach (string command in (string[])[".alter table T policy caching hot = 3d", ".delete table T policy caching", ".alter tables (Own, T) policy caching hot = 3d", ".alter database NetDefaultDB policy caching hot = 3d"])
        {
            using HttpResponseMessage response = await robot.CommandAsync(command);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }
}
