using System.Text.Json.Nodes;

namespace AdxFlow.Local.Tests.Flow;

public sealed class FlowTests : IAsyncLifetime
{
    private Dataflow _dataflow = null!;

    private AdobeClient Client => _dataflow.Client;

    public async ValueTask InitializeAsync() => _dataflow = await Dataflow.StartAsync();

    public ValueTask DisposeAsync() => _dataflow.DisposeAsync();

    [Fact]
    public async Task A_flow_tells_its_connections_and_echoes_numbers_as_strings()
    {
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now + 3600, frequency = "hour", interval = 1, backfill = true }, [Dataflow.Copy, _dataflow.Mapping]);
        JsonNode flow = await Client.ItemAsync("flows/" + id);
        Assert.Equal("enabled", flow["state"]!.GetValue<string>());
        Assert.Equal("""{"startTime":"START","frequency":"hour","interval":"1","backfill":"true"}""".Replace("START", $"{_dataflow.Now + 3600}", StringComparison.Ordinal), flow["scheduleParams"]!.ToJsonString());
        Assert.Equal("0", flow["transformations"]![1]!["params"]!["mappingVersion"]!.GetValue<string>());
        JsonNode source = flow["inheritedAttributes"]!["sourceConnections"]![0]!;
        Assert.Equal(_dataflow.SourceId, source["id"]!.GetValue<string>());
        Assert.Equal(_dataflow.ConnectionId, source["baseConnection"]!["id"]!.GetValue<string>());
        Assert.Equal(Dataflow.DataLake, flow["inheritedAttributes"]!["targetConnections"]![0]!["connectionSpec"]!["id"]!.GetValue<string>());
        Assert.Equal(id, (await Client.ItemAsync($"flows?property=inheritedAttributes.sourceConnections[].connectionSpec.id=={AdobeClient.DataExplorer}"))["id"]!.GetValue<string>());
        Assert.Equal(id, (await Client.ItemAsync($"flows?property=sourceConnectionIds[]=={_dataflow.SourceId}"))["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"startTime":NOW,"frequency":"once","interval":1}""", false, "CONNECTOR-1361-400")]
    [InlineData("""{"startTime":NOW,"frequency":"once","backfill":true}""", false, "CONNECTOR-1364-400")]
    [InlineData("""{"startTime":NOW,"frequency":"once"}""", true, "CONNECTOR-1369-400")]
    [InlineData("""{"startTime":NOW,"frequency":"hour","interval":1}""", false, "CONNECTOR-1367-400")]
    [InlineData("""{"startTime":NOW,"frequency":"minute","interval":5}""", true, "CONNECTOR-1362-400")]
    [InlineData("""{"startTime":NOW,"frequency":"minute","interval":"14"}""", true, "CONNECTOR-1362-400")]
    [InlineData("""{"startTime":NOW,"frequency":"week","interval":0}""", true, "CONNECTOR-1362-400")]
    [InlineData("""{"startTime":NOW,"frequency":"day"}""", true, "CONNECTOR-1304-400")]
    [InlineData("""{"startTime":NOW,"frequency":"month","interval":1}""", true, "CONNECTOR-1397-400")]
    [InlineData("""{"startTime":PAST,"frequency":"hour","interval":1}""", true, "CONNECTOR-1360-400")]
    [InlineData("""{"startTime":"soon","frequency":"hour","interval":1}""", true, "CONNECTOR-1340-400")]
    [InlineData("""{"startTime":1612310466000,"frequency":"hour","interval":1}""", true, "CONNECTOR-1340-400")]
    [InlineData("""{"frequency":"hour","interval":1}""", true, "CONNECTOR-1304-400")]
    [InlineData("{}", true, "CONNECTOR-1317-400")]
    public async Task A_schedule_that_breaks_a_rule_is_refused(string schedule, bool withDelta, string code)
    {
        JsonNode parsed = JsonNode.Parse(schedule.Replace("NOW", $"{_dataflow.Now}", StringComparison.Ordinal).Replace("PAST", $"{_dataflow.Now - 3600}", StringComparison.Ordinal))!;
        object flow = _dataflow.Flow(parsed, withDelta ? [Dataflow.Copy, _dataflow.Mapping] : null);
        Assert.Equal(code, await Client.RefusedAsync(HttpMethod.Post, "flows", flow));
        Assert.Equal(0, (await Client.GetAsync("flows?count=true"))["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Numbers_may_be_written_as_strings() =>
        await _dataflow.CreateFlowAsync(new { startTime = $"{_dataflow.Now}", frequency = "minute", interval = "15", backfill = "true" }, [Dataflow.Copy, _dataflow.Mapping]);

    [Fact]
    public async Task A_flow_needs_one_source_one_target_and_a_mapping_that_fits_the_dataset()
    {
        object good = _dataflow.Flow();
        async Task<string> Refused(Action<JsonObject> change)
        {
            JsonObject flow = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(good))!.AsObject();
            flow.Remove("options");
            change(flow);
            return await Client.RefusedAsync(HttpMethod.Post, "flows", flow);
        }

        Assert.Equal("FLOW-1410-400", await Refused(f => f["state"] = "enabled"));
        Assert.Equal("FLOW-1413-400", await Refused(f => f["flowSpec"]!["id"] = Guid.Empty.ToString()));
        Assert.Equal("CONNECTOR-1320-400", await Refused(f => f.Remove("sourceConnectionIds")));
        Assert.Equal("CONNECTOR-1321-400", await Refused(f => f["targetConnectionIds"]!.AsArray().Add("another")));
        Assert.Equal("FLOW-1439-400", await Refused(f => f["sourceConnectionIds"]![0] = "none"));
        Assert.Equal("CONNECTOR-1370-400", await Refused(f => f.Remove("transformations")));
        Assert.Equal("CONNECTOR-1392-400", await Refused(f => f["transformations"]![0]!["name"] = "Shuffle"));
        Assert.Equal("FLOW-1419-400", await Refused(f => f["transformations"]![0]!["params"]!["mappingId"] = "none"));
        Assert.Equal("FLOW-1412-400", await Refused(f => f["transformations"]![0]!["params"]!["mappingVersion"] = 7));
        string other = await _dataflow.CreateMappingAsync(await _dataflow.CreateSchemaAsync("Other"));
        Assert.Equal("FLOW-1425-400", await Refused(f => f["transformations"]![0]!["params"]!["mappingId"] = other));
        Assert.Equal("CONNECTOR-1312-400", await Refused(f => f["options"] = new JsonObject { ["partialIngestionPercent"] = 0 }));
        Assert.Equal("CONNECTOR-1317-400", await Refused(f => f.Remove("scheduleParams")));
    }

    [Fact]
    public async Task A_delta_column_must_be_a_column_of_the_source()
    {
        object copy = new { name = "Copy", @params = new { deltaColumn = new { name = "Nothing" } } };
        object flow = _dataflow.Flow(new { startTime = _dataflow.Now, frequency = "hour", interval = 1 }, [copy, _dataflow.Mapping]);
        Assert.Equal("CONNECTOR-1312-400", await Client.RefusedAsync(HttpMethod.Post, "flows", flow));
    }

    [Fact]
    public async Task Flows_are_switched_off_and_on_by_action()
    {
        string id = await _dataflow.CreateFlowAsync();
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{id}/action?op=disable");
        Assert.Equal("disabled", (await Client.ItemAsync("flows/" + id))["state"]!.GetValue<string>());
        Assert.Equal("FLOW-1422-400", await Client.RefusedAsync(HttpMethod.Post, $"flows/{id}/action?op=disable"));
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{id}/action?op=enable");
        Assert.Equal("enabled", (await Client.ItemAsync("flows/" + id))["state"]!.GetValue<string>());
        Assert.Equal("FLOW-1404-412", await Client.RefusedAsync(HttpMethod.Post, $"flows/{id}/action?op=disable", null, ("If-Match", "\"stale\"")));
        Assert.Equal("CONNECTOR-1398-400", await Client.RefusedAsync(HttpMethod.Post, $"flows/{id}/action?op=pause"));
    }

    [Fact]
    public async Task Changes_of_state_take_as_long_as_the_test_wants()
    {
        await using Dataflow slow = await Dataflow.StartAsync(new LocalFlowOptions { TransitionTime = TimeSpan.FromSeconds(30) });
        string id = await slow.CreateFlowAsync();
        async Task<string> State() => (await slow.Client.ItemAsync("flows/" + id))["state"]!.GetValue<string>();
        Assert.Equal("initializing", await State());
        slow.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("enabled", await State());
        await slow.Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{id}/action?op=disable");
        Assert.Equal("disabling", await State());
        string etag = (await slow.Client.ItemAsync("flows/" + id))["etag"]!.GetValue<string>();
        object[] patch = [new { op = "replace", path = "/name", value = "New" }];
        Assert.Equal("FLOW-1420-400", await slow.Client.RefusedAsync(HttpMethod.Patch, "flows/" + id, patch, ("If-Match", etag)));
        Assert.Equal("FLOW-1422-400", await slow.Client.RefusedAsync(HttpMethod.Post, $"flows/{id}/action?op=enable"));
        slow.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("disabled", await State());
        await slow.Client.ExpectAsync(200, HttpMethod.Patch, "flowservice/flows/" + id, patch, ("If-Match", etag));
        Assert.Equal("updating", await State());
    }

    [Theory]
    [InlineData("/scheduleParams/startTime", "9999999999", "CONNECTOR-1366-400")]
    [InlineData("/scheduleParams/frequency", "\"once\"", "CONNECTOR-1403-400")]
    [InlineData("/scheduleParams/backfill", "false", "CONNECTOR-1404-400")]
    [InlineData("/scheduleParams/interval", "3", "CONNECTOR-1362-400")]
    [InlineData("/sourceConnectionIds", "[]", "CONNECTOR-1365-400")]
    [InlineData("/state", "\"enabled\"", "CONNECTOR-1365-400")]
    public async Task Once_a_flow_has_started_not_all_of_its_schedule_can_change(string path, string value, string code)
    {
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now, frequency = "minute", interval = 15, backfill = true }, [Dataflow.Copy, _dataflow.Mapping]);
        string etag = (await Client.ItemAsync("flows/" + id))["etag"]!.GetValue<string>();
        Assert.Equal(code, await Client.RefusedAsync(HttpMethod.Patch, "flows/" + id, $$"""[{"op":"replace","path":"{{path}}","value":{{value}}}]""", ("If-Match", etag)));
    }

    [Fact]
    public async Task Options_labels_and_the_interval_can_change()
    {
        string id = await _dataflow.CreateFlowAsync(new { startTime = _dataflow.Now, frequency = "minute", interval = 15, backfill = true }, [Dataflow.Copy, _dataflow.Mapping]);
        string etag = (await Client.ItemAsync("flows/" + id))["etag"]!.GetValue<string>();
        await Client.ExpectAsync(200, HttpMethod.Patch, "flowservice/flows/" + id, """
            [{"op":"replace","path":"/scheduleParams/interval","value":30},
             {"op":"add","path":"/options","value":{"partialIngestionPercent":"10"}},
             {"op":"add","path":"/options/errorDiagnosticsEnabled","value":true},
             {"op":"add","path":"/labels","value":["core/C12"]}]
            """, ("If-Match", etag));
        JsonNode flow = await Client.ItemAsync("flows/" + id);
        Assert.Equal("30", flow["scheduleParams"]!["interval"]!.GetValue<string>());
        Assert.Equal("""{"partialIngestionPercent":"10","errorDiagnosticsEnabled":true}""", flow["options"]!.ToJsonString());
    }

    [Fact]
    public async Task What_is_in_use_is_deleted_in_reverse_order_only()
    {
        string id = await _dataflow.CreateFlowAsync();
        Assert.Equal("FLOW-1418-400", await Client.RefusedAsync(HttpMethod.Delete, "connections/" + _dataflow.ConnectionId));
        Assert.Equal("FLOW-1447-400", await Client.RefusedAsync(HttpMethod.Delete, "sourceConnections/" + _dataflow.SourceId));
        Assert.Equal("FLOW-1447-400", await Client.RefusedAsync(HttpMethod.Delete, "targetConnections/" + _dataflow.TargetId));
        foreach (string path in (string[])[$"flows/{id}", $"sourceConnections/{_dataflow.SourceId}", $"targetConnections/{_dataflow.TargetId}", $"connections/{_dataflow.ConnectionId}"])
        {
            await Client.ExpectAsync(204, HttpMethod.Delete, "flowservice/" + path);
            Assert.Equal("FLOW-1439-404", await Client.RefusedAsync(HttpMethod.Get, path));
        }
    }

    [Fact]
    public async Task Drafts_are_published_from_the_bottom_up()
    {
        string connection = await Client.CreateAsync("connections?mode=draft", Client.Connection());
        object spec = new { id = AdobeClient.DataExplorer, version = "1.0" };
        object sourceBody = new { name = "S", baseConnectionId = connection, data = new { format = "tabular" }, @params = new { tableName = "Orders", columns = new[] { new { name = "Id", type = "integer" } } }, connectionSpec = spec };
        Assert.Equal("CONNECTOR-1318-400", await Client.RefusedAsync(HttpMethod.Post, "sourceConnections", sourceBody));
        string source = await Client.CreateAsync("sourceConnections?mode=draft", sourceBody);
        object draft = new { name = "F", flowSpec = new { id = Dataflow.Spec, version = "1.0" }, sourceConnectionIds = new[] { source }, targetConnectionIds = new[] { _dataflow.TargetId } };
        string flow = await Client.CreateAsync("flows?mode=draft", draft);
        string etag = (await Client.ItemAsync("flows/" + flow))["etag"]!.GetValue<string>();
        object[] patch = [new { op = "add", path = "/transformations", value = new[] { _dataflow.Mapping } }, new { op = "add", path = "/scheduleParams", value = new { startTime = _dataflow.Now, frequency = "once" } }];
        await Client.ExpectAsync(200, HttpMethod.Patch, "flowservice/flows/" + flow, patch, ("If-Match", etag));

        Assert.Equal("CONNECTOR-1318-400", await Client.RefusedAsync(HttpMethod.Post, $"flows/{flow}/action?op=publish"));
        Assert.Equal("CONNECTOR-1318-400", await Client.RefusedAsync(HttpMethod.Post, $"sourceConnections/{source}/action?op=publish"));
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/connections/{connection}/action?op=publish");
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/sourceConnections/{source}/action?op=publish");
        await Client.ExpectAsync(200, HttpMethod.Post, $"flowservice/flows/{flow}/action?op=publish");
        Assert.Single(await _dataflow.RunsAsync(flow));
    }

    [Fact]
    public async Task Source_and_target_connections_have_rules_of_their_own()
    {
        object spec = new { id = AdobeClient.DataExplorer, version = "1.0" };
        object[] columns = [new { name = "Id", type = "integer" }];
        object tabular = new { format = "tabular" };
        Assert.Equal("CONNECTOR-1327-400", await Client.RefusedAsync(HttpMethod.Post, "sourceConnections", new { name = "S", baseConnectionId = _dataflow.ConnectionId, data = new { format = "json" }, connectionSpec = spec }));
        Assert.Equal("CONNECTOR-1323-400", await Client.RefusedAsync(HttpMethod.Post, "sourceConnections", new { name = "S", baseConnectionId = _dataflow.ConnectionId, data = tabular, @params = new { columns }, connectionSpec = spec }));
        Assert.Equal("CONNECTOR-1323-400", await Client.RefusedAsync(HttpMethod.Post, "sourceConnections", new { name = "S", baseConnectionId = _dataflow.ConnectionId, data = tabular, @params = new { tableName = "Orders" }, connectionSpec = spec }));
        Assert.Equal("FLOW-1439-400", await Client.RefusedAsync(HttpMethod.Post, "sourceConnections", new { name = "S", baseConnectionId = "none", data = tabular, @params = new { tableName = "Orders", columns }, connectionSpec = spec }));
        JsonNode source = await Client.ItemAsync("sourceConnections/" + _dataflow.SourceId);
        Assert.Equal(_dataflow.ConnectionId, source["inheritedAttributes"]!["baseConnection"]!["id"]!.GetValue<string>());
        Assert.Equal(_dataflow.SourceId, (await Client.ItemAsync("sourceConnections?property=params.tableName==Orders"))["id"]!.GetValue<string>());

        Assert.Equal("CONNECTOR-1307-400", await Client.RefusedAsync(HttpMethod.Post, "targetConnections", new { name = "T", connectionSpec = spec, @params = new { dataSetId = _dataflow.DataSetId } }));
        Assert.Equal("CONNECTOR-1312-400", await Client.RefusedAsync(HttpMethod.Post, "targetConnections", _dataflow.Target("000000000000000000000000")));
        Assert.Equal("CONNECTOR-1325-400", await Client.RefusedAsync(HttpMethod.Post, "targetConnections", new { name = "T", connectionSpec = new { id = Dataflow.DataLake, version = "1.0" } }));
    }
}
