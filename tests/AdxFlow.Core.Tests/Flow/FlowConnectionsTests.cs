using System.Text.Json.Nodes;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow;

public sealed class FlowConnectionsTests
{
    private const string Key = "k3y-of-the-principal";

    private const string Spec = """
        {"items":[{"id":"0479cc14-7651-4354-b233-7480606c2ac3","name":"azure-data-explorer","version":"1.0","attributes":{"isSource":"true","isDraftModeSupported":false,"category":"database"},
         "authSpec":[{"name":"Service Principal Based Authentication","type":"spn","spec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object",
          "properties":{"endpoint":{"type":"string","description":"Where"},"database":{"type":"string"},"tenant":{"type":"string"},"servicePrincipalId":{"type":"string"},
           "servicePrincipalKey":{"type":"string","format":"password"},"port":{"type":"integer"},"tier":{"type":"string","enum":["a","b"]}},
          "required":["endpoint","database","tenant","servicePrincipalId","servicePrincipalKey"]}}]}]}
        """;

    private const string Stored = """
        {"items":[{"id":"c-1","name":"ADX","state":"enabled","createdAt":"1612310466000","connectionSpec":{"id":"0479cc14-7651-4354-b233-7480606c2ac3","version":"1.0"},
         "auth":{"specName":"Service Principal Based Authentication","params":{"endpoint":"https://c.w.kusto.windows.net","database":"D","tenant":"t","servicePrincipalId":"p","servicePrincipalKey":"*****"}},
         "etag":"\"v1\""}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static FlowConnectionDefinition Definition => new()
    {
        Name = "ADX",
        Description = "d",
        SpecId = DataExplorerSpec.Id,
        SpecVersion = DataExplorerSpec.Version,
        AuthSpec = DataExplorerSpec.AuthSpec,
        Parameters = DataExplorerSpec.Parameters("https://c.w.kusto.windows.net", "D", "t", "p", Key),
        Secrets = [Key],
    };

    [Fact]
    public async Task A_connection_is_made_as_the_tutorial_has_it()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request));
        FlowConnection made = await new FlowConnections(await platform.ConnectAsync()).CreateAsync(Definition, Cancel);
        Assert.Equal(("c-1", "\"v1\"", "enabled", "D"), (made.Id, made.ETag, made.State, made.Database));
        Assert.Equal(new DateTimeOffset(2021, 2, 3, 0, 1, 6, TimeSpan.Zero), made.CreatedOn);
        Assert.True(made.IsDataExplorer);
        ScriptedRequest sent = platform.Requests.Single(static request => request.Method == "POST");
        Assert.Equal("/data/foundation/flowservice/connections", sent.Path);
        var expected = JsonNode.Parse($$$"""
            {"name":"ADX","description":"d","auth":{"specName":"Service Principal Based Authentication",
             "params":{"endpoint":"https://c.w.kusto.windows.net","database":"D","tenant":"t","servicePrincipalId":"p","servicePrincipalKey":"{{{Key}}}"}},
             "connectionSpec":{"id":"0479cc14-7651-4354-b233-7480606c2ac3","version":"1.0"}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(sent.Body)), sent.Body);
        // By the name first, so that a script that runs twice does not make two.
        Assert.Equal("/data/foundation/flowservice/connections?property=name%3D%3D%22ADX%22&limit=100", platform.Requests[0].Path);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_and_nothing_is_made()
    {
        await using var platform = new ScriptedPlatform(_ => Stored);
        FlowException error = await FailAsync(platform, Definition);
        Assert.Equal(("FlowAlreadyExists", AdxErrorKind.AlreadyExists), (error.ErrorId, error.Kind));
        Assert.Contains("c-1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(platform.Requests, static request => request.Method == "POST");
    }

    [Fact]
    public async Task What_is_to_be_done_beforehand_comes_after_all_checks_and_stops_what_it_cannot_do()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request));
        var connections = new FlowConnections(await platform.ConnectAsync());
        int done = 0;
        await Assert.ThrowsAsync<FlowException>(() => connections.CreateAsync(Copy(authSpec: "Magic"), Cancel, Do));
        Assert.Equal(0, done);
        await Assert.ThrowsAsync<InvalidOperationException>(() => connections.CreateAsync(Definition, Cancel, static _ => throw new InvalidOperationException()));
        Assert.DoesNotContain(platform.Requests, static request => request.Method == "POST");
        await connections.CreateAsync(Definition, Cancel, Do);
        Assert.Equal(1, done);

        Task Do(CancellationToken cancel)
        {
            done++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_name_with_quotes_is_looked_for_in_the_whole_list()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request));
        await new FlowConnections(await platform.ConnectAsync()).CreateAsync(Copy(name: "A \"B\""), Cancel);
        Assert.Equal("/data/foundation/flowservice/connections?limit=100", platform.Requests[0].Path);
    }

    [Fact]
    public async Task What_the_connectors_own_rules_refuse_is_not_sent()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request));
        var parameters = new JsonObject { ["endpoint"] = "", ["database"] = 5, ["tenant"] = "t", ["servicePrincipalId"] = "p", ["servicePrincipalKey"] = Key, ["tier"] = "c", ["port"] = 5, ["hst"] = Key };
        FlowException error = await FailAsync(platform, Copy(parameters: parameters));
        Assert.Equal("FlowInvalidConnection", error.ErrorId);
        Assert.Contains("'endpoint' is missing; 'database' is no string; 'tier' is none of a, b; 'hst' is not known", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(platform.Requests, static request => request.Method == "POST");
    }

    [Fact]
    public async Task A_way_to_sign_in_that_the_connector_lacks_is_told_with_those_it_has()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request));
        FlowException error = await FailAsync(platform, Copy(authSpec: "Key"));
        Assert.Equal("FlowInvalidConnection", error.ErrorId);
        Assert.Contains("'Service Principal Based Authentication'", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_the_connector_does_not_know_is_refused()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request));
        Assert.Equal("FlowNotSupported", (await FailAsync(platform, Copy(isDraft: true))).ErrorId);
    }

    [Fact]
    public async Task Where_the_spec_may_not_be_read_the_service_is_left_to_judge()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request, spec: ScriptedAnswer.Of(403, "{}")));
        FlowConnection made = await new FlowConnections(await platform.ConnectAsync()).CreateAsync(Copy(isDraft: true), Cancel);
        Assert.Equal("c-1", made.Id);
        Assert.Equal("/data/foundation/flowservice/connections?mode=draft", platform.Requests.Single(static request => request.Method == "POST").Path);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_read_back_is_made_all_the_same()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request, stored: ScriptedAnswer.Of(403, "{}")));
        FlowConnection made = await new FlowConnections(await platform.ConnectAsync()).CreateAsync(Definition, Cancel);
        Assert.Equal(("c-1", "\"v1\"", "ADX", null), (made.Id, made.ETag, made.Name, made.State));
    }

    [Fact]
    public async Task A_refusal_that_repeats_the_key_does_not_show_it()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request, made: ScriptedAnswer.Of(400, $$"""{"message":"wrong {{Key}}"}""")));
        FlowException error = await FailAsync(platform, Definition);
        Assert.Equal("Connection 'ADX': wrong REDACTED", error.Message);
    }

    [Fact]
    public async Task A_change_is_one_patch_with_the_version()
    {
        await using var platform = new ScriptedPlatform(request => Answer(request));
        await new FlowConnections(await platform.ConnectAsync()).UpdateAsync(
            "c-1", new FlowConnectionChange { Name = "New", Description = "", Parameters = new JsonObject { ["a"] = "b" } }, "\"v1\"", Cancel);
        ScriptedRequest sent = platform.Requests.Single(static request => request.Method == "PATCH");
        Assert.Equal("/data/foundation/flowservice/connections/c-1", sent.Path);
        Assert.Equal("\"v1\"", sent.Header("If-Match"));
        Assert.Equal("""[{"op":"replace","path":"/auth/params","value":{"a":"b"}},{"op":"replace","path":"/name","value":"New"},{"op":"add","path":"/description","value":""}]""", sent.Body);
    }

    [Fact]
    public async Task A_connection_in_use_is_told_with_the_flows_that_use_it()
    {
        await using var platform = new ScriptedPlatform(request => request switch
        {
            { Method: "DELETE" } => ScriptedAnswer.Of(400, """{"type":"https://ns.adobe.com/aep/errors/FLOW-1418-400","title":"In use","status":400}"""),
            { Path: "/data/foundation/flowservice/sourceConnections?property=baseConnectionId%3D%3Dc-1&limit=100" } => """{"items":[{"id":"s-1"},{"id":"s-2"}]}""",
            { Path: "/data/foundation/flowservice/flows?property=sourceConnectionIds%5B%5D%3D%3Ds-1%2Cs-2&limit=100" } => """{"items":[{"id":"f-1","name":"Hourly","state":"enabled"}]}""",
            _ => ScriptedAnswer.Of(500, "{}"),
        });
        var connections = new FlowConnections(await platform.ConnectAsync());
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => connections.DeleteAsync("c-1", Cancel));
        Assert.Equal(("FlowInUse", AdxErrorKind.Conflict, "FLOW-1418-400"), (error.ErrorId, error.Kind, error.ServiceCode));
        Assert.Equal("The connection 'c-1' is used by flow 'Hourly' (enabled). It was not removed.", error.Message);
    }

    [Fact]
    public async Task A_connection_in_use_is_told_even_where_the_flows_cannot_be_found()
    {
        await using var platform = new ScriptedPlatform(request => request.Method == "DELETE"
            ? ScriptedAnswer.Of(400, """{"type":"https://ns.adobe.com/aep/errors/FLOW-1418-400","title":"In use","status":400}""")
            : ScriptedAnswer.Of(403, "{}"));
        var connections = new FlowConnections(await platform.ConnectAsync());
        Assert.Equal("FlowInUse", (await Assert.ThrowsAsync<FlowException>(() => connections.DeleteAsync("c-1", Cancel))).ErrorId);
    }

    [Theory]
    [InlineData("""{"result":true}""", true)]
    [InlineData("""{"result":"true"}""", true)]
    [InlineData("""{"result":false}""", false)]
    [InlineData("""{}""", false)]
    public async Task A_test_is_read_however_it_is_written(string body, bool expected)
    {
        await using var platform = new ScriptedPlatform(_ => body);
        Assert.Equal(expected, await new FlowConnections(await platform.ConnectAsync()).TestAsync("c-1", Cancel));
    }

    [Fact]
    public async Task A_table_named_without_its_path_is_found_in_the_list()
    {
        await using var platform = new ScriptedPlatform(request => request.Path switch
        {
            "/data/foundation/flowservice/connections/c-1/explore?objectType=root" => """[{"type":"table","name":"D.T","path":"D.T"},{"type":"table","name":"D.U","path":"D.U"}]""",
            "/data/foundation/flowservice/connections/c-1/explore?objectType=table&object=D.T" => """{"format":"flat","schema":{"columns":[{"name":"At","type":"string","meta:xdmType":"date-time","xdm":{"type":"string","format":"date-time"}}]}}""",
            _ => ScriptedAnswer.Of(400, """{"type":"https://ns.adobe.com/aep/errors/CONNECTOR-1330-400","title":"No columns","status":400}"""),
        });
        var explorer = new FlowExplorer(await platform.ConnectAsync());
        FlowTable table = await explorer.GetAsync("c-1", "T", Cancel);
        Assert.Equal("D.T", table.Table);
        FlowColumn column = Assert.Single(table.Columns!);
        Assert.True(column.IsDateTime);
        Assert.Equal("""{"name":"At","type":"string","meta:xdmType":"date-time","xdm":{"type":"string","format":"date-time"}}""", column.Json.ToJsonString());
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => explorer.GetAsync("c-1", "V", Cancel));
        Assert.Equal(("FlowTableNotFound", "CONNECTOR-1330-400"), (error.ErrorId, error.ServiceCode));
    }

    private static ScriptedAnswer Answer(ScriptedRequest request, ScriptedAnswer? spec = null, ScriptedAnswer? stored = null, ScriptedAnswer? made = null) => request switch
    {
        { Method: "POST" } => made ?? ScriptedAnswer.Of(201, """{"id":"c-1","etag":"\"v1\""}"""),
        { Method: "PATCH" } => """{"id":"c-1","etag":"\"v2\""}""",
        { Path: "/data/foundation/flowservice/connections/c-1" } => stored ?? Stored,
        { Path: "/data/foundation/flowservice/connectionSpecs/0479cc14-7651-4354-b233-7480606c2ac3" } => spec ?? Spec,
        _ => """{"items":[],"_links":{}}""",
    };

    private static FlowConnectionDefinition Copy(string? name = null, JsonObject? parameters = null, string? authSpec = null, bool isDraft = false) => new()
    {
        Name = name ?? Definition.Name,
        SpecId = Definition.SpecId,
        AuthSpec = authSpec ?? Definition.AuthSpec,
        Parameters = parameters ?? Definition.Parameters,
        Secrets = Definition.Secrets,
        IsDraft = isDraft,
    };

    private static async Task<FlowException> FailAsync(ScriptedPlatform platform, FlowConnectionDefinition definition)
    {
        var connections = new FlowConnections(await platform.ConnectAsync());
        return await Assert.ThrowsAsync<FlowException>(() => connections.CreateAsync(definition, Cancel));
    }
}
