using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class MappingTests : IAsyncLifetime
{
    private const string ByOrdinal = "[{\"Column\":\"s\",\"Properties\":{\"Ordinal\":\"0\"}},{\"Column\":\"n\",\"Datatype\":\"long\",\"Properties\":{\"Ordinal\":1}}]";
    private static readonly Guid Robot = Guid.Parse("4c7e82bd-6adb-46c3-b413-fdd44834c69b");

    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public MappingTests() => _admin = new LocalClient(_cluster);

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (n:long, s:string, t:datetime, d:dynamic)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData("table T", "T")]
    [InlineData("database NetDefaultDB", "")]
    public async Task A_mapping_is_made_shown_replaced_and_dropped(string entity, string table)
    {
        Dictionary<string, JsonElement> made = (await _admin.RunAsync($".create {entity} ingestion csv mapping 'M' '{ByOrdinal}'")).Single();
        Assert.Equal(["Name", "Kind", "Mapping", "LastUpdatedOn", "Database", "Table"], made.Keys);
        Assert.Equal(("M", "CSV", "NetDefaultDB", table), (made["Name"].GetString(), made["Kind"].GetString(), made["Database"].GetString(), made["Table"].GetString()));
        Assert.Equal("[{\"Properties\":{\"Ordinal\":\"0\"},\"column\":\"s\",\"datatype\":\"\"},{\"Properties\":{\"Ordinal\":\"1\"},\"column\":\"n\",\"datatype\":\"long\"}]", made["Mapping"].GetString());
        Assert.Equal("BadRequest_EntityAlreadyExists", await CodeAsync($".create {entity} ingestion csv mapping 'M' '{ByOrdinal}'"));
        Assert.Equal("BadRequest_EntityNotFound", await CodeAsync($".alter {entity} ingestion json mapping 'M' '[{{\"column\":\"s\",\"path\":\"$.s\"}}]'"));
        await _admin.RunAsync($".create-or-alter {entity} ingestion json mapping 'M' '[{{\"column\":\"s\",\"path\":\"$.s\",\"datatype\":\"\",\"transform\":null}}]'");
        await _admin.RunAsync($".alter {entity} ingestion json mapping 'M' '[{{\"column\":\"s\",\"path\":\"$[\\'a b\\']\"}}]'");
        Assert.Equal(2, (await _admin.RunAsync($".show {entity} ingestion mappings")).Count);
        Assert.Equal("JSON", (await _admin.RunAsync($".show {entity} ingestion json mappings")).Single()["Kind"].GetString());
        Assert.Contains("$['a b']", (await _admin.RunAsync($".show {entity} ingestion json mapping 'M'")).Single()["Mapping"].GetString(), StringComparison.Ordinal);
        Assert.Equal("BadRequest_EntityNotFound", await CodeAsync($".show {entity} ingestion json mapping 'm'"));
        await _admin.RunAsync($".drop {entity} ingestion json mapping 'M'");
        Assert.Equal("BadRequest_EntityNotFound", await CodeAsync($".drop {entity} ingestion json mapping 'M'"));
        Assert.Single(await _admin.RunAsync($".show {entity} ingestion mappings"));
    }

    [Theory]
    [InlineData("avro", "{\"column\":\"s\",\"Properties\":{\"Field\":\"a\"}}")]
    [InlineData("avro", "{\"column\":\"s\",\"Properties\":{\"Path\":\"$.a\",\"Transform\":\"BytesAsBase64\"}}")]
    [InlineData("parquet", "{\"column\":\"s\",\"Properties\":{\"Path\":\"$.a.b\"}}")]
    [InlineData("orc", "{\"column\":\"s\",\"Properties\":{\"ConstValue\":\"x\"}}")]
    [InlineData("w3clogfile", "{\"column\":\"s\",\"Properties\":{\"Field\":\"s-ip\"}}")]
    public async Task Mappings_of_the_other_kinds_are_kept(string kind, string element)
    {
        Dictionary<string, JsonElement> made = (await _admin.RunAsync($".create table T ingestion {kind} mapping 'M' '[{element}]'")).Single();
        Assert.Equal(kind, made["Kind"].GetString(), ignoreCase: true);
        JsonElement properties = JsonDocument.Parse(element).RootElement.GetProperty("Properties");
        Assert.Equal(properties.GetRawText(), JsonDocument.Parse(made["Mapping"].GetString()!).RootElement[0].GetProperty("Properties").GetRawText());
    }

    [Theory]
    [InlineData("csv", "{}", "BadRequest_InvalidMapping")]
    [InlineData("csv", "[]", "BadRequest_InvalidMapping")]
    [InlineData("csv", "[{\"column\":\"s\"}]", "BadRequest_InvalidMapping")]
    [InlineData("csv", "[{\"column\":\"s\",\"Properties\":{\"Ordinal\":\"-1\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("csv", "[{\"column\":\"s\",\"Properties\":{\"Ordinal\":\"1\",\"ConstValue\":\"x\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("csv", "[{\"column\":\"s\",\"Properties\":{\"Ordinal\":\"1\",\"Transform\":\"SourceLocation\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("csv", "[{\"column\":\"s\",\"datatype\":\"number\",\"Properties\":{\"Ordinal\":\"1\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("csv", "[{\"Properties\":{\"Ordinal\":\"1\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("csv", "[{\"column\":\"s\",\"Properties\":{\"Ordinal\":\"1\",\"Transform\":\"DropMappedFields\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("json", "[{\"column\":\"s\",\"Properties\":{\"Path\":\"$..a\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("json", "[{\"column\":\"s\",\"Properties\":{\"Path\":\"$.a\",\"Transform\":\"Shout\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("json", "[{\"column\":\"s\",\"Properties\":{\"Path\":\"$.a\",\"Transform\":\"BytesAsBase64\"}}]", "BadRequest_InvalidMapping")]
    [InlineData("json", "[", "BadRequest_InvalidMapping")]
    [InlineData("xml", "[]", "BadRequest_SyntaxError")]
    [InlineData("azmonstream", "[]", "LocalStandIn_NotSupported")]
    public async Task A_mapping_that_cannot_be_meant_is_refused(string kind, string mapping, string code)
    {
        Assert.Equal(code, await CodeAsync($".create table T ingestion {kind} mapping 'M' '{mapping}'"));
        Assert.Empty(await _admin.RunAsync(".show table T ingestion mappings"));
    }

    [Fact]
    public async Task Data_is_ingested_by_the_name_of_a_mapping_the_tables_own_first()
    {
        await _admin.RunAsync($".create database NetDefaultDB ingestion csv mapping 'M' '[{{\"column\":\"s\",\"Properties\":{{\"ConstValue\":\"database\"}}}},{{\"column\":\"n\",\"Properties\":{{\"Ordinal\":\"1\"}}}}]'");
        Assert.Equal("Succeeded", await StatusAsync("x,1", "csv", "M"));
        await _admin.RunAsync($".create table T ingestion csv mapping 'M' '{ByOrdinal}'");
        Assert.Equal("Succeeded", await StatusAsync("x,2", "csv", "M"));
        Assert.Equal(["database", "x"], (await _admin.QueryAsync("T | sort by n asc | project s")).Select(r => r["s"].GetString()));
        Assert.Equal("BadRequest_MappingReferenceWasNotFound", await StatusAsync("{\"s\":\"x\"}", "json", "M"));
        Assert.Equal("BadRequest_MappingReferenceWasNotFound", await StatusAsync("x,3", "csv", "m"));
        await _admin.RunAsync(".ingest inline into table T with (ingestionMappingReference='M') <| y,4");
        Assert.Equal("y", (await _admin.QueryAsync("T | where n == 4")).Single()["s"].GetString());
    }

    [Fact]
    public async Task Transformations_do_what_the_documentation_shows()
    {
        await _admin.RunAsync("""
            .create table T ingestion json mapping 'M' '[{"Column":"n","Properties":{"Transform":"SourceLineNumber"}},{"Column":"s","Properties":{"Path":"$.Props.EventName"}},{"Column":"t","Properties":{"Path":"$.at","Transform":"DateTimeFromUnixMilliseconds"}},{"Column":"d","Properties":{"Path":"$.Props","Transform":"DropMappedFields"}},{"Column":"where","Datatype":"string","Properties":{"Transform":"SourceLocation"}}]'
            """);
        JsonElement blob = await _admin.IngestAsync(
            "T", "{\"at\":1326621600000,\"Props\":{\"EventName\":\"CustomEvent\",\"Revenue\":0.456}}\n{\"at\":\"soon\"}", new { format = "json", enableTracking = true, ingestionMappingReference = "M" }, "data.json");
        Assert.Equal("Succeeded", blob.GetProperty("status").GetString());
        List<Dictionary<string, JsonElement>> rows = await _admin.QueryAsync("T | sort by n asc");
        Assert.Equal([1, 2], rows.Select(r => r["n"].GetInt32()));
        Assert.Equal(("CustomEvent", "2012-01-15T10:00:00Z", "{\"Revenue\":0.456}"), (rows[0]["s"].GetString(), rows[0]["t"].GetString(), rows[0]["d"].GetRawText()));
        Assert.Equal(JsonValueKind.Null, rows[1]["t"].ValueKind);
        Assert.EndsWith("/data.json", rows[0]["where"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_array_of_properties_becomes_a_dictionary_and_times_come_from_delimited_text_too()
    {
        await _admin.RunAsync(".create table T ingestion json mapping 'A' '[{\"Column\":\"d\",\"Properties\":{\"Path\":\"$.events\",\"Transform\":\"PropertyBagArrayToDictionary\"}}]'");
        await _admin.RunAsync(".create table T ingestion csv mapping 'C' '[{\"Column\":\"t\",\"Properties\":{\"Ordinal\":\"0\",\"Transform\":\"DateTimeFromUnixSeconds\"}}]'");
        Assert.Equal("Succeeded", await StatusAsync("{\"events\":[{\"n1\":\"v1\"},{\"n2\":\"v2\"}]}", "json", "A"));
        Assert.Equal("Succeeded", await StatusAsync("1326621600", "csv", "C"));
        Assert.Equal("{\"n1\":\"v1\",\"n2\":\"v2\"}", (await _admin.QueryAsync("T | where isnotnull(d)")).Single()["d"].GetRawText());
        Assert.Equal("2012-01-15T10:00:00Z", (await _admin.QueryAsync("T | where isnotnull(t)")).Single()["t"].GetString());
    }

    [Fact]
    public async Task Mappings_of_a_table_are_an_ingestors_business_those_of_a_database_an_ingestor_of_all()
    {
        using var robot = new LocalClient(_cluster, LocalClient.AppToken(Robot));
        string principal = $"('aadapp={Robot};contoso.com')";
        await _admin.RunAsync($".add database users {principal}");
        using (HttpResponseMessage refused = await robot.CommandAsync($".create table T ingestion csv mapping 'M' '{ByOrdinal}'"))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await _admin.RunAsync($".add table T ingestors {principal}");
        await robot.RunAsync($".create table T ingestion csv mapping 'M' '{ByOrdinal}'");
        using (HttpResponseMessage refused = await robot.CommandAsync($".create database NetDefaultDB ingestion csv mapping 'M' '{ByOrdinal}'"))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await _admin.RunAsync($".add database ingestors {principal}");
        await robot.RunAsync($".create database NetDefaultDB ingestion csv mapping 'M' '{ByOrdinal}'");
    }

    [Fact]
    public async Task A_dropped_table_takes_its_mappings_along()
    {
        await _admin.RunAsync($".create table T ingestion csv mapping 'M' '{ByOrdinal}'");
        await _admin.RunAsync(".drop table T");
        Assert.Equal("BadRequest_EntityNotFound", await CodeAsync(".show table T ingestion mappings"));
        await _admin.RunAsync(".create table T (n:long, s:string)");
        Assert.Empty(await _admin.RunAsync(".show table T ingestion mappings"));
    }

    private async Task<string?> CodeAsync(string command)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString();
    }

    private async Task<string?> StatusAsync(string text, string format, string mapping)
    {
        JsonElement blob = await _admin.IngestAsync("T", text, new { format, enableTracking = true, ingestionMappingReference = mapping });
        return blob.GetProperty("status").GetString() == "Succeeded" ? "Succeeded" : blob.GetProperty("errorCode").GetString();
    }
}
