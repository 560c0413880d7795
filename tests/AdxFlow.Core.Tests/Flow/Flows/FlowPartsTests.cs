using System.Text.Json.Nodes;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Flows;

public sealed class FlowPartsTests
{
    private static FlowDefinition Hourly => new()
    {
        Name = "Weather",
        MappingId = "m",
        DeltaColumn = "Timestamp",
        Schedule = FlowDefinition.ScheduleOf(FlowFrequency.Hour, null, null, backfill: true, DateTimeOffset.UtcNow),
    };

    [Fact]
    public async Task Source_target_and_flow_are_made_in_order_with_the_columns_as_explored()
    {
        await using var platform = new ScriptedPlatform(PlatformScript.Answer);
        Dataflow flow = await JoinAsync(platform, Hourly);
        Assert.Equal(("f", "s", "t"), (flow.Id, flow.SourceId, flow.TargetId));
        Assert.Equal(["POST /sourceConnections", "POST /targetConnections", "POST /flows"], PlatformScript.Changes(platform));

        JsonNode[] bodies = [.. platform.Requests.Where(static request => request.Method == "POST").Select(static request => JsonNode.Parse(request.Body)!)];
        Assert.Equal(
            """{"tableName":"Weather","columns":[{"name":"Id","type":"string","xdm":{"type":"string"},"meta":{"originalType":"guid"}},{"name":"Timestamp","type":"string","meta:xdmType":"date-time","xdm":{"type":"string","format":"date-time"}}]}""",
            bodies[0]["params"]!.ToJsonString());
        Assert.Equal("""{"format":"tabular"}""", bodies[0]["data"]!.ToJsonString());
        Assert.Equal("""{"dataSetId":"d"}""", bodies[1]["params"]!.ToJsonString());
        Assert.Equal(PlatformScript.Schema, bodies[1]["data"]!["schema"]!["id"]!.GetValue<string>());
        Assert.Equal("c604ff05-7f1a-43c0-8e18-33bf874cb11c", bodies[1]["connectionSpec"]!["id"]!.GetValue<string>());
        Assert.Equal("""["s"]""", bodies[2]["sourceConnectionIds"]!.ToJsonString());
        Assert.Equal("""["t"]""", bodies[2]["targetConnectionIds"]!.ToJsonString());
        Assert.Equal("""{"mappingId":"m","mappingVersion":3}""", bodies[2]["transformations"]![1]!["params"]!.ToJsonString());
        Assert.Equal("14518937-270c-4525-bdec-c2ba7cce3860", bodies[2]["flowSpec"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_draft_makes_drafts_of_all_three()
    {
        await using var platform = new ScriptedPlatform(PlatformScript.Answer);
        await JoinAsync(platform, Hourly with { IsDraft = true, Schedule = null, DeltaColumn = null });
        Assert.Equal(["POST /sourceConnections?mode=draft", "POST /targetConnections?mode=draft", "POST /flows?mode=draft"], PlatformScript.Changes(platform));
    }

    [Fact]
    public async Task What_was_made_is_taken_back_in_reverse_if_the_flow_is_refused()
    {
        await using var platform = new ScriptedPlatform(static request => request.Method == "POST" && request.Path.EndsWith("/flows", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(400, """{"type":"https://ns.adobe.com/aep/errors/FLOW-1419-400","title":"Mapping","status":400,"report":{"detailed-message":"Mapping is not valid","request-id":"r-7"}}""")
            : PlatformScript.Answer(request));
        FlowException refused = await Assert.ThrowsAsync<FlowException>(() => JoinAsync(platform, Hourly));
        Assert.Equal(("FlowInvalidMapping", "FLOW-1419-400", "r-7"), (refused.ErrorId, refused.ServiceCode, refused.RequestId));
        Assert.DoesNotContain("could not be taken back", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["POST /sourceConnections", "POST /targetConnections", "POST /flows", "DELETE /targetConnections/t", "DELETE /sourceConnections/s"], PlatformScript.Changes(platform));
    }

    [Fact]
    public async Task A_source_is_taken_back_if_the_target_is_refused()
    {
        await using var platform = new ScriptedPlatform(static request => request.Method == "POST" && request.Path.EndsWith("/targetConnections", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(400, """{"message":"Please provide a valid spec id"}""")
            : PlatformScript.Answer(request));
        await Assert.ThrowsAsync<FlowException>(() => JoinAsync(platform, Hourly));
        Assert.Equal(["POST /sourceConnections", "POST /targetConnections", "DELETE /sourceConnections/s"], PlatformScript.Changes(platform));
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_named_with_the_first_failure()
    {
        await using var platform = new ScriptedPlatform(static request => request switch
        {
            { Method: "POST" } when request.Path.EndsWith("/flows", StringComparison.Ordinal) => ScriptedAnswer.Of(403, """{"type":"https://ns.adobe.com/aep/errors/FLOW-2120-403","title":"No","status":403}"""),
            { Method: "DELETE" } when request.Path.EndsWith("/s", StringComparison.Ordinal) => ScriptedAnswer.Of(400, """{"type":"https://ns.adobe.com/aep/errors/FLOW-1447-400","title":"In use","status":400}"""),
            _ => PlatformScript.Answer(request),
        });
        FlowException refused = await Assert.ThrowsAsync<FlowException>(() => JoinAsync(platform, Hourly));
        Assert.Equal(("FlowAccessDenied", "FLOW-2120-403"), (refused.ErrorId, refused.ServiceCode));
        Assert.EndsWith("What had been made before could not be taken back: source 's'.", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("Remove what is left by its id.", refused.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_stopped_while_the_flow_is_read_takes_back_the_flow_too()
    {
        using var stop = new CancellationTokenSource();
        await using var platform = new ScriptedPlatform(request =>
        {
            if (request.Method == "GET" && request.Path.EndsWith("/flows/f", StringComparison.Ordinal))
                stop.Cancel();
            return PlatformScript.Answer(request);
        });
        var parts = new FlowParts(await platform.ConnectAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => parts.JoinAsync(Hourly, "c", "Weather", "d", stop.Token));
        Assert.Equal(["DELETE /flows/f", "DELETE /targetConnections/t", "DELETE /sourceConnections/s"], PlatformScript.Changes(platform).TakeLast(3));
    }

    [Theory]
    [InlineData("/sourceConnections", "DELETE /sourceConnections/s")]
    [InlineData("/targetConnections", "DELETE /targetConnections/t", "DELETE /sourceConnections/s")]
    [InlineData("/flows", "DELETE /flows/f", "DELETE /targetConnections/t", "DELETE /sourceConnections/s")]
    public async Task A_call_that_is_stopped_while_something_is_made_takes_that_back_too(string made, params string[] takenBack)
    {
        using var stop = new CancellationTokenSource();
        await using ScriptedPlatform platform = StoppedAt(made, stop);
        var parts = new FlowParts(await platform.ConnectAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => parts.JoinAsync(Hourly, "c", "Weather", "d", stop.Token));
        Assert.Equal(takenBack, PlatformScript.Changes(platform).SkipWhile(static change => change.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_source_or_target_is_not_left_by_a_call_that_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        await using ScriptedPlatform source = StoppedAt("/sourceConnections", stop);
        var sources = new FlowSources(await source.ConnectAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sources.CreateAsync(new FlowSourceDefinition("S"), "c", "Weather", stop.Token));
        Assert.Equal(["POST /sourceConnections", "DELETE /sourceConnections/s"], PlatformScript.Changes(source));

        using var another = new CancellationTokenSource();
        await using ScriptedPlatform target = StoppedAt("/targetConnections", another);
        var targets = new FlowTargets(await target.ConnectAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => targets.CreateAsync("T", null, "d", isDraft: false, another.Token));
        Assert.Equal(["POST /targetConnections", "DELETE /targetConnections/t"], PlatformScript.Changes(target));
    }

    [Fact]
    public async Task A_source_or_target_that_cannot_be_read_at_once_is_told_all_the_same()
    {
        await using var platform = new ScriptedPlatform(PlatformScript.Answer);
        FlowClient client = await platform.ConnectAsync();
        FlowSource source = await new FlowSources(client).CreateAsync(new FlowSourceDefinition("S", "of a table"), "c", "Weather", TestContext.Current.CancellationToken);
        Assert.Equal(("s", "S", "of a table", "c", "Weather"), (source.Id, source.Name, source.Description, source.ConnectionId, source.Table));
        Assert.Equal(["Id", "Timestamp"], source.Columns);
        FlowTarget target = await new FlowTargets(client).CreateAsync("T", null, "d", isDraft: false, TestContext.Current.CancellationToken);
        Assert.Equal(("t", "T", "d", PlatformScript.Schema, 1), (target.Id, target.Name, target.DatasetId, target.SchemaId, target.SchemaVersion));
    }

    [Fact]
    public async Task A_rule_that_is_broken_sends_nothing()
    {
        await using var platform = new ScriptedPlatform(PlatformScript.Answer);
        FlowException refused = await Assert.ThrowsAsync<FlowException>(() => JoinAsync(platform, Hourly with { DeltaColumn = null }));
        Assert.Equal("FlowDeltaColumnMissing", refused.ErrorId);
        Assert.Empty(platform.Requests);
    }

    [Theory]
    [InlineData("timestamp", "Give -DeltaColumn Timestamp: the case of letters matters.")]
    [InlineData("When", "Its columns are Id, Timestamp.")]
    public async Task A_delta_column_that_the_table_lacks_is_refused_before_anything_is_made(string column, string advice)
    {
        await using var platform = new ScriptedPlatform(PlatformScript.Answer);
        FlowException refused = await Assert.ThrowsAsync<FlowException>(() => JoinAsync(platform, Hourly with { DeltaColumn = column }));
        Assert.Equal(("FlowDeltaColumnNotFound", advice), (refused.ErrorId, refused.RecommendedAction));
        Assert.Empty(PlatformScript.Changes(platform));
    }

    [Theory]
    [InlineData("https://ns.adobe.com/acme/schemas/2", 1)]
    [InlineData(PlatformScript.Schema, 2)]
    public async Task A_mapping_for_another_schema_or_version_is_refused_before_anything_is_made(string schema, int version)
    {
        await using var platform = new ScriptedPlatform(request => request.Path.EndsWith("/mappingSets/m", StringComparison.Ordinal)
            ? $$$"""{"id":"m","version":0,"outputSchema":{"schemaRef":{"id":"{{{schema}}}","contentType":"application/vnd.adobe.xed-full+json;version={{{version}}}"} } }"""
            : PlatformScript.Answer(request));
        Assert.Equal("FlowSchemaMismatch", (await Assert.ThrowsAsync<FlowException>(() => JoinAsync(platform, Hourly))).ErrorId);
        Assert.Empty(PlatformScript.Changes(platform));
    }

    [Fact]
    public async Task A_name_that_a_flow_has_is_refused_before_anything_is_made()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.Contains("/flows?property", StringComparison.Ordinal)
            ? """{"items":[{"id":"f0","name":"Weather"}],"_links":{}}"""
            : PlatformScript.Answer(request));
        FlowException refused = await Assert.ThrowsAsync<FlowException>(() => JoinAsync(platform, Hourly));
        Assert.Equal(("FlowAlreadyExists", AdxErrorKind.AlreadyExists), (refused.ErrorId, refused.Kind));
        Assert.Contains("f0", refused.Message, StringComparison.Ordinal);
        Assert.Empty(PlatformScript.Changes(platform));
    }

    [Fact]
    public async Task A_spec_that_knows_no_drafts_is_told_before_anything_is_made()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.Contains("/flowSpecs", StringComparison.Ordinal)
            ? """{"items":[{"id":"other","name":"CRMToAEP","version":"2.0","attributes":{"isDraftModeSupported":"false"},"sourceConnectionSpecIds":["0479cc14-7651-4354-b233-7480606c2ac3"]}]}"""
            : PlatformScript.Answer(request));
        FlowException refused = await Assert.ThrowsAsync<FlowException>(() => JoinAsync(platform, Hourly with { IsDraft = true }));
        Assert.Equal("FlowNotSupported", refused.ErrorId);
        Assert.Empty(PlatformScript.Changes(platform));
    }

    [Fact]
    public async Task The_spec_that_the_service_lists_is_used()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.Contains("/flowSpecs", StringComparison.Ordinal)
            ? """{"items":[{"id":"another","name":"CRMToAEP","sourceConnectionSpecIds":["x"]},{"id":"live","name":"CRMToAEP","version":"1.1","sourceConnectionSpecIds":["0479cc14-7651-4354-b233-7480606c2ac3"]}]}"""
            : PlatformScript.Answer(request));
        await JoinAsync(platform, Hourly);
        Assert.Contains("\"flowSpec\":{\"id\":\"live\",\"version\":\"1.1\"}", platform.Requests.Single(static request => request.Method == "POST" && request.Path.EndsWith("/flows", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_is_deleted_before_its_parts()
    {
        await using var platform = new ScriptedPlatform(PlatformScript.Answer);
        await new FlowParts(await platform.ConnectAsync()).DeleteWithPartsAsync("f", TestContext.Current.CancellationToken);
        Assert.Equal(["DELETE /flows/f", "DELETE /sourceConnections/s", "DELETE /targetConnections/t"], PlatformScript.Changes(platform));
    }

    [Fact]
    public async Task A_draft_is_published_after_those_of_its_parts_that_are_drafts()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path switch
        {
            "/data/foundation/flowservice/sourceConnections/s" => """{"items":[{"id":"s","state":"draft","baseConnectionId":"c"}]}""",
            "/data/foundation/flowservice/targetConnections/t" => """{"items":[{"id":"t","state":"enabled"}]}""",
            "/data/foundation/flowservice/connections/c" => """{"items":[{"id":"c","state":"draft"}]}""",
            _ when request.Method == "POST" => """{"id":"x","etag":"\"2\""}""",
            _ => PlatformScript.Answer(request),
        });
        await new FlowParts(await platform.ConnectAsync()).PublishAsync("f", TestContext.Current.CancellationToken);
        Assert.Equal(["POST /connections/c/action?op=publish", "POST /sourceConnections/s/action?op=publish", "POST /flows/f/action?op=publish"], PlatformScript.Changes(platform));
    }

    [Fact]
    public async Task A_change_names_the_version_it_is_about()
    {
        await using var platform = new ScriptedPlatform(static request => request.Method == "PATCH"
            ? """{"id":"f","etag":"\"2\""}"""
            : """{"items":[{"id":"f","name":"Weather","etag":"\"1\""}]}""");
        var flows = new Dataflows(await platform.ConnectAsync());
        await flows.UpdateAsync("f", new FlowChange { Description = "now" }, null, TestContext.Current.CancellationToken);
        await flows.UpdateAsync("f", new FlowChange { Description = "now" }, "0", TestContext.Current.CancellationToken);
        Assert.Equal(["\"1\"", "\"0\""], platform.Requests.Where(static request => request.Method == "PATCH").Select(static request => request.Header("If-Match")));
    }

    /// <summary>The service does what it was asked, and whoever asked has been stopped meanwhile.</summary>
    private static ScriptedPlatform StoppedAt(string made, CancellationTokenSource stop) => new(request =>
    {
        if (request.Method == "POST" && request.Path.EndsWith(made, StringComparison.Ordinal))
            stop.Cancel();
        return PlatformScript.Answer(request);
    });

    private static async Task<Dataflow> JoinAsync(ScriptedPlatform platform, FlowDefinition definition) =>
        await new FlowParts(await platform.ConnectAsync()).JoinAsync(definition, "c", "Weather", "d", TestContext.Current.CancellationToken);
}
