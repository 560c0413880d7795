using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Flow;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>What Adobe's side of a stand-in with a folder has after it was started again, at another port.</summary>
public sealed class FlowRestartTests : IDisposable
{
    private const string Accept = "application/vnd.adobe.xed-full+json;version=1";

    private readonly LocalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_that_was_made_is_there_as_it_was()
    {
        await using Dataflow dataflow = await StartAsync();
        await dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01\n2,two,many,2021-01-01");
        string flow = await dataflow.CreateFlowAsync(options: new { partialIngestionPercent = 60 });
        string draft = await dataflow.Client.CreateAsync("connections?mode=draft", new { name = "Draft", connectionSpec = new { id = AdobeClient.DataExplorer, version = "1.0" } });
        string off = await dataflow.CreateFlowAsync(new { startTime = dataflow.Now + 3600, frequency = "hour", interval = 1 }, [Dataflow.Copy, dataflow.Mapping]);
        await dataflow.Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{off}/action?op=disable");
        string batch = BatchOf(Assert.Single(await dataflow.RunsAsync(flow)));
        string[] paths =
        [
            .. ((string[])["connections", "sourceConnections", "targetConnections", "flows", "runs"]).Select(c => "flowservice/" + c),
            $"flowservice/connections/{draft}", $"flowservice/flows/{off}",
            "schemaregistry/tenant/schemas/" + Uri.EscapeDataString(dataflow.SchemaId), "catalog/dataSets", "conversion/mappingSets?limit=10",
            $"export/batches/{batch}/meta?path=row_error_samples.json",
        ];
        string[] before = await AnswersAsync(dataflow, paths);
        Assert.All(before, text => Assert.DoesNotContain("\"items\":[]", text, StringComparison.Ordinal));
        for (int restart = 0; restart < 3; restart++)
        {
            await dataflow.RestartAsync();
            Assert.Equal(before, await AnswersAsync(dataflow, paths));
        }
    }

