using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Mappings;

public sealed class FlowMappingsTests
{
    private static readonly FlowSchema Schema = FlowSchemaReader.Read(
        JsonDocument.Parse("""
            {"$id":"https://ns.adobe.com/acme/schemas/1","version":"1.4","title":"Weather","required":["_id","timestamp"],"properties":{
              "_id":{"type":"string"},"timestamp":{"type":"string","format":"date-time"},"tags":{"type":"array","items":{"type":"string"}},"open":{"type":"object"},
              "_acme":{"type":"object","required":["Id"],"properties":{"Id":{"type":"string"},"my_col":{"type":"number"},"city":{"type":"string"},"CITY":{"type":"string"}}},
              "person":{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}},
              "place":{"type":"object","properties":{"name":{"type":"string"},"city":{"type":"string"}}}}}
            """).RootElement,
        "asked",
        1);

    [Fact]
    public void A_schema_tells_the_fields_that_take_a_value_and_those_that_every_row_needs()
    {
        Assert.Equal(["_id", "timestamp", "_acme.Id", "_acme.my_col", "_acme.city", "_acme.CITY", "person.name", "place.name", "place.city"], Schema.Paths);
        Assert.Equal(["_id", "timestamp"], Schema.RequiredPaths);
        Assert.Equal(("https://ns.adobe.com/acme/schemas/1", 1), (Schema.Id, Schema.Version));
    }

    [Fact]
    public void Columns_go_into_the_fields_of_their_name()
    {
        MappingProposal proposal = MappingProposal.Of(Schema, ["Id", "my col", "Timestamp", "name", "City", "CITY", "Extra"], []);
        Assert.Equal(["_acme.Id = Id", "_acme.my_col = ${my col}", "timestamp = Timestamp", "_acme.CITY = CITY"], proposal.Fields.Select(static field => field.ToString()));
        Assert.Equal(["name", "City", "Extra"], proposal.UnmappedColumns);
        Assert.Equal(["_id"], proposal.MissingPaths);
    }

    [Theory]
    [InlineData("Id", "Id")]
    [InlineData("$größe_2", "$größe_2")]
    [InlineData("First Name", "${First Name}")]
    [InlineData("first.name", "${first\\.name}")]
    [InlineData("a-b", "${a-b}")]
    [InlineData("2nd", "${2nd}")]
    public void A_column_is_named_as_Data_Prep_wants_it(string column, string source) => Assert.Equal(source, SourceFields.Of(column));

    [Theory]
    [InlineData("First Name", "${First Name}")]
    [InlineData("${First Name}", "${First Name}")]
    [InlineData("address.street\\.name", "address.street\\.name")]
    [InlineData("items[0].name", "items[0].name")]
    public void A_name_that_is_given_is_wrapped_and_a_path_left_as_it_is(string given, string source) => Assert.Equal(
        source,
        MappingBody.Of(new FlowMappingDefinition { SchemaId = "s", Fields = [new("_acme.Id", given)] })["mappings"]![0]!["source"]!.GetValue<string>());

    [Fact]
    public void What_is_given_goes_before_what_is_guessed()
    {
        MappingProposal proposal = MappingProposal.Of(Schema, ["Id", "name"], [new("_id", "Id"), new("person.name", "name"), new("_acme.Id", "uuid()", FlowFieldKind.Expression)]);
        Assert.Equal(["_id = Id", "person.name = name", "_acme.Id = uuid()", "place.name = name"], proposal.Fields.Select(static field => field.ToString()));
        Assert.Empty(proposal.UnmappedColumns);
        Assert.Equal(["timestamp"], proposal.MissingPaths);
    }

    [Fact]
    public void A_mapping_is_written_in_the_form_of_the_published_contract() => Assert.Equal(
        """{"name":"m","version":0,"outputSchema":{"schemaRef":{"id":"s","contentType":"application/vnd.adobe.xed-full\u002Bjson;version=2"}},"mappings":[{"sourceType":"ATTRIBUTE","source":"Id","destination":"_acme.Id"},{"sourceType":"EXPRESSION","source":"uuid()","destination":"_id"},{"sourceType":"STATIC","source":"adx","destination":"from"}]}""",
        MappingBody.Of(new FlowMappingDefinition { Name = "m", SchemaId = "s", SchemaVersion = 2, Fields = [new("_acme.Id", "Id"), new("_id", "uuid()", FlowFieldKind.Expression), new("from", "adx", FlowFieldKind.Static)] }).ToJsonString());

