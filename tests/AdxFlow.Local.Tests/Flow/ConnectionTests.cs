using System.Net;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Endpoints;

namespace AdxFlow.Local.Tests.Flow;

public sealed class ConnectionTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _adx;
    private AdobeClient _client = null!;

    public ConnectionTests() => _adx = new LocalClient(_cluster);

    public async ValueTask InitializeAsync() => _client = await AdobeClient.ConnectAsync(_cluster);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _adx.Dispose();
        return _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_is_made_read_changed_and_deleted()
    {
        JsonNode made = await _client.ExpectAsync(201, HttpMethod.Post, "flowservice/connections", _client.Connection());
        string id = made["id"]!.GetValue<string>();
        string etag = made["etag"]!.GetValue<string>();
        Assert.Matches("^\"[0-9a-f]{8}-0000-0200-0000-[0-9a-f]{12}\"$", etag);

        JsonNode read = await _client.ItemAsync("connections/" + id);
        Assert.Equal("enabled", read["state"]!.GetValue<string>());
        Assert.Equal(etag, read["etag"]!.GetValue<string>());
        Assert.Equal(etag, read["version"]!.GetValue<string>());
        Assert.Equal("prod", read["sandboxName"]!.GetValue<string>());
        Assert.Equal(AdobeClient.Organization, read["imsOrgId"]!.GetValue<string>());
        Assert.Equal("NetDefaultDB", read["auth"]!["params"]!["database"]!.GetValue<string>());
        Assert.Equal("********", read["auth"]!["params"]!["servicePrincipalKey"]!.GetValue<string>());

        object[] patch = [new { op = "replace", path = "/name", value = "Renamed" }, new { op = "add", path = "/description", value = "New" }];
        JsonNode changed = await _client.ExpectAsync(200, HttpMethod.Patch, "flowservice/connections/" + id, patch, ("If-Match", etag));
        Assert.NotEqual(etag, changed["etag"]!.GetValue<string>());
        Assert.Equal("Renamed", (await _client.ItemAsync("connections/" + id))["name"]!.GetValue<string>());

        using HttpResponseMessage deleted = await _client.SendAsync(HttpMethod.Delete, "flowservice/connections/" + id);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("FLOW-1439-404", await _client.RefusedAsync(HttpMethod.Get, "connections/" + id));
    }

    [Fact]
    public async Task A_change_needs_the_current_ETag_with_its_quotes()
    {
        string id = await _client.CreateAsync("connections", _client.Connection());
        string etag = (await _client.ItemAsync("connections/" + id))["etag"]!.GetValue<string>();
        object[] patch = [new { op = "replace", path = "/name", value = "Renamed" }];
        Assert.Equal("FLOW-1403-400", await _client.RefusedAsync(HttpMethod.Patch, "connections/" + id, patch));
        Assert.Equal("FLOW-1404-412", await _client.RefusedAsync(HttpMethod.Patch, "connections/" + id, patch, ("If-Match", etag.Trim('"'))));
        await _client.ExpectAsync(200, HttpMethod.Patch, "flowservice/connections/" + id, patch, ("If-Match", etag));
        JsonNode stale = await _client.ExpectAsync(412, HttpMethod.Patch, "flowservice/connections/" + id, patch, ("If-Match", etag));
        Assert.Contains("Supplied version=[" + etag, stale["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"op":"move","path":"/name","value":"x"}]""", "FLOW-1434-400")]
    [InlineData("""[{"op":"remove","path":"/auth/params/nothing"}]""", "FLOW-1455-400")]
    [InlineData("""[{"op":"replace","path":"/connectionSpec/version","value":"2.0"}]""", "FLOW-1414-400")]
    [InlineData("""[{"op":"replace","path":"/etag","value":"x"}]""", "CONNECTOR-1365-400")]
    [InlineData("""[{"op":"remove","path":"/auth/params/tenant"}]""", "CONNECTOR-1304-400")]
    [InlineData("[]", "FLOW-1405-400")]
    [InlineData("""[{"op":"replace",""", "FLOW-1100-400")]
    public async Task A_patch_that_breaks_a_rule_changes_nothing(string patch, string code)
    {
        string id = await _client.CreateAsync("connections", _client.Connection());
        string etag = (await _client.ItemAsync("connections/" + id))["etag"]!.GetValue<string>();
        Assert.Equal(code, await _client.RefusedAsync(HttpMethod.Patch, "connections/" + id, patch, ("If-Match", etag)));
        Assert.Equal(etag, (await _client.ItemAsync("connections/" + id))["etag"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_connection_needs_a_known_spec_with_its_version_and_all_parameters()
    {
        JsonNode unknown = await _client.ExpectAsync(400, HttpMethod.Post, "flowservice/connections", new { name = "x", connectionSpec = new { id = Guid.Empty, version = "1.0" } });
        Assert.Equal("Please provide a valid spec id", unknown["message"]!.GetValue<string>());
        await _client.ExpectAsync(422, HttpMethod.Post, "flowservice/connections", new { name = "x", connectionSpec = new { id = AdobeClient.DataExplorer } });
        object spec = new { id = AdobeClient.DataExplorer, version = "1.0" };
        Assert.Equal("FLOW-1415-400", await _client.RefusedAsync(HttpMethod.Post, "connections", new { name = "x", auth = new { specName = "Basic" }, connectionSpec = spec }));
        Assert.Equal("CONNECTOR-1304-400", await _client.RefusedAsync(HttpMethod.Post, "connections", new { name = "x", auth = new { specName = "Service Principal Based Authentication", @params = new { endpoint = "x" } }, connectionSpec = spec }));
        Assert.Equal("FLOW-1405-400", await _client.RefusedAsync(HttpMethod.Post, "connections"));
    }

    [Fact]
    public async Task A_body_must_be_JSON_and_not_too_large()
    {
        using var form = new HttpRequestMessage(HttpMethod.Post, new Uri(_cluster.FlowUri, "data/foundation/flowservice/connections")) { Content = new StringContent("a=b", System.Text.Encoding.UTF8, "text/plain") };
        foreach ((string name, string? value) in _client.Headers)
            form.Headers.TryAddWithoutValidation(name, value);
        using var http = new HttpClient();
        using HttpResponseMessage refused = await http.SendAsync(form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("A valid content-type must be specified", JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>());
        await _client.ExpectAsync(413, HttpMethod.Post, "flowservice/connections", new { name = new string('x', 5 * 1024 * 1024) });
    }

    [Fact]
    public async Task A_draft_may_be_incomplete_until_it_is_published()
    {
        string id = await _client.CreateAsync("connections?mode=draft", new { name = "Draft", connectionSpec = new { id = AdobeClient.DataExplorer, version = "1.0" } });
        JsonNode draft = await _client.ItemAsync("connections/" + id);
        Assert.Equal("draft", draft["state"]!.GetValue<string>());
        Assert.Equal("FLOW-1415-400", await _client.RefusedAsync(HttpMethod.Post, $"connections/{id}/action?op=publish"));

        JsonNode full = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(_client.Connection()))!;
        object[] patch = [new { op = "add", path = "/auth", value = full["auth"] }];
        await _client.ExpectAsync(200, HttpMethod.Patch, "flowservice/connections/" + id, patch, ("If-Match", draft["etag"]!.GetValue<string>()));
        await _client.ExpectAsync(200, HttpMethod.Post, $"flowservice/connections/{id}/action?op=publish");
        Assert.Equal("enabled", (await _client.ItemAsync("connections/" + id))["state"]!.GetValue<string>());
        Assert.Equal("FLOW-1422-400", await _client.RefusedAsync(HttpMethod.Post, $"connections/{id}/action?op=publish"));
        Assert.Equal("CONNECTOR-1368-400", await _client.RefusedAsync(HttpMethod.Post, "connections?mode=sketch", _client.Connection()));
        Assert.Equal("FLOW-1402-400", await _client.RefusedAsync(HttpMethod.Post, $"connections/{id}/action?op=finalize"));
    }

    [Fact]
    public async Task Only_with_the_viewer_role_the_tables_are_seen()
    {
        await _adx.RunAsync(".create table Orders (Id:long, Name:string, Price:real, Paid:bool, At:datetime, Extra:dynamic)");
        await _adx.RunAsync(".ingest inline into table Orders <|\n1,one,1.5,true,2026-01-02T03:04:05Z,\"{\"\"a\"\":1}\"\n2,,,,,");
        string id = await _client.CreateAsync("connections", _client.Connection());

        Assert.False((await _client.GetAsync($"connections/{id}/test"))["result"]!.GetValue<bool>());
        Assert.Equal("CONNECTOR-1308-400", await _client.RefusedAsync(HttpMethod.Get, $"connections/{id}/explore?objectType=root"));

        await _adx.RunAsync($".add database NetDefaultDB viewers ('aadapp={AdobeClient.Application};contoso.com')");
        Assert.True((await _client.GetAsync($"connections/{id}/test"))["result"]!.GetValue<bool>());
        JsonNode table = Assert.Single((await _client.GetAsync($"connections/{id}/explore?objectType=root")).AsArray())!;
        Assert.Equal("Orders", table["path"]!.GetValue<string>());
        Assert.Equal("table", table["type"]!.GetValue<string>());

        JsonNode explored = await _client.GetAsync($"connections/{id}/explore?objectType=table&object=Orders");
        Assert.Equal("flat", explored["format"]!.GetValue<string>());
        Assert.Null(explored["data"]);
        Assert.Equal(
            ["Id integer", "Name string", "Price double", "Paid boolean", "At string", "Extra string"],
            explored["schema"]!["columns"]!.AsArray().Select(c => $"{c!["name"]} {c["type"]}"));
        Assert.Equal("date-time", explored["schema"]!["columns"]![4]!["meta:xdmType"]!.GetValue<string>());

        JsonArray rows = (await _client.GetAsync($"connections/{id}/explore?objectType=table&object=Orders&preview=true"))["data"]!.AsArray();
        Assert.Equal(2, rows.Count);
        Assert.Equal("2026-01-02T03:04:05Z", rows[0]!["At"]!.GetValue<string>());
        Assert.Null(rows[1]!["Price"]);
    }

    [Fact]
    public async Task A_preview_has_a_hundred_rows_at_most()
    {
        await _adx.RunAsync($".add database NetDefaultDB viewers ('aadapp={AdobeClient.Application};contoso.com')");
        await _adx.RunAsync(".set Numbers <| range n from 1 to 250 step 1");
        string id = await _client.CreateAsync("connections", _client.Connection());
        Assert.Equal(100, (await _client.GetAsync($"connections/{id}/explore?objectType=table&object=Numbers&preview=true"))["data"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("", "CONNECTOR-1359-400")]
    [InlineData("?objectType=blob", "CONNECTOR-1358-400")]
    [InlineData("?objectType=table", "CONNECTOR-1337-400")]
    [InlineData("?objectType=table&object=None", "CONNECTOR-1330-400")]
    [InlineData("?objectType=root&filters=e30=", "CONNECTOR-1353-400")]
    public async Task Exploring_what_is_not_there_has_the_codes_of_the_connectors(string query, string code)
    {
        await _adx.RunAsync($".add database NetDefaultDB viewers ('aadapp={AdobeClient.Application};contoso.com')");
        string id = await _client.CreateAsync("connections", _client.Connection());
        Assert.Equal(code, await _client.RefusedAsync(HttpMethod.Get, $"connections/{id}/explore{query}"));
    }

    [Fact]
    public async Task A_wrong_key_cluster_or_database_is_a_connection_that_does_not_work()
    {
        await _adx.RunAsync($".add database NetDefaultDB viewers ('aadapp={AdobeClient.Application};contoso.com')");
        _cluster.Flow.RegisterServicePrincipal(AdobeClient.Application.ToString(), "key");
        async Task<bool> Works(object connection) =>
            (await _client.GetAsync($"connections/{await _client.CreateAsync("connections", connection)}/test"))["result"]!.GetValue<bool>();

        Assert.True(await Works(_client.Connection()));
        Assert.False(await Works(_client.Connection(key: "old")));
        Assert.False(await Works(_client.Connection(database: "Other")));
        Assert.False(await Works(_client.Connection(endpoint: "https://cluster.westeurope.kusto.windows.net")));
    }

    [Fact]
    public async Task Specs_are_listed_and_found_by_property()
    {
        JsonNode spec = await _client.ItemAsync("connectionSpecs/" + AdobeClient.DataExplorer);
        Assert.Contains("servicePrincipalKey", spec["authSpec"]![0]!["spec"]!["required"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Equal(2, (await _client.GetAsync("connectionSpecs"))["items"]!.AsArray().Count);
        JsonNode flow = await _client.ItemAsync("flowSpecs?property=name==%22CRMToAEP%22");
        Assert.Equal("14518937-270c-4525-bdec-c2ba7cce3860", flow["id"]!.GetValue<string>());
        Assert.Equal("FLOW-1439-404", await _client.RefusedAsync(HttpMethod.Get, "flowSpecs/none"));
    }
}
