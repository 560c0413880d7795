using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxTablePoliciesTests
{
    [Fact]
    public async Task A_changed_caching_period_keeps_the_hot_windows()
    {
        const string standing = """{"DataHotSpan":{"Value":"1.00:00:00"},"HotWindows":[{"MinValue":"2021-01-01T00:00:00Z","MaxValue":"2021-02-01T00:00:00Z"}]}""";
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Answer(standing));
        var policies = new AdxTablePolicies(new AdxClient(await server.ConnectAsync()));
        await policies.SetAsync("T", new AdxCachingPolicy { Database = "D", Table = "T", CachingPeriod = TimeSpan.FromDays(5) }, merge: true, "D");
        Assert.Equal(
            [".show table ['T'] policy caching", ".alter tables (['T']) policy caching hot = 5d, hot_window = datetime(2021-01-01T00:00:00.0000000Z) .. datetime(2021-02-01T00:00:00.0000000Z)"],
            Commands(server).TakeLast(2));
    }

    [Fact]
    public async Task An_answer_without_the_policy_is_followed_by_a_look()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(request => request.Body.Contains(".show", StringComparison.Ordinal)
            ? Answer("""{"IsEnabled":true}""")
            : """{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"TableName","DataType":"String"}],"Rows":[]}]}""");
        var policies = new AdxTablePolicies(new AdxClient(await server.ConnectAsync()));
        AdxTablePolicy set = await policies.SetAsync("T", new AdxStreamingPolicy { Database = "D", Table = "T", IsEnabled = true }, database: "D");
        Assert.True(Assert.IsType<AdxStreamingPolicy>(set).IsEnabled);
    }

    [Fact]
    public async Task What_is_outside_of_the_limits_is_not_sent()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Answer("null"));
        var policies = new AdxTablePolicies(new AdxClient(await server.ConnectAsync()));
        int before = server.Requests.Count;
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => policies.SetAsync("T", new AdxBatchingPolicy { Database = "D", Table = "T", BatchingItems = 0 }));
        Assert.Equal("AdxInvalidPolicy", error.ErrorId);
        Assert.Equal(before, server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_names_the_role_that_is_missing()
    {
        bool isConnected = false;
        await using ScriptedServer server = ScriptedServer.Cluster(_ => isConnected
            ? ScriptedAnswer.Of(403, """{"error":{"code":"Forbidden","@type":"Kusto.Common.Svc.Exceptions.UnauthorizedException","@message":"Principal is not authorized.","@permanent":true}}""")
            : Answer("null"));
        var policies = new AdxTablePolicies(new AdxClient(await server.ConnectAsync()));
        isConnected = true;
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => policies.RemoveAsync("it's", AdxTablePolicyKind.Caching));
        Assert.Equal("AdxForbidden", error.ErrorId);
        Assert.Contains("needs the role Admin on table 'it's'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_policy_is_set_read_copied_and_removed()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        var client = new AdxClient(await OpenAsync(cluster));
        foreach (string table in new[] { "it.s - x", "U" })
            await new AdxTables(client).CreateAsync(new AdxTableDefinition { Name = table, Columns = [new("a", AdxType.Long)] });
        AdxTablePolicy[] wanted =
        [
            new AdxBatchingPolicy { Database = "", Table = "", BatchingTime = TimeSpan.FromSeconds(30), BatchingItems = 20, BatchingSizeMB = 300 },
            new AdxStreamingPolicy { Database = "", Table = "", IsEnabled = true, HintAllocatedRate = 2.5 },
            new AdxRetentionPolicy { Database = "", Table = "", RetentionPeriod = TimeSpan.FromDays(30), Recoverability = AdxRecoverability.Disabled },
            new AdxCachingPolicy { Database = "", Table = "", CachingPeriod = TimeSpan.FromHours(36), HotWindows = [new(new(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc), new(2021, 2, 1, 0, 0, 0, DateTimeKind.Utc))] },
        ];
        var policies = new AdxTablePolicies(client);
        foreach (AdxTablePolicy policy in wanted)
        {
            Assert.True((await policies.GetAsync("it.s - x", policy.Policy)).IsInherited);
            AdxTablePolicy set = await policies.SetAsync("it.s - x", policy);
            Assert.Equal("it.s - x", set.Table);
            Assert.Equal("NetDefaultDB", set.Database);
            Assert.Equal(policy.Summary, set.Summary);
            Assert.Equal(policy.Summary, (await policies.SetAsync("U", await policies.GetAsync("it.s - x", policy.Policy))).Summary);
            Assert.True((await policies.RemoveAsync("U", policy.Policy)).IsInherited);
            Assert.True((await policies.GetAsync("U", policy.Policy)).IsInherited);
        }
    }

    [Fact]
    public async Task What_is_not_named_stays_as_it_is()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        var client = new AdxClient(await OpenAsync(cluster));
        await new AdxTables(client).CreateAsync(new AdxTableDefinition { Name = "T", Columns = [new("a", AdxType.Long)] });
        var policies = new AdxTablePolicies(client);
        await policies.SetAsync("T", new AdxBatchingPolicy { Database = "", Table = "", BatchingTime = TimeSpan.FromSeconds(45), BatchingItems = 450, BatchingSizeMB = 300 });
        Assert.Equal("00:01:00, 450 items, 300 MB", (await policies.SetAsync("T", new AdxBatchingPolicy { Database = "", Table = "", BatchingTime = TimeSpan.FromMinutes(1) }, merge: true)).Summary);
        await policies.SetAsync("T", new AdxRetentionPolicy { Database = "", Table = "", RetentionPeriod = TimeSpan.FromDays(7), Recoverability = AdxRecoverability.Disabled });
        Assert.Equal("14 days, not recoverable", (await policies.SetAsync("T", new AdxRetentionPolicy { Database = "", Table = "", RetentionPeriod = TimeSpan.FromDays(14) }, merge: true)).Summary);
    }

    [Fact]
    public async Task A_policy_of_a_table_that_is_not_there_is_told()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        var policies = new AdxTablePolicies(new AdxClient(await OpenAsync(cluster)));
        Assert.Equal("AdxTableNotFound", (await Assert.ThrowsAsync<AdxException>(() => policies.GetAsync("Nowhere", AdxTablePolicyKind.Caching))).ErrorId);
        Assert.Equal("AdxTableNotFound", (await Assert.ThrowsAsync<AdxException>(() => policies.RemoveAsync("Nowhere", AdxTablePolicyKind.Caching))).ErrorId);
        Assert.Equal("AdxTableNotFound", (await Assert.ThrowsAsync<AdxException>(() => policies.SetAsync("Nowhere", new AdxCachingPolicy { Database = "", Table = "", CachingPeriod = TimeSpan.Zero }))).ErrorId);
    }

    private static ScriptedAnswer Answer(string policy) =>
        $$"""{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"PolicyName","DataType":"String"},{"ColumnName":"Policy","DataType":"String"}],"Rows":[["P",{{JsonSerializer.Serialize(policy)}}]]}]}""";

    private static IEnumerable<string?> Commands(ScriptedServer server) =>
        server.Requests.Where(request => request.Path == "/v1/rest/mgmt").Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("csl").GetString());

    private static Task<AdxConnection> OpenAsync(LocalCluster cluster) =>
        AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = cluster.ClusterUri.AbsoluteUri, SignIn = AdxSignIn.Local() });
}
