using System.Text.Json.Nodes;

namespace AdxFlow.Local.Tests.Flow;

public sealed class NeighbourTests : IAsyncLifetime
{
    private const string Profile = "https://ns.adobe.com/xdm/context/profile";

    private Dataflow _dataflow = null!;

    private AdobeClient Client => _dataflow.Client;

    public async ValueTask InitializeAsync() => _dataflow = await Dataflow.StartAsync();

    public ValueTask DisposeAsync() => _dataflow.DisposeAsync();

    [Fact]
    public async Task A_schema_is_read_by_its_id_or_its_other_id_with_the_fields_of_its_class_and_groups()
    {
        string path = "schemaregistry/tenant/schemas/" + Uri.EscapeDataString(_dataflow.SchemaId);
        JsonNode raw = await Client.ExpectAsync(200, HttpMethod.Get, path, null, ("Accept", "application/vnd.adobe.xed+json; version=1"));
        Assert.Equal(Profile, raw["meta:class"]!.GetValue<string>());
        Assert.NotNull(raw["allOf"]);
        JsonNode full = await Client.ExpectAsync(200, HttpMethod.Get, $"schemaregistry/tenant/schemas/{raw["meta:altId"]}", null, ("Accept", "application/vnd.adobe.xed-full+json;version=1"));
        Assert.Null(full["allOf"]);
        Assert.Equal("date-time", full["properties"]!["_" + _dataflow.Tenant]!["properties"]!["at"]!["format"]!.GetValue<string>());
        Assert.NotNull(full["properties"]!["person"]);
        JsonNode list = await Client.ExpectAsync(200, HttpMethod.Get, "schemaregistry/tenant/schemas", null, ("Accept", "application/vnd.adobe.xed-id+json"));
        Assert.Equal(_dataflow.SchemaId, Assert.Single(list["results"]!.AsArray())!["$id"]!.GetValue<string>());
        await Client.ExpectAsync(200, HttpMethod.Get, "schemaregistry/global/classes", null, ("Accept", "application/vnd.adobe.xed-id+json"));
    }

