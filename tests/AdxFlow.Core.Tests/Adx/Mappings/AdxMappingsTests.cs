using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxMappingsTests
{
    private const string Refused = """{"error":{"code":"General_BadRequest","@type":"Kusto.Data.Exceptions.KustoBadRequestException","@message":"It was refused.","@permanent":true}}""";

    private static readonly AdxMappingDefinition Definition = new() { Name = "m", Kind = AdxMappingKind.Json, Columns = [new AdxColumnMapping { Column = "a", Path = "$.a" }] };

    [Fact]
    public async Task Mappings_are_read_by_column_name_in_any_form_and_an_unreadable_one_hides_no_other()
    {
        string body = Rows("""["z","JSON","[{\"column\":\"a\",\"path\":\"$.a\"}]","2026-01-02T03:04:05Z","D","T"]""", """["a","ApacheAvro","?",null,"D","T"]""");
        await using ScriptedServer server = ScriptedServer.Cluster(_ => body);
        IReadOnlyList<AdxMapping> mappings = await new AdxMappings(new AdxClient(await server.ConnectAsync(database: "D"))).GetAsync("T", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["a", "z"], mappings.Select(static mapping => mapping.Name));
        Assert.Equal((AdxMappingKind.Other, "ApacheAvro", "?", 0, null), (mappings[0].Kind, mappings[0].KindText, mappings[0].Definition, mappings[0].Columns.Count, mappings[0].LastUpdatedOn));
        Assert.Equal((AdxMappingKind.Json, "D", "T", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), (mappings[1].Kind, mappings[1].Database, mappings[1].Table, mappings[1].LastUpdatedOn));
        Assert.Equal("a=$.a", Assert.Single(mappings[1].Columns).ToString());
        Assert.Equal(".show table ['T'] ingestion mappings", Csl(server.Requests.Last()));
    }

    [Fact]
    public async Task A_mapping_of_the_database_has_no_table()
    {
        const string Body = """{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"Name","DataType":"String"},{"ColumnName":"Kind","DataType":"String"},{"ColumnName":"Mapping","DataType":"String"}],"Rows":[["m","Csv","[]"]]}]}""";
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Body);
        AdxMapping mapping = Assert.Single(await new AdxMappings(new AdxClient(await server.ConnectAsync())).GetAsync(null, "it's", TestContext.Current.CancellationToken));
        Assert.Equal(("it's", null), (mapping.Database, mapping.Table));
        Assert.Equal(@".show database ['it\'s'] ingestion mappings", Csl(server.Requests.Last()));
    }

    [Fact]
    public async Task A_mapping_is_made_and_given_back_as_the_service_has_it()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Rows("""["m","Json","[{\"Column\":\"a\",\"Properties\":{\"Path\":\"$.a\"}}]","2026-01-02T03:04:05Z","D","T"]"""));
        AdxMappings mappings = new(new AdxClient(await server.ConnectAsync()));
        Assert.Equal("a=$.a", Assert.Single((await mappings.CreateAsync(Definition, "T", cancellationToken: TestContext.Current.CancellationToken)).Columns).ToString());
        Assert.StartsWith(".create table ['T'] ingestion json mapping 'm' '", Csl(server.Requests.Last()), StringComparison.Ordinal);
        await mappings.CreateAsync(Definition, null, replace: true, "D", TestContext.Current.CancellationToken);
        Assert.StartsWith(".create-or-alter database ['D'] ingestion json mapping 'm' '", Csl(server.Requests.Last()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_because_the_mapping_exists_is_told_as_such_however_the_service_words_it()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(request => Csl(request).StartsWith(".create", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(400, Refused)
            : Rows("""["m","Json","[]",null,"D","T"]"""));
        AdxMappings mappings = new(new AdxClient(await server.ConnectAsync()));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => mappings.CreateAsync(Definition, "T"));
        Assert.Equal(("AdxMappingExists", AdxErrorKind.AlreadyExists, 400), (error.ErrorId, error.Kind, error.StatusCode));
        Assert.Contains("-Force", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_for_another_reason_stays_what_it_is()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(request => Csl(request).StartsWith(".show", StringComparison.Ordinal) ? Rows() : ScriptedAnswer.Of(400, Refused));
        AdxMappings mappings = new(new AdxClient(await server.ConnectAsync()));
        Assert.Equal("AdxCommandFailed", (await Assert.ThrowsAsync<AdxException>(() => mappings.CreateAsync(Definition, "T"))).ErrorId);
        Assert.Equal("AdxCommandFailed", (await Assert.ThrowsAsync<AdxException>(() => mappings.CreateAsync(Definition, "T", replace: true))).ErrorId);
    }

    [Fact]
    public async Task A_mapping_that_cannot_be_one_is_not_sent()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Rows());
        AdxMappings mappings = new(new AdxClient(await server.ConnectAsync()));
        int before = server.Requests.Count;
        await Assert.ThrowsAsync<AdxException>(() => mappings.CreateAsync(Definition with { Columns = [] }, "T"));
        await Assert.ThrowsAsync<AdxException>(() => mappings.CreateAsync(Definition with { Name = "a\nb" }, "T"));
        Assert.Equal(before, server.Requests.Count);
    }

    [Fact]
    public async Task The_kind_of_a_mapping_to_drop_is_looked_up_where_it_is_not_given()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Rows("""["m","Orc","[]",null,"D","T"]""", """["n","Csv","[]",null,"D","T"]""", """["n","Json","[]",null,"D","T"]"""));
        AdxMappings mappings = new(new AdxClient(await server.ConnectAsync()));
        await mappings.DropAsync("m", null, "T", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(".drop table ['T'] ingestion orc mapping 'm'", Csl(server.Requests.Last()));

        AdxException ambiguous = await Assert.ThrowsAsync<AdxException>(() => mappings.DropAsync("n", null, "T"));
        Assert.Equal("AdxMappingAmbiguous", ambiguous.ErrorId);
        Assert.Contains("Csv, Json", ambiguous.Message, StringComparison.Ordinal);
        Assert.Equal("AdxMappingNotFound", (await Assert.ThrowsAsync<AdxException>(() => mappings.DropAsync("o", null, "T"))).ErrorId);
        Assert.Single(server.Requests, static request => Csl(request).StartsWith(".drop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mapping_to_drop_that_is_not_there_is_told_as_such_however_the_service_words_it()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(request => Csl(request).StartsWith(".drop", StringComparison.Ordinal) ? ScriptedAnswer.Of(400, Refused) : Rows("""["m","Csv","[]",null,"D","T"]"""));
        AdxMappings mappings = new(new AdxClient(await server.ConnectAsync()));
        AdxException absent = await Assert.ThrowsAsync<AdxException>(() => mappings.DropAsync("m", AdxMappingKind.Json, "T"));
        Assert.Equal(("AdxMappingNotFound", AdxErrorKind.NotFound), (absent.ErrorId, absent.Kind));
        Assert.Equal("AdxCommandFailed", (await Assert.ThrowsAsync<AdxException>(() => mappings.DropAsync("m", AdxMappingKind.Csv, "T"))).ErrorId);
    }

    [Fact]
    public async Task The_columns_that_a_table_lacks_are_found_if_one_may_look()
    {
        const string Schema = """{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"TableName","DataType":"String"},{"ColumnName":"Schema","DataType":"String"}],"Rows":[["T","{\"OrderedColumns\":[{\"Name\":\"a\",\"CslType\":\"long\"}]}"]]}]}""";
        bool isHidden = false;
        await using ScriptedServer server = ScriptedServer.Cluster(_ => isHidden ? ScriptedAnswer.Of(403, "") : Schema);
        AdxMappings mappings = new(new AdxClient(await server.ConnectAsync()));
        AdxColumnMapping[] columns = [new() { Column = "a" }, new() { Column = "A" }];
        Assert.Equal("A", Assert.Single(await mappings.FindMissingColumnsAsync(columns, "T", cancellationToken: TestContext.Current.CancellationToken)).Column);
        isHidden = true;
        Assert.Empty(await mappings.FindMissingColumnsAsync(columns, "T", cancellationToken: TestContext.Current.CancellationToken));
    }

    private static string Rows(params string[] rows) =>
        """{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"Name","DataType":"String"},{"ColumnName":"Kind","DataType":"String"},{"ColumnName":"Mapping","DataType":"String"},{"ColumnName":"LastUpdatedOn","DataType":"DateTime"},{"ColumnName":"Database","DataType":"String"},{"ColumnName":"Table","DataType":"String"}],"Rows":["""
        + string.Join(',', rows) + "]}]}";

    private static string Csl(ScriptedRequest request)
    {
        if (request.Path != "/v1/rest/mgmt")
            return string.Empty;
        using JsonDocument body = JsonDocument.Parse(request.Body);
        return body.RootElement.GetProperty("csl").GetString()!;
    }
}