    [Theory]
    [InlineData("""{"id":"m","version":"2","name":"n","outputSchema":{"schemaRef":{"id":"s","contentType":"application/vnd.adobe.xed-full+json;version=3"}},"mappings":[{"sourceType":"text/x.schema-path","source":"a","destination":"b"}]}""", 3)]
    [InlineData("""{"id":"m","version":2,"name":"n","xdmSchema":"s","xdmVersion":"1.0","mappings":[{"sourceAttribute":"a","destinationXdmPath":"b"}]}""", 1)]
    public void A_mapping_is_read_in_both_forms(string json, int version)
    {
        FlowMapping mapping = MappingBody.Read(JsonDocument.Parse(json).RootElement);
        Assert.Equal(("m", 2, 2, "n", "s", version), (mapping.MappingId, mapping.Version, mapping.MappingVersion, mapping.Name, mapping.SchemaId, mapping.SchemaVersion));
        Assert.Equal(new FlowFieldMapping("b", "a"), Assert.Single(mapping.Fields));
    }

    [Theory]
    [InlineData("EXPRESSION", FlowFieldKind.Expression)]
    [InlineData("text/x.aep-xl", FlowFieldKind.Expression)]
    [InlineData("STATIC", FlowFieldKind.Static)]
    [InlineData("ATTRIBUTE", FlowFieldKind.Attribute)]
    public void Kinds_of_fields_are_read_in_both_forms(string word, FlowFieldKind kind) =>
        Assert.Equal(kind, Assert.Single(MappingBody.Read(JsonDocument.Parse($$"""{"mappings":{"sourceType":"{{word}}","source":"a","destination":"b"} }""").RootElement).Fields).Kind);

    [Fact]
    public void A_mapping_that_cannot_be_meant_is_refused()
    {
        Assert.Equal("FlowMappingEmpty", Refusal([]));
        Assert.Equal("FlowInvalidMapping", Refusal([new("a", " ")]));
        Assert.Equal("FlowInvalidMapping", Refusal([new("a", "x"), new("a", "y")]));
    }

    [Fact]
    public async Task A_test_names_the_fields_that_are_wrong_and_previews_nothing_then()
    {
        await using var platform = new ScriptedPlatform(static _ => """{"validationResponse":[{"status":"SUCCESS","errors":null},{"status":"FAILED","errors":[{"exception":"No such field"}]},{"status":"FAILED"}]}""");
        FlowMappingTest test = await TestAsync(platform, [JsonNode.Parse("""{"a":1}""")!]);
        Assert.False(test.IsValid);
        Assert.Equal(["y: No such field", "z: The service refuses the field."], test.Errors.Select(static error => error.ToString()));
        Assert.EndsWith("/mappingSets/validate", Assert.Single(platform.Requests).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":{"x":1},"errors":null}""")]
    [InlineData("""[{"data":{"x":1}}]""")]
    [InlineData("""{"data":[{"x":1}]}""")]
    public async Task A_test_shows_what_rows_become(string answer)
    {
        await using var platform = new ScriptedPlatform(request => request.Path.EndsWith("/preview", StringComparison.Ordinal) ? answer : """{"validationResponse":[{"status":"SUCCESS"}]}""");
        FlowMappingTest test = await TestAsync(platform, [JsonNode.Parse("""{"a":1}""")!]);
        Assert.True(test.IsValid);
        Assert.Equal(["""{"x":1}"""], test.Preview);
        Assert.StartsWith("""{"data":[{"a":1}],"mappingSet":{""", platform.Requests[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_that_fails_makes_the_mapping_invalid()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.EndsWith("/preview", StringComparison.Ordinal) ? """{"data":{},"errors":[{"destination":"x","source":"a","exception":"No number"}]}""" : """{"validationResponse":[]}""");
        Assert.Equal("x: No number", (await TestAsync(platform, [JsonNode.Parse("""{"a":1}""")!])).ToString());
    }

    private static async Task<FlowMappingTest> TestAsync(ScriptedPlatform platform, IReadOnlyList<JsonNode> rows) => await new FlowMappings(await platform.ConnectAsync()).TestAsync(
        new FlowMappingDefinition { SchemaId = "s", Fields = [new("x", "a"), new("y", "b"), new("z", "c")] }, "m", rows, TestContext.Current.CancellationToken);

    private static string Refusal(FlowFieldMapping[] fields) => Assert.Throws<FlowException>(() => new FlowMappingDefinition { SchemaId = "s", Fields = fields }.Check()).ErrorId;
}