    [Theory]
    [InlineData("tenant/schemas", "application/json", "XDM-1006-400")]
    [InlineData("tenant/schemas/none", "application/vnd.adobe.xed+json", "XDM-1007-400")]
    [InlineData("tenant/schemas/none", "application/vnd.adobe.xed+json;version=1", "XDM-1012-404")]
    public async Task The_registry_wants_its_own_Accept_header(string path, string accept, string code)
    {
        using HttpResponseMessage response = await Client.SendAsync(HttpMethod.Get, "schemaregistry/" + path, null, ("Accept", accept));
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("http://ns.adobe.com/aep/errors/" + code, body["type"]!.GetValue<string>());
        Assert.NotEmpty(body["report"]!["registryRequestId"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("schemas", """{"title":"Orders","type":"object","allOf":[{"$ref":"https://ns.adobe.com/xdm/context/profile"}]}""", "XDM-1521-400")]
    [InlineData("schemas", """{"title":"New","type":"object","allOf":[{"$ref":"https://ns.adobe.com/none"}]}""", "XDM-1010-404")]
    [InlineData("schemas", """{"title":"New","type":"object"}""", "XDM-1000-400")]
    [InlineData("fieldgroups", """{"title":"New","type":"object","meta:intendedToExtend":["x"],"properties":{"mine":{"type":"string"}}}""", "XDM-1021-400")]
    [InlineData("fieldgroups", """{"title":"New","type":"object","properties":{"_TENANT":{"type":"object","properties":{"a":{"type":"string"}}}}}""", "XDM-1000-400")]
    [InlineData("fieldgroups", """{"title":"New","type":"object","meta:intendedToExtend":["x"],"properties":{"_TENANT":{"type":"object","properties":{"a b":{"type":"string"}}}}}""", "XDM-1000-400")]
    [InlineData("fieldgroups", """{"title":"New","type":"object","meta:intendedToExtend":["x"],"properties":{"_TENANT":{"type":"object","properties":{"_a":{"type":"string"}}}}}""", "XDM-1000-400")]
    public async Task A_schema_or_field_group_that_breaks_a_rule_is_refused(string kind, string body, string code)
    {
        using HttpResponseMessage response = await Client.SendAsync(HttpMethod.Post, "schemaregistry/tenant/" + kind, body.Replace("_TENANT", "_" + _dataflow.Tenant, StringComparison.Ordinal));
        Assert.EndsWith(code, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["type"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datasets_are_a_map_by_id()
    {
        string second = await _dataflow.CreateDataSetAsync("Second", _dataflow.SchemaId);
        JsonObject all = (await Client.ExpectAsync(200, HttpMethod.Get, "catalog/dataSets?properties=name")).AsObject();
        Assert.Equal(2, all.Count);
        Assert.Equal("""{"name":"Second"}""", all[second]!.ToJsonString());
        JsonObject one = (await Client.ExpectAsync(200, HttpMethod.Get, "catalog/dataSets/" + second)).AsObject();
        Assert.Equal(_dataflow.SchemaId, one[second]!["schemaRef"]!["id"]!.GetValue<string>());
        Assert.Equal([second], (await Client.ExpectAsync(200, HttpMethod.Get, "catalog/dataSets?name=Second")).AsObject().Select(p => p.Key));
        Assert.Single((await Client.ExpectAsync(200, HttpMethod.Get, "catalog/dataSets?limit=1&start=1")).AsObject());
        await Client.ExpectAsync(200, HttpMethod.Delete, "catalog/dataSets/" + second);
        await Client.ExpectAsync(404, HttpMethod.Get, "catalog/dataSets/" + second);
    }

    [Theory]
    [InlineData("""{"schemaRef":{"id":"SCHEMA","contentType":"application/vnd.adobe.xed+json;version=1"}}""")]
    [InlineData("""{"name":"New"}""")]
    [InlineData("""{"name":"New","schemaRef":{"id":"none","contentType":"application/vnd.adobe.xed+json;version=1"}}""")]
    [InlineData("""{"name":"New","schemaRef":{"id":"SCHEMA"}}""")]
    public async Task A_dataset_needs_a_name_and_a_schema_with_its_version(string body)
    {
        JsonNode refused = await Client.ExpectAsync(400, HttpMethod.Post, "catalog/dataSets", body.Replace("SCHEMA", _dataflow.SchemaId, StringComparison.Ordinal));
        Assert.Equal("BadRequestError", refused["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Mappings_are_validated_field_by_field()
    {
        object mapping = Dataflow.MappingSet(_dataflow.SchemaId, ("Id", $"_{_dataflow.Tenant}.id"), ("Name", "person.nothing"), ("Name", "person"));
        JsonArray results = (await Client.ExpectAsync(200, HttpMethod.Post, "conversion/mappingSets/validate", mapping))["validationResponse"]!.AsArray();
        Assert.Equal(["SUCCESS", "FAILED", "FAILED"], results.Select(r => r!["status"]!.GetValue<string>()));
        Assert.Null(results[0]!["errors"]);
        Assert.Equal("person.nothing", results[1]!["errors"]![0]!["destination"]!.GetValue<string>());
        await Client.ExpectAsync(400, HttpMethod.Post, "conversion/mappingSets", mapping);
    }

    [Theory]
    [InlineData("First Name", null)]
    [InlineData("a-b", null)]
    [InlineData("2nd", null)]
    [InlineData("first.name", null)]
    [InlineData("${First Name}", "spaced")]
    [InlineData("${first\\.name}", "dotted")]
    [InlineData("first\\.name", "dotted")]
    public async Task A_column_with_special_characters_is_wrapped_and_a_dot_leads_into_a_field(string source, string? found)
    {
        object mappingSet = Dataflow.MappingSet(_dataflow.SchemaId, (source, "person.name.fullName"));
        JsonNode validated = (await Client.ExpectAsync(200, HttpMethod.Post, "conversion/mappingSets/validate", mappingSet))["validationResponse"]![0]!;
        Assert.Equal(found is null && source is not "first.name" ? "FAILED" : "SUCCESS", validated["status"]!.GetValue<string>());
        var data = new Dictionary<string, string> { ["First Name"] = "spaced", ["first.name"] = "dotted" };
        if (found is not null || source is "first.name")
        {
            JsonNode preview = await Client.ExpectAsync(200, HttpMethod.Post, "conversion/mappingSets/preview", new { data, mappingSet });
            Assert.Equal(found, preview["data"]!["person"]?["name"]!["fullName"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_mapping_set_is_read_with_media_types_and_takes_the_older_dialect()
    {
        JsonNode read = await Client.ExpectAsync(200, HttpMethod.Get, "conversion/mappingSets/" + _dataflow.MappingId);
        Assert.Equal("text/x.schema-path", read["mappings"]![0]!["sourceType"]!.GetValue<string>());
        object older = new { version = 0, xdmSchema = _dataflow.SchemaId, xdmVersion = "1.0", id = (string?)null, mappings = new[] { new { destinationXdmPath = "_id", sourceAttribute = "Id", identity = false, version = 0 } } };
        JsonNode made = await Client.ExpectAsync(200, HttpMethod.Post, "conversion/mappingSets", older);
        Assert.Matches("^[0-9a-f]{32}$", made["id"]!.GetValue<string>());
        Assert.Equal(0, made["version"]!.GetValue<int>());
        await Client.ExpectAsync(400, HttpMethod.Get, "conversion/mappingSets");
        JsonNode list = await Client.ExpectAsync(200, HttpMethod.Get, "conversion/mappingSets?limit=1");
        Assert.Single(list["data"]!.AsArray());
        Assert.NotNull(list["_links"]!["next"]);
    }

    [Fact]
    public async Task A_mapping_set_is_tried_on_sample_records()
    {
        object mappingSet = Dataflow.MappingSet(_dataflow.SchemaId, ("Id", $"_{_dataflow.Tenant}.id"), ("Name", "person.name.fullName"), ("At", $"_{_dataflow.Tenant}.at"));
        object[] data = [new { Id = "7", Name = 12, At = "2026-01-02T03:04:05Z" }, new { Id = 8, Name = "eight", At = "never" }];
        JsonNode answer = await Client.ExpectAsync(200, HttpMethod.Post, "conversion/mappingSets/preview", new { data, mappingSet });
        Assert.Equal(7, answer["data"]![0]!["_" + _dataflow.Tenant]!["id"]!.GetValue<int>());
        Assert.Equal("12", answer["data"]![0]!["person"]!["name"]!["fullName"]!.GetValue<string>());
        JsonNode error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal("At", error["source"]!.GetValue<string>());
        JsonNode single = await Client.ExpectAsync(200, HttpMethod.Post, "conversion/mappingSets/preview", new { data = data[0], mappingSet });
        Assert.IsType<JsonObject>(single["data"]);
    }

    [Fact]
    public async Task Standard_classes_are_read_by_their_id()
    {
        JsonNode found = await Client.ExpectAsync(200, HttpMethod.Get, "schemaregistry/global/classes/_xdm.context.experienceevent", null, ("Accept", "application/vnd.adobe.xed-full+json;version=1"));
        Assert.Contains("timestamp", found["required"]!.AsArray().Select(r => r!.GetValue<string>()));
        await Client.ExpectAsync(404, HttpMethod.Get, "schemaregistry/global/schemas/none", null, ("Accept", "application/vnd.adobe.xed-full+json;version=1"));
    }
}
