using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Tests.Flow;

public sealed class RunTests : IAsyncLifetime
{
    private Dataflow _dataflow = null!;

    private AdobeClient Client => _dataflow.Client;

    public async ValueTask InitializeAsync() => _dataflow = await Dataflow.StartAsync();

    public ValueTask DisposeAsync() => _dataflow.DisposeAsync();

    [Fact]
    public async Task A_flow_that_runs_once_reads_the_whole_table_at_its_start()
    {
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01\n2,two,2.5,2021-01-01\n3,three,,");
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now + 60, frequency = "once" });
        Assert.Empty(await _dataflow.RunsAsync(id));
        _dataflow.Clock.Advance(TimeSpan.FromSeconds(60));

        JsonNode run = Assert.Single(await _dataflow.RunsAsync(id));
        JsonNode metrics = run["metrics"]!;
        Assert.Equal("success", metrics["statusSummary"]!["status"]!.GetValue<string>());
        Assert.Equal("""{"inputRecordCount":3,"outputRecordCount":3}""", metrics["recordSummary"]!.ToJsonString());
        Assert.Equal(metrics["sizeSummary"]!["inputBytes"]!.GetValue<long>(), metrics["sizeSummary"]!["outputBytes"]!.GetValue<long>());
        Assert.Equal(["copyActivity", "promotionActivity"], run["activities"]!.AsArray().Select(a => a!["id"]!.GetValue<string>()));
        Assert.Equal("AdfRunId", run["activities"]![0]!["sourceInfo"]![0]!["reference"]!["type"]!.GetValue<string>());
        Assert.Equal(_dataflow.TargetId, run["activities"]![1]!["targetInfo"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("success", (await Client.ItemAsync("flows/" + id))["lastRunDetails"]!["state"]!.GetValue<string>());
        _dataflow.Clock.Advance(TimeSpan.FromDays(3));
        await Client.SignInAsync();
        Assert.Single(await _dataflow.RunsAsync(id));
    }

    [Fact]
    public async Task A_schedule_reads_the_history_first_and_then_each_window()
    {
        DateTimeOffset start = _dataflow.Clock.GetUtcNow();
        async Task Order(int id, TimeSpan at) => await _dataflow.Adx.RunAsync($".ingest inline into table Orders <|\n{id},n,,{start + at:O}");
        await Order(1, TimeSpan.FromDays(-400));
        await Order(2, TimeSpan.FromMinutes(-1));
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now, frequency = "minute", interval = 15, backfill = true }, [Dataflow.Copy, _dataflow.Mapping]);
        await Order(3, TimeSpan.FromMinutes(1));
        await Order(4, TimeSpan.FromMinutes(2));
        await Order(5, TimeSpan.FromMinutes(3));
        await Order(6, TimeSpan.FromMinutes(20));
        _dataflow.Clock.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal("2, 3, 1, 0", Inputs(await _dataflow.RunsAsync(id)));
    }

    [Fact]
    public async Task A_run_comes_by_the_clock_though_nobody_asks()
    {
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now + 60, frequency = "once" });
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,,");
        _dataflow.Clock.Advance(TimeSpan.FromSeconds(60));
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n2,two,,");
        Assert.Equal("1", Inputs(await _dataflow.RunsAsync(id)));
    }

    [Fact]
    public async Task Without_backfill_the_history_is_left_out()
    {
        DateTimeOffset start = _dataflow.Clock.GetUtcNow();
        await _dataflow.Adx.RunAsync($".ingest inline into table Orders <|\n1,n,,{start.AddDays(-1):O}\n2,n,,{start.AddMinutes(1):O}");
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now, frequency = "hour", interval = 1, backfill = false }, [Dataflow.Copy, _dataflow.Mapping]);
        Assert.Empty(await _dataflow.RunsAsync(id));
        _dataflow.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("1", Inputs(await _dataflow.RunsAsync(id)));
    }

    [Fact]
    public async Task A_flow_that_is_to_run_more_often_takes_up_what_is_due_in_one_run()
    {
        DateTimeOffset start = _dataflow.Clock.GetUtcNow();
        await _dataflow.Adx.RunAsync($".ingest inline into table Orders <|\n1,n,,{start.AddMinutes(-1):O}\n2,n,,{start.AddHours(1):O}\n3,n,,{start.AddHours(20):O}\n4,n,,{start.AddHours(24).AddMinutes(1):O}");
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now, frequency = "week", interval = 1 }, [Dataflow.Copy, _dataflow.Mapping]);
        _dataflow.Clock.Advance(TimeSpan.FromHours(24));
        await Client.SignInAsync();
        string etag = (await Client.ItemAsync("flows/" + id))["etag"]!.GetValue<string>();
        object[] change = [new { op = "replace", path = "/scheduleParams/frequency", value = "minute" }, new { op = "replace", path = "/scheduleParams/interval", value = 15 }];
        await Client.ExpectAsync(200, HttpMethod.Patch, "flowservice/flows/" + id, change, ("If-Match", etag));
        Assert.Equal("1, 2", Inputs(await _dataflow.RunsAsync(id)));
        _dataflow.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("1, 2, 1", Inputs(await _dataflow.RunsAsync(id)));
    }

    [Fact]
    public async Task Rows_that_are_nested_deeply_are_shown_and_fail_like_others()
    {
        await _dataflow.Adx.RunAsync(".create table Deep (Id:string, Bag:dynamic)");
        string bag = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));
        await _dataflow.Adx.RunAsync($".ingest inline into table Deep <|\nx,{bag}");
        using HttpResponseMessage preview = await Client.SendAsync(HttpMethod.Get, $"flowservice/connections/{_dataflow.ConnectionId}/explore?objectType=table&object=Deep&preview=true");
        Assert.Contains($"\"Bag\":{bag}", await preview.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        JsonObject flow = Json(_dataflow.Flow(new { startTime = _dataflow.Now + 60, frequency = "once" }, options: new { errorDiagnosticsEnabled = true }));
        flow["sourceConnectionIds"]![0] = await Client.CreateAsync("sourceConnections", await _dataflow.SourceAsync("Deep"));
        string id = await Client.CreateAsync("flows", flow);
        _dataflow.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("""{"inputRecordCount":1,"outputRecordCount":0,"failedRecordCount":1}""", Assert.Single(await _dataflow.RunsAsync(id))["metrics"]!["recordSummary"]!.ToJsonString());
    }

    [Fact]
    public async Task A_flow_that_is_off_does_not_run_and_catches_up_afterwards()
    {
        DateTimeOffset start = _dataflow.Clock.GetUtcNow();
        await _dataflow.Adx.RunAsync($".ingest inline into table Orders <|\n1,n,,{start.AddMinutes(30):O}\n2,n,,{start.AddMinutes(90):O}");
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now, frequency = "hour", interval = 1 }, [Dataflow.Copy, _dataflow.Mapping]);
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{id}/action?op=disable");
        _dataflow.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("0", Inputs(await _dataflow.RunsAsync(id)));
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{id}/action?op=enable");
        _dataflow.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("0, 2", Inputs(await _dataflow.RunsAsync(id)));
    }

    [Fact]
    public async Task Without_the_role_a_run_fails_at_the_copy_and_is_tried_again()
    {
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01");
        await _dataflow.Adx.RunAsync($".drop database NetDefaultDB viewers ('aadapp={AdobeClient.Application};contoso.com')");
        string id = await _dataflow.CreateFlowAsync();
        JsonNode failed = Assert.Single(await _dataflow.RunsAsync(id));
        Assert.Equal("failed", failed["metrics"]!["statusSummary"]!["status"]!.GetValue<string>());
        Assert.Equal(["CONNECTOR-2001-500", "CONNECTOR-1308-400"], failed["metrics"]!["statusSummary"]!["errors"]!.AsArray().Select(e => e!["code"]!.GetValue<string>()));
        Assert.Single(failed["activities"]!.AsArray());

        await _dataflow.Adx.RunAsync($".add database NetDefaultDB viewers ('aadapp={AdobeClient.Application};contoso.com')");
        string run = failed["id"]!.GetValue<string>();
        JsonNode again = await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/runs/{run}/action?op=re-trigger");
        Assert.NotEqual(run, again["id"]!.GetValue<string>());
        JsonNode second = await Client.ItemAsync("runs/" + again["id"]!.GetValue<string>());
        Assert.Equal("success", second["metrics"]!["statusSummary"]!["status"]!.GetValue<string>());
        Assert.Equal("CONNECTOR-1387-400", await Client.RefusedAsync(HttpMethod.Post, $"runs/{second["id"]}/action?op=re-trigger"));
        Assert.Equal(run, (await Client.ItemAsync($"runs?property=flowId=={id}&property=metrics.statusSummary.status==Failed"))["id"]!.GetValue<string>());
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{id}/action?op=disable");
        Assert.Equal("CONNECTOR-1388-400", await Client.RefusedAsync(HttpMethod.Post, $"runs/{run}/action?op=re-trigger"));
    }

    [Theory]
    [InlineData(null, "failed", 0)]
    [InlineData(10, "failed", 0)]
    [InlineData(50, "success", 2)]
    public async Task Records_that_do_not_fit_the_schema_count_against_the_threshold(int? percent, string status, int output)
    {
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01\n2,two,many,2021-01-01\n3,three,,");
        string id = await _dataflow.CreateFlowAsync(null, null, percent is null ? new { errorDiagnosticsEnabled = true } : new { partialIngestionPercent = percent });
        JsonNode run = Assert.Single(await _dataflow.RunsAsync(id));
        JsonNode metrics = run["metrics"]!;
        Assert.Equal(status, metrics["statusSummary"]!["status"]!.GetValue<string>());
        Assert.Equal($$"""{"inputRecordCount":3,"outputRecordCount":{{output}},"failedRecordCount":1}""", metrics["recordSummary"]!.ToJsonString());
        JsonNode promotion = run["activities"]![1]!["statusSummary"]!;
        Assert.Equal(["INGEST-1212-400", "MAPPER-3700-400"], promotion["extensions"]!["errors"]!.AsArray().Select(e => e!["code"]!.GetValue<string>()));

        string batch = run["activities"]![1]!["targetInfo"]![0]!["reference"]!["ids"]![0]!.GetValue<string>();
        JsonNode files = await Client.ExpectAsync(200, HttpMethod.Get, $"export/batches/{batch}/meta?path=row_errors");
        string href = files["data"]![0]!["_links"]!["self"]!["href"]!.GetValue<string>();
        JsonNode row = await Client.ExpectAsync(200, HttpMethod.Get, href[href.IndexOf("export", StringComparison.Ordinal)..]);
        Assert.Equal("many", row["Amount"]!.GetValue<string>());
        Assert.Equal("Amount", row["_errors"]![0]!["column"]!.GetValue<string>());
        await Client.ExpectAsync(404, HttpMethod.Get, "export/batches/none/meta?path=row_errors");
    }

    /// <summary>The clock starts the run, and nobody is there to be told what goes wrong with it.</summary>
    [Fact]
    public async Task A_record_that_does_not_fit_may_be_nested_as_deeply_as_ADX_has_it()
    {
        const int Depth = 120;
        await _dataflow.Adx.RunAsync($".set Deep <| print Id=1, Name='x', Amount='many', At=datetime(2020-01-01), Value=dynamic({new string('[', Depth)}{new string(']', Depth)})");
        string source = await Client.CreateAsync("sourceConnections", await _dataflow.SourceAsync("Deep"));
        JsonNode flow = JsonSerializer.SerializeToNode(_dataflow.Flow(new { startTime = _dataflow.Now + 60, frequency = "once" }, options: new { errorDiagnosticsEnabled = true }))!;
        flow["sourceConnectionIds"] = new JsonArray(source);
        string id = await Client.CreateAsync("flows", flow);
        _dataflow.Clock.Advance(TimeSpan.FromSeconds(60));
        JsonNode run = Assert.Single(await _dataflow.RunsAsync(id));
        Assert.Equal("failed", run["metrics"]!["statusSummary"]!["status"]!.GetValue<string>());
        Assert.Equal(1, run["metrics"]!["recordSummary"]!["failedRecordCount"]!.GetValue<int>());
        string batch = run["activities"]![1]!["targetInfo"]![0]!["reference"]!["ids"]![0]!.GetValue<string>();
        JsonNode files = await Client.ExpectAsync(200, HttpMethod.Get, $"export/batches/{batch}/meta?path=row_errors");
        string href = files["data"]![0]!["_links"]!["self"]!["href"]!.GetValue<string>();
        using HttpResponseMessage row = await Client.SendAsync(HttpMethod.Get, href[href.IndexOf("export", StringComparison.Ordinal)..]);
        Assert.Contains(new string('[', Depth), await row.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_diagnostics_nobody_is_told_which_records_failed()
    {
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01\n2,two,many,2021-01-01");
        JsonNode run = Assert.Single(await _dataflow.RunsAsync(await _dataflow.CreateFlowAsync()));
        Assert.Equal("""{"inputRecordCount":2,"outputRecordCount":0,"failedRecordCount":1}""", run["metrics"]!["recordSummary"]!.ToJsonString());
        JsonNode extensions = run["activities"]![1]!["statusSummary"]!["extensions"]!;
        Assert.Equal("INGEST-1211-400", Assert.Single(extensions["errors"]!.AsArray())!["code"]!.GetValue<string>());
        Assert.Null(extensions["manifest"]);
        string batch = run["activities"]![1]!["targetInfo"]![0]!["reference"]!["ids"]![0]!.GetValue<string>();
        await Client.ExpectAsync(404, HttpMethod.Get, $"export/batches/{batch}/meta?path=row_errors");
    }

    [Fact]
    public async Task Records_fail_where_nothing_goes_into_a_field_that_each_must_have()
    {
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01\n2,two,2.5,");
        const string Event = """{"type":"object","title":"Events","allOf":[{"$ref":"https://ns.adobe.com/xdm/context/experienceevent"}]}""";
        string schema = (await Client.ExpectAsync(201, HttpMethod.Post, "schemaregistry/tenant/schemas", JsonNode.Parse(Event)!))["$id"]!.GetValue<string>();
        JsonObject target = Json(_dataflow.Target(await _dataflow.CreateDataSetAsync("Events", schema)));
        target["data"]!["schema"]!["id"] = schema;
        string targetId = await Client.CreateAsync("targetConnections", target);

        Assert.Equal((0, "INGEST-1555-400"), await Output(("Name", "eventType"), ("At", "timestamp")));
        Assert.Equal((1, "INGEST-1555-400"), await Output(("Id", "_id"), ("At", "timestamp")));

        async Task<(long Records, string Code)> Output(params (string Source, string Destination)[] fields)
        {
            JsonNode mapping = await Client.ExpectAsync(200, HttpMethod.Post, "conversion/mappingSets", Dataflow.MappingSet(schema, fields));
            JsonObject flow = Json(_dataflow.Flow(options: new { partialIngestionPercent = 50 }));
            flow["targetConnectionIds"]![0] = targetId;
            flow["transformations"]![0]!["params"]!["mappingId"] = mapping["id"]!.GetValue<string>();
            JsonNode run = Assert.Single(await _dataflow.RunsAsync(await Client.CreateAsync("flows", flow)));
            JsonNode last = run["activities"]![1]!["statusSummary"]!["extensions"]!["errors"]![1]!;
            return (run["metrics"]!["recordSummary"]!["outputRecordCount"]!.GetValue<long>(), last["code"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_run_fails_whose_dataset_is_gone()
    {
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,2020-01-01");
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now + 60, frequency = "once" });
        await Client.ExpectAsync(200, HttpMethod.Delete, "catalog/dataSets/" + _dataflow.DataSetId);
        _dataflow.Clock.Advance(TimeSpan.FromSeconds(60));
        JsonNode run = Assert.Single(await _dataflow.RunsAsync(id));
        Assert.Equal("failed", run["metrics"]!["statusSummary"]!["status"]!.GetValue<string>());
        Assert.Equal("""{"inputRecordCount":1,"outputRecordCount":0}""", run["metrics"]!["recordSummary"]!.ToJsonString());
        Assert.Contains(_dataflow.DataSetId, run["activities"]![1]!["statusSummary"]!["errors"]![1]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_run_settles_no_delta_column_that_the_source_lacks()
    {
        string id = await _dataflow.CreateFlowAsync();
        object Run(string delta) => new { flowId = id, @params = new { startTime = _dataflow.Now, windowStartTime = 0, windowEndTime = _dataflow.Now, deltaColumn = new { name = delta } } };
        Assert.Equal("CONNECTOR-1312-400", await Client.RefusedAsync(HttpMethod.Post, "runs", Run("at")));
        await Client.ExpectAsync(201, HttpMethod.Post, "flowservice/runs", Run("At"));
    }

    [Fact]
    public async Task A_run_on_demand_reads_its_window_and_fixes_the_delta_column()
    {
        await _dataflow.Adx.RunAsync(".ingest inline into table Orders <|\n1,one,,2020-01-01\n2,two,,2021-01-01\n3,three,,2021-06-01\n4,four,,");
        string id = await _dataflow.CreateFlowAsync();
        object Run(string from, string until, object? delta) => new
        {
            flowId = id,
            @params = new
            {
                startTime = $"{_dataflow.Now}",
                windowStartTime = $"{DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds()}",
                windowEndTime = DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
                deltaColumn = delta,
            },
        };

        Assert.Equal("CONNECTOR-1383-400", await Client.RefusedAsync(HttpMethod.Post, "runs", Run("2021-01-01Z", "2021-06-01Z", null)));
        Assert.Equal("CONNECTOR-1381-400", await Client.RefusedAsync(HttpMethod.Post, "runs", Run("2021-06-01Z", "2021-01-01Z", new { name = "At" })));
        JsonNode made = await Client.ExpectAsync(201, HttpMethod.Post, "flowservice/runs", Run("2021-01-01Z", "2021-06-01Z", new { name = "At" }));
        JsonNode run = await Client.ItemAsync("runs/" + made["items"]![0]!["id"]!.GetValue<string>());
        Assert.Equal(1, run["metrics"]!["recordSummary"]!["inputRecordCount"]!.GetValue<int>());
        Assert.Equal(1609459200000, run["activities"]![0]!["durationSummary"]!["extensions"]!["windowStart"]!.GetValue<long>());

        Assert.Equal("At", (await Client.ItemAsync("flows/" + id))["transformations"]![0]!["params"]!["deltaColumn"]!["name"]!.GetValue<string>());
        Assert.Equal("CONNECTOR-1382-400", await Client.RefusedAsync(HttpMethod.Post, "runs", Run("2021-01-01Z", "2021-06-01Z", new { name = "Name" })));
        await Client.ExpectAsync(201, HttpMethod.Post, "flowservice/runs", Run("2019-01-01Z", "2022-01-01Z", null));
        Assert.Equal("4, 1, 3", Inputs(await _dataflow.RunsAsync(id)));
    }

    [Fact]
    public async Task A_run_on_demand_needs_a_flow_that_runs_once_and_is_on()
    {
        string hourly = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now, frequency = "hour", interval = 1 }, [Dataflow.Copy, _dataflow.Mapping]);
        object window = new { startTime = 0, windowStartTime = 0, windowEndTime = 1, deltaColumn = new { name = "At" } };
        Assert.Equal("CONNECTOR-1386-400", await Client.RefusedAsync(HttpMethod.Post, "runs", new { flowId = hourly, @params = window }));
        Assert.Equal("FLOW-1430-400", await Client.RefusedAsync(HttpMethod.Post, "runs", new { flowId = "none", @params = window }));
        Assert.Equal("FLOW-1446-400", await Client.RefusedAsync(HttpMethod.Post, "runs", new { @params = window }));
        string once = await _dataflow.CreateFlowAsync();
        Assert.Equal("CONNECTOR-1384-400", await Client.RefusedAsync(HttpMethod.Post, "runs", new { flowId = once }));
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{once}/action?op=disable");
        Assert.Equal("CONNECTOR-1380-400", await Client.RefusedAsync(HttpMethod.Post, "runs", new { flowId = once, @params = window }));
        Assert.Equal("FLOW-1427-400", await Client.RefusedAsync(HttpMethod.Put, "runs/none", new { flowId = once }));
    }

    [Fact]
    public async Task A_run_is_scheduled_then_in_progress_then_done()
    {
        await using Dataflow slow = await Dataflow.StartAsync(new LocalFlowOptions { RunDuration = TimeSpan.FromMinutes(2) });
        string id = await slow.CreateFlowAsync(new { startTime = slow.Now + 60, frequency = "once" });
        slow.Clock.Advance(TimeSpan.FromSeconds(60));
        async Task<string> Status(string run) => (await slow.Client.ItemAsync("runs/" + run))["metrics"]!["statusSummary"]!["status"]!.GetValue<string>();
        string first = Assert.Single(await slow.RunsAsync(id))["id"]!.GetValue<string>();
        Assert.Equal("inProgress", await Status(first));
        Assert.Equal("CONNECTOR-1387-400", await slow.Client.RefusedAsync(HttpMethod.Post, $"runs/{first}/action?op=re-trigger"));
        slow.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("success", await Status(first));

        JsonNode made = await slow.Client.ExpectAsync(201, HttpMethod.Post, "flowservice/runs", new { flowId = id, @params = new { startTime = slow.Now + 600, windowStartTime = 0, windowEndTime = slow.Now, deltaColumn = new { name = "At" } } });
        string later = made["items"]![0]!["id"]!.GetValue<string>();
        Assert.Equal("scheduled", await Status(later));
        slow.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("inProgress", await Status(later));
    }

    [Fact]
    public async Task A_test_may_make_a_run_fail()
    {
        _dataflow.Cluster.Flow.FailNextRun("CONNECTOR-9999-500", "As wished.");
        string id = await _dataflow.CreateFlowAsync();
        JsonNode run = Assert.Single(await _dataflow.RunsAsync(id));
        Assert.Equal("CONNECTOR-9999-500", run["metrics"]!["statusSummary"]!["errors"]![0]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_run_that_would_read_more_than_ADX_gives_fails()
    {
        await _dataflow.Adx.RunAsync(".set Many <| range n from 1 to 500001 step 1");
        string source = await Client.CreateAsync("sourceConnections", await _dataflow.SourceAsync("Many"));
        JsonObject flow = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(_dataflow.Flow()))!.AsObject();
        flow["sourceConnectionIds"]![0] = source;
        flow.Remove("options");
        string id = await Client.CreateAsync("flows", flow);
        JsonNode run = Assert.Single(await _dataflow.RunsAsync(id));
        Assert.Contains("E_QUERY_RESULT_SET_TOO_LARGE", run["metrics"]!["statusSummary"]!["errors"]![1]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_or_column_that_is_gone_fails_the_run()
    {
        await _dataflow.Adx.RunAsync(".drop table Orders");
        string id = await _dataflow.CreateFlowAsync();
        Assert.Equal("failed", Assert.Single(await _dataflow.RunsAsync(id))["metrics"]!["statusSummary"]!["status"]!.GetValue<string>());
    }

    private static JsonObject Json(object body)
    {
        JsonObject written = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!.AsObject();
        foreach (string name in written.Where(m => m.Value is null).Select(m => m.Key).ToArray())
            written.Remove(name);
        return written;
    }

    private static string Inputs(IEnumerable<JsonNode> runs) => string.Join(", ", runs.Select(r => r["metrics"]!["recordSummary"]!["inputRecordCount"]));
}