    [Fact]
    public async Task Connections_to_its_own_cluster_and_flows_go_on_working_at_another_port()
    {
        await using Dataflow dataflow = await StartAsync();
        await dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01");
        string elsewhere = await dataflow.Client.CreateAsync("connections", dataflow.Client.Connection(endpoint: "https://contoso.westeurope.kusto.windows.net"));
        int first = dataflow.Cluster.Port;
        await dataflow.RestartAsync();
        await dataflow.RestartAsync();
        Assert.NotEqual(first, dataflow.Cluster.Port);
        Assert.True((await dataflow.Client.GetAsync($"connections/{dataflow.ConnectionId}/test"))["result"]!.GetValue<bool>());
        Assert.Equal(dataflow.Cluster.ClusterUri.AbsoluteUri, Endpoint(await dataflow.Client.ItemAsync("connections/" + dataflow.ConnectionId)));
        Assert.Equal("https://contoso.westeurope.kusto.windows.net", Endpoint(await dataflow.Client.ItemAsync("connections/" + elsewhere)));
        JsonNode run = Assert.Single(await dataflow.RunsAsync(await dataflow.CreateFlowAsync()));
        Assert.Equal("success", run["metrics"]!["statusSummary"]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Versions_hold_and_changes_go_on_behind_those_that_were()
    {
        await using Dataflow dataflow = await StartAsync();
        string etag = await PatchAsync(dataflow, await EtagAsync(dataflow), "First");
        await dataflow.RestartAsync();
        Assert.Equal(etag, await EtagAsync(dataflow));
        Assert.Equal("FLOW-1404-412", await dataflow.Client.RefusedAsync(HttpMethod.Patch, "connections/" + dataflow.ConnectionId, Rename("Never"), ("If-Match", "\"1\"")));
        string other = await dataflow.Client.CreateAsync("connections", dataflow.Client.Connection("Other"));
        await PatchAsync(dataflow, etag, "Second");
        JsonNode list = await dataflow.Client.GetAsync("connections");
        Assert.Equal([dataflow.ConnectionId, other], list["items"]!.AsArray().Select(c => c!["id"]!.GetValue<string>()));
        await dataflow.RestartAsync();
        Assert.Equal("Second", (await dataflow.Client.ItemAsync("connections/" + dataflow.ConnectionId))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_was_deleted_does_not_come_back()
    {
        await using Dataflow dataflow = await StartAsync();
        string connection = await dataflow.Client.CreateAsync("connections", dataflow.Client.Connection());
        string dataSet = await dataflow.CreateDataSetAsync("Gone", dataflow.SchemaId);
        string flow = await dataflow.CreateFlowAsync(new { startTime = dataflow.Now, frequency = "hour", interval = 1 }, [Dataflow.Copy, dataflow.Mapping]);
        await dataflow.RestartAsync();
        await dataflow.Client.ExpectAsync(204, HttpMethod.Delete, "flowservice/connections/" + connection);
        await dataflow.Client.ExpectAsync(200, HttpMethod.Delete, "catalog/dataSets/" + dataSet);
        await dataflow.Client.ExpectAsync(204, HttpMethod.Delete, "flowservice/flows/" + flow);
        await dataflow.RestartAsync(TimeSpan.FromHours(3));
        Assert.Equal("FLOW-1439-404", await dataflow.Client.RefusedAsync(HttpMethod.Get, "connections/" + connection));
        Assert.Equal("FLOW-1439-404", await dataflow.Client.RefusedAsync(HttpMethod.Get, "flows/" + flow));
        await dataflow.Client.ExpectAsync(404, HttpMethod.Get, "catalog/dataSets/" + dataSet);
        Assert.Single(await dataflow.RunsAsync(flow));
    }

    [Fact]
    public async Task A_flow_takes_up_in_one_run_what_it_missed()
    {
        await using Dataflow dataflow = await StartAsync();
        DateTimeOffset start = dataflow.Clock.GetUtcNow();
        await dataflow.Adx.RunAsync($".ingest inline into table Orders <|\n1,n,,{start.AddMinutes(-1):O}\n2,n,,{start.AddMinutes(30):O}\n3,n,,{start.AddMinutes(150):O}\n4,n,,{start.AddMinutes(270):O}");
        string hourly = await dataflow.CreateFlowAsync(new { startTime = dataflow.Now, frequency = "hour", interval = 1 }, [Dataflow.Copy, dataflow.Mapping]);
        string once = await dataflow.CreateFlowAsync(new { startTime = dataflow.Now + 7200, frequency = "once" });
        await dataflow.RestartAsync(TimeSpan.FromMinutes(250));
        Assert.Equal("1, 2", Inputs(await dataflow.RunsAsync(hourly)));
        Assert.Equal("4", Inputs(await dataflow.RunsAsync(once)));
        JsonNode window = (await dataflow.RunsAsync(hourly))[1]["activities"]![0]!["durationSummary"]!;
        Assert.Equal(dataflow.Clock.GetUtcNow().ToUnixTimeMilliseconds(), window["startedAtUTC"]!.GetValue<long>());
        Assert.Equal(TimeSpan.FromHours(4), TimeSpan.FromMilliseconds(window["extensions"]!["windowEnd"]!.GetValue<long>() - window["extensions"]!["windowStart"]!.GetValue<long>()));

        // The next one is due where the schedule has it, also after another restart.
        await dataflow.RestartAsync(TimeSpan.FromMinutes(40));
        Assert.Equal("1, 2", Inputs(await dataflow.RunsAsync(hourly)));
        dataflow.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("1, 2, 1", Inputs(await dataflow.RunsAsync(hourly)));
        Assert.Single(await dataflow.RunsAsync(once));
    }

    [Fact]
    public async Task A_run_in_progress_ends_by_the_clock_and_one_that_was_asked_for_starts()
    {
        await using Dataflow dataflow = await StartAsync(new LocalFlowOptions { RunDuration = TimeSpan.FromMinutes(2), TransitionTime = TimeSpan.FromMinutes(1) });
        dataflow.Clock.Advance(TimeSpan.FromMinutes(1));
        await dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01");
        string flow = await dataflow.CreateFlowAsync(new { startTime = dataflow.Now, frequency = "once" });
        Assert.Equal("initializing", (await dataflow.Client.ItemAsync("flows/" + flow))["state"]!.GetValue<string>());
        await dataflow.RestartAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("enabled", (await dataflow.Client.ItemAsync("flows/" + flow))["state"]!.GetValue<string>());
        Assert.Equal(["inProgress"], await StatesAsync(dataflow, flow));
        object later = new { startTime = dataflow.Now + 600, windowStartTime = 0, windowEndTime = dataflow.Now, deltaColumn = new { name = "At" } };
        await dataflow.Client.ExpectAsync(201, HttpMethod.Post, "flowservice/runs", new { flowId = flow, @params = later });
        await dataflow.RestartAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["success", "scheduled"], await StatesAsync(dataflow, flow));
        await dataflow.RestartAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(["success", "inProgress"], await StatesAsync(dataflow, flow));
        dataflow.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["success", "success"], await StatesAsync(dataflow, flow));
    }

    [Fact]
    public async Task Tokens_stay_good_for_their_time_unless_they_were_taken_back()
    {
        await using Dataflow dataflow = await StartAsync();
        await dataflow.RestartAsync(TimeSpan.FromHours(23));
        await dataflow.Client.GetAsync("connections");
        dataflow.Cluster.Flow.ExpireTokens();
        await dataflow.RestartAsync();
        using (HttpResponseMessage refused = await dataflow.Client.SendAsync(HttpMethod.Get, "flowservice/connections"))
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await dataflow.Client.SignInAsync();
        await dataflow.RestartAsync();
        await dataflow.Client.GetAsync("connections");
        await dataflow.RestartAsync(TimeSpan.FromHours(25));
        using HttpResponseMessage late = await dataflow.Client.SendAsync(HttpMethod.Get, "flowservice/connections");
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task A_key_is_checked_after_a_restart_and_in_clear_nowhere_in_the_folder()
    {
        const string Key = "k3y~0f-a.service_principal", Next = "n3xt~0f-a.service_principal";
        await using Dataflow dataflow = await StartAsync();
        string id = await dataflow.Client.CreateAsync("connections", dataflow.Client.Connection(key: Key));
        Assert.True(await WorksAsync(dataflow, id, Key));
        Assert.False(await WorksAsync(dataflow, id, Next));
        await dataflow.RestartAsync();
        Assert.True(await WorksAsync(dataflow, id, Key));
        Assert.False(await WorksAsync(dataflow, id, Next));
        JsonNode item = await dataflow.Client.ItemAsync("connections/" + id);
        Assert.Equal("********", item["auth"]!["params"]!["servicePrincipalKey"]!.GetValue<string>());
        object[] patch = [new { op = "replace", path = "/auth/params/servicePrincipalKey", value = Next }, new { op = "replace", path = "/name", value = "Renamed" }];
        await dataflow.Client.ExpectAsync(200, HttpMethod.Patch, "flowservice/connections/" + id, patch, ("If-Match", item["etag"]!.GetValue<string>()));
        Assert.True(await WorksAsync(dataflow, id, Next));
        await dataflow.Cluster.DisposeAsync();
        Assert.All(Contents(), text => Assert.DoesNotContain("0f-a.service_principal", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sandboxes_that_one_process_does_not_have_stay_in_the_folder()
    {
        string id;
        await using (Dataflow dataflow = await StartAsync())
            id = dataflow.ConnectionId;
        using (LocalCluster other = LocalCluster.Start(new LocalClusterOptions { Path = _folder.Path, Flow = new LocalFlowOptions { Sandboxes = ["elsewhere"] } }))
            Assert.Equal(0, other.RequestCount);
        using LocalCluster cluster = _folder.Start();
        using AdobeClient client = await AdobeClient.ConnectAsync(cluster);
        await client.ItemAsync("connections/" + id);
    }

    private Task<Dataflow> StartAsync(LocalFlowOptions? options = null) => Dataflow.StartAsync(options, _folder.Path);

    private IEnumerable<string> Contents() =>
        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f)));

    private static async Task<bool> WorksAsync(Dataflow dataflow, string id, string key)
    {
        dataflow.Cluster.Flow.RegisterServicePrincipal(AdobeClient.Application.ToString(), key);
        return (await dataflow.Client.GetAsync($"connections/{id}/test"))["result"]!.GetValue<bool>();
    }

    private static object[] Rename(string name) => [new { op = "replace", path = "/name", value = name }];

    private static async Task<string> EtagAsync(Dataflow dataflow) => (await dataflow.Client.ItemAsync("connections/" + dataflow.ConnectionId))["etag"]!.GetValue<string>();

    private static async Task<string> PatchAsync(Dataflow dataflow, string etag, string name) =>
        (await dataflow.Client.ExpectAsync(200, HttpMethod.Patch, "flowservice/connections/" + dataflow.ConnectionId, Rename(name), ("If-Match", etag)))["etag"]!.GetValue<string>();

    private static async Task<string[]> StatesAsync(Dataflow dataflow, string flow) => [.. (await dataflow.RunsAsync(flow)).Select(r => r["state"]!.GetValue<string>())];

    private static string Inputs(IEnumerable<JsonNode> runs) => string.Join(", ", runs.Select(r => r["metrics"]!["recordSummary"]!["inputRecordCount"]));

    private static string Endpoint(JsonNode connection) => connection["auth"]!["params"]!["endpoint"]!.GetValue<string>();

    private static string BatchOf(JsonNode run) => run["activities"]![1]!["targetInfo"]![0]!["reference"]!["ids"]![0]!.GetValue<string>();

    /// <summary>The answers, but for the address of the cluster, which is another each time.</summary>
    private static async Task<string[]> AnswersAsync(Dataflow dataflow, string[] paths)
    {
        var answers = new List<string>();
        foreach (string path in paths)
        {
            using HttpResponseMessage response = await dataflow.Client.SendAsync(HttpMethod.Get, path, null, ("Accept", Accept));
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answers.Add($"{path} {(int)response.StatusCode} {text.Replace($":{dataflow.Cluster.Port}/", ":0/", StringComparison.Ordinal)}");
            Assert.True(response.IsSuccessStatusCode, answers[^1]);
        }

        return [.. answers];
    }
}
