using System.Globalization;
using System.Text.Json;
using AdxFlow.Connector;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Datasets;

public sealed class FlowDatasetsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Columns_become_fields_of_their_types_with_names_that_schemas_allow() => Assert.Equal(
        [("Id", "Id", FlowFieldType.String), ("_hidden", "hidden", FlowFieldType.Boolean), ("my col.x", "my_col_x", FlowFieldType.Integer), ("MY COL-X", "MY_COL-X", FlowFieldType.Long),
            ("my_col_x", "my_col_x_2", FlowFieldType.Number), ("größe", "gr__e", FlowFieldType.Number), ("At", "At", FlowFieldType.DateTime), ("Took", "Took", FlowFieldType.String), ("Bag", "Bag", FlowFieldType.String), ("__", "field", FlowFieldType.String)],
        SchemaFields.Of(
        [
            new AdxColumn("Id", AdxType.Guid), new AdxColumn("_hidden", AdxType.Bool), new AdxColumn("my col.x", AdxType.Int), new AdxColumn("MY COL-X", AdxType.Long), new AdxColumn("my_col_x", AdxType.Real),
            new AdxColumn("größe", AdxType.Decimal), new AdxColumn("At", AdxType.DateTime), new AdxColumn("Took", AdxType.TimeSpan), new AdxColumn("Bag", AdxType.Dynamic), new AdxColumn("__", AdxType.String),
        ]).Select(static field => (field.Column, field.Name, field.Type)));

    [Fact]
    public void Fields_stand_under_the_namespace_of_the_organization()
    {
        string group = SchemaBody.FieldGroup("Weather fields", null, "acme", SchemaClass.Profile, [new FlowField("Id", "Id", FlowFieldType.String), new FlowField("At", "At", FlowFieldType.DateTime), new FlowField("n", "n", FlowFieldType.Integer)]).ToJsonString();
        Assert.Equal(
            """{"title":"Weather fields","description":"","type":"object","meta:intendedToExtend":["https://ns.adobe.com/xdm/context/profile"],"definitions":{"customFields":{"type":"object","properties":{"_acme":{"type":"object","properties":{"Id":{"title":"Id","type":"string"},"At":{"title":"At","type":"string","format":"date-time"},"n":{"title":"n","type":"integer","minimum":-2147483648,"maximum":2147483647}}}}}},"allOf":[{"$ref":"#/definitions/customFields"}]}""",
            group);
    }

    [Fact]
    public async Task A_dataset_for_columns_gets_a_schema_first()
    {
        await using var platform = new ScriptedPlatform(Answer);
        FlowDataset dataset = await new FlowDatasets(await platform.ConnectAsync()).CreateAsync(Definition, Cancel);
        Assert.Equal(("5c8c", "https://ns.adobe.com/acme/schemas/1", true), (dataset.Id, dataset.SchemaId, dataset.ErrorDiagnostics));
        Assert.Equal(["/tenant/fieldgroups", "/tenant/schemas", "/dataSets"], Changes(platform));
        Assert.Equal("""{"name":"Weather","schemaRef":{"id":"https://ns.adobe.com/acme/schemas/1","contentType":"application/vnd.adobe.xed\u002Bjson;version=1"},"enableErrorDiagnostics":true}""", platform.Requests[^1].Body);
    }

    [Fact]
    public async Task A_dataset_that_is_refused_takes_its_schema_back()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.EndsWith("/dataSets", StringComparison.Ordinal) ? ScriptedAnswer.Of(400, """{"title":"BadRequestError","detail":"no"}""") : Answer(request));
        await Assert.ThrowsAsync<FlowException>(async () => await new FlowDatasets(await platform.ConnectAsync()).CreateAsync(Definition, Cancel));
        Assert.Equal(["DELETE /data/foundation/schemaregistry/tenant/schemas/https%3A%2F%2Fns.adobe.com%2Facme%2Fschemas%2F1", "DELETE /data/foundation/schemaregistry/tenant/fieldgroups/https%3A%2F%2Fns.adobe.com%2Facme%2Fmixins%2F1"],
            platform.Requests.Where(static request => request.Method == "DELETE").Select(static request => $"{request.Method} {request.Path}"));
    }

    [Fact]
    public async Task Datasets_come_as_a_map_page_after_page()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.EndsWith("start=0", StringComparison.Ordinal) ? Map(0, 100) : Map(99, 3));
        var found = new List<FlowDataset>();
        await foreach (FlowDataset dataset in new FlowDatasets(await platform.ConnectAsync()).ListAsync(Cancel))
            found.Add(dataset);
        Assert.Equal(102, found.Count);
        Assert.Equal(["/data/foundation/catalog/dataSets?limit=100&start=0", "/data/foundation/catalog/dataSets?limit=100&start=100"], platform.Requests.Select(static request => request.Path));
        Assert.Equal(("n0", "s", 2, true, true), (found[0].Name, found[0].SchemaId, found[0].SchemaVersion, found[0].ErrorDiagnostics, found[0].IsProfileEnabled));
    }

    [Fact]
    public async Task A_dataset_that_is_not_there_is_not_found()
    {
        await using var platform = new ScriptedPlatform(static _ => "{}");
        Assert.Equal("FlowNotFound", (await Assert.ThrowsAsync<FlowException>(async () => await new FlowDatasets(await platform.ConnectAsync()).GetAsync("x", Cancel))).ErrorId);
    }

    [Theory]
    [InlineData("""["@/dataSets/5c8c"]""", "5c8c")]
    [InlineData("""["5c8c"]""", "5c8c")]
    [InlineData("\"@/dataSets/5c8c\"", "5c8c")]
    [InlineData("""{"id":"5c8c"}""", "5c8c")]
    [InlineData("[]", null)]
    public void What_was_made_is_named_by_reference(string answer, string? id) => Assert.Equal(id, FlowDatasets.IdOf(JsonDocument.Parse(answer).RootElement));

    [Theory]
    [InlineData("application/vnd.adobe.xed+json;version=1", 1)]
    [InlineData("application/vnd.adobe.xed-full+json; version=12", 12)]
    [InlineData("1.3", 1)]
    [InlineData("2", 2)]
    [InlineData("", 1)]
    [InlineData(null, 1)]
    public void A_version_is_read_out_of_a_media_type(string? text, int major) => Assert.Equal(major, SchemaVersions.Major(text));

    [Theory]
    [InlineData("Profile", SchemaClass.Profile)]
    [InlineData("experienceEvent", SchemaClass.ExperienceEvent)]
    [InlineData("https://ns.adobe.com/acme/classes/1", "https://ns.adobe.com/acme/classes/1")]
    public void A_class_is_given_by_name_or_id(string given, string id) => Assert.Equal(id, SchemaClass.Id(given));

    [Fact]
    public void What_is_no_class_is_refused() => Assert.Equal("FlowClassInvalid", Assert.Throws<FlowException>(static () => SchemaClass.Id("Product")).ErrorId);

    private static FlowDatasetDefinition Definition => new() { Name = "Weather", Fields = [new FlowField("Id", "Id", FlowFieldType.String)], ErrorDiagnostics = true };

    private static IEnumerable<string> Changes(ScriptedPlatform platform) => platform.Requests.Where(static request => request.Method == "POST")
        .Select(static request => request.Path.Replace("/data/foundation/schemaregistry", string.Empty, StringComparison.Ordinal).Replace("/data/foundation/catalog", string.Empty, StringComparison.Ordinal));

    private static ScriptedAnswer Answer(ScriptedRequest request) => request.Path switch
    {
        "/data/foundation/schemaregistry/stats" => """{"imsOrg":"1@AdobeOrg","tenantId":"acme"}""",
        "/data/foundation/schemaregistry/tenant/fieldgroups" => """{"$id":"https://ns.adobe.com/acme/mixins/1"}""",
        "/data/foundation/schemaregistry/tenant/schemas" => """{"$id":"https://ns.adobe.com/acme/schemas/1"}""",
        "/data/foundation/catalog/dataSets" => ScriptedAnswer.Of(201, """["@/dataSets/5c8c"]"""),
        _ => ScriptedAnswer.Of(204, string.Empty),
    };

    private static string Map(int first, int count) => "{" + string.Join(',', Enumerable.Range(first, count).Select(static number => string.Create(
        CultureInfo.InvariantCulture,
        $"\"d{number}\":{{\"name\":\"n{number}\",\"enableErrorDiagnostics\":\"true\",\"tags\":{{\"unifiedProfile\":[\"enabled: true\"]}},\"schemaRef\":{{\"id\":\"s\",\"contentType\":\"application/vnd.adobe.xed+json;version=2\"}}}}"))) + "}";
}
