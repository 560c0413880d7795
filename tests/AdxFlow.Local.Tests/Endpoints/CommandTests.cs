using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class CommandTests : IDisposable
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public CommandTests() => _admin = new LocalClient(_cluster);

    public void Dispose()
    {
        _admin.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_created_table_shows_its_schema_in_both_forms()
    {
        Dictionary<string, JsonElement> created = (await _admin.RunAsync(".create table T (a:long, ['b c']:string, d:dynamic) with (docstring='it\\'s', folder=\"x\\\\y\")")).Single();
        Assert.Equal(["TableName", "Schema", "DatabaseName", "Folder", "DocString"], created.Keys);
        Assert.Equal("it's", created["DocString"].GetString());
        Assert.Equal("x\\y", created["Folder"].GetString());
        JsonElement column = JsonDocument.Parse(created["Schema"].GetString()!).RootElement.GetProperty("OrderedColumns")[1];
        Assert.Equal("b c", column.GetProperty("Name").GetString());
        Assert.Equal("string", column.GetProperty("CslType").GetString());
        Assert.Equal("a:long, ['b c']:string, d:dynamic", (await _admin.RunAsync(".show table T cslschema")).Single()["Schema"].GetString());
    }

    [Fact]
    public async Task Creating_a_table_again_changes_nothing_and_merging_adds_columns()
    {
        await _admin.RunAsync(".create table T (a:long)");
        await _admin.RunAsync(".create table T (z:string)");
        Assert.Equal("a:long", (await _admin.RunAsync(".show table T cslschema")).Single()["Schema"].GetString());
        await _admin.RunAsync(".create-merge table T (b:string, a:long)");
        Assert.Equal("a:long, b:string", (await _admin.RunAsync(".show table T cslschema")).Single()["Schema"].GetString());
        using HttpResponseMessage conflict = await _admin.CommandAsync(".create-merge table T (a:string)");
        Assert.Equal(HttpStatusCode.BadRequest, conflict.StatusCode);
    }

    [Theory]
    [InlineData("where", "['where']")]
    [InlineData("1day", "[\"1day\"]")]
    [InlineData("a b.c-d", "[@'a b.c-d']")]
    [InlineData("\u00e9\U0001D7D9", "['\\u00e9\\U0001D7D9']")]
    [InlineData("_x_", "_x_")]
    public async Task Quoted_names_are_read_as_written(string name, string quoted)
    {
        await _admin.RunAsync($"// a comment\n.create table {quoted} ({quoted}:long)");
        Assert.Equal(name, (await _admin.RunAsync(".show tables")).Single()["TableName"].GetString());
        await _admin.RunAsync($".ingest inline into table {quoted} <| 1");
        await _admin.RunAsync($".drop table {quoted}");
        Assert.Empty(await _admin.RunAsync(".show tables"));
    }

    [Theory]
    [InlineData("it's [x]", "['it\\'s [x]']")]
    [InlineData("back\\slash\t\u00e9\U0001F600", "['back\\\\slash\\t\\u00e9\\U0001F600']")]
    [InlineData("it's", "[@'it''s']")]
    [InlineData("a;b//c<|d", "['a;b//c<|d']")]
    [InlineData("a:b", "['a:b']")]
    [InlineData("$x", "['$x']")]
    [InlineData("__x", "__x")]
    [InlineData("x__", "['x__']")]
    public async Task Names_that_no_entity_may_have_are_refused_as_they_were_read(string name, string quoted)
    {
        foreach (string command in (string[])[
            $".create table {quoted} (a:long)", $".create table T (a:long, {quoted}:long)", $".create-merge table {quoted} (a:long)", $".create tables U (a:long), {quoted} (a:long)",
            $".set-or-append {quoted} <| print a=1", $".create database {quoted} volatile"])
        {
            using HttpResponseMessage refused = await _admin.CommandAsync(command);
            JsonElement error = await LocalClient.ErrorAsync(refused);
            Assert.Equal("BadRequest_EntityNameIsNotValid", error.GetProperty("code").GetString());
            Assert.Contains($"'{name}'", error.GetProperty("@message").GetString(), StringComparison.Ordinal);
        }

        Assert.Empty(await _admin.RunAsync(".show tables"));
        await _admin.RunAsync(".create table T (a:long)");
        using HttpResponseMessage merged = await _admin.CommandAsync($".alter-merge table T ({quoted}:long)");
        Assert.Equal("BadRequest_EntityNameIsNotValid", (await LocalClient.ErrorAsync(merged)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_query_may_name_columns_as_no_command_can()
    {
        await _admin.RunAsync(".set T <| print a = 1");
        await _admin.RunAsync(".set U <| T | extend ingestion_time()");
        Assert.Equal(["a", "$IngestionTime"], (await _admin.RunAsync(".show table U schema as json | mv-expand x = todynamic(Schema).OrderedColumns | project c = tostring(x.Name)")).Select(r => r["c"].GetString()));
        using HttpResponseMessage refused = await _admin.CommandAsync(".set V <| print ['a:b'] = 1");
        Assert.Equal("BadRequest_EntityNameIsNotValid", (await LocalClient.ErrorAsync(refused)).GetProperty("code").GetString());
        using HttpResponseMessage extended = await _admin.CommandAsync(".append T with (extend_schema=true) <| print a = 1, ['a:b'] = 1");
        Assert.Equal("BadRequest_EntityNameIsNotValid", (await LocalClient.ErrorAsync(extended)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(".create table ['it''s'] (a:long)")]
    [InlineData(".create table where (a:long)")]
    [InlineData(".create table 1day (a:long)")]
    [InlineData(".create table U (a:long); .drop table T")]
    [InlineData(".create table U (a:long) trailing")]
    [InlineData(".create table U (a:number)")]
    [InlineData(".create table U (a:long, a:string)")]
    [InlineData(".create table U ()")]
    [InlineData(".create table ['U (a:long)")]
    [InlineData(".create table ['U\\q'] (a:long)")]
    [InlineData(".add database users 'aadapp=11111111-1111-1111-1111-111111111111;t'")]
    [InlineData(".add database users ('aaduser=a@b.c') 'notes' skip-results")]
    [InlineData(".add database owners ('aaduser=a@b.c')")]
    [InlineData(".shwo tables")]
    [InlineData(".show tabels")]
    [InlineData(".")]
    [InlineData("T")]
    public async Task A_command_that_is_not_well_formed_is_a_syntax_error_and_does_nothing(string command)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("BadRequest_SyntaxError", (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
        Assert.Empty(await _admin.RunAsync(".show tables"));
    }

    [Theory]
    [InlineData(".show extents", ".show extents")]
    [InlineData(".alter table T policy update '[]'", "… policy update")]
    [InlineData(".export to csv (h@'x') <| T", ".export to")]
    [InlineData(".show table T policy sharding", "… policy sharding")]
    [InlineData(".create table T based-on U", "based-on")]
    [InlineData(".purge table T records", ".purge table")]
    public async Task A_command_that_only_the_service_has_is_refused_by_name(string command, string name)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        JsonElement error = await LocalClient.ErrorAsync(response);
        Assert.Equal("LocalStandIn_NotSupported", error.GetProperty("code").GetString());
        Assert.Contains(name, error.GetProperty("@message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".drop table Nothing")]
    [InlineData(".clear table Nothing data")]
    [InlineData(".show table Nothing details")]
    [InlineData(".show table Nothing principals")]
    [InlineData(".ingest inline into table Nothing <| 1")]
    [InlineData(".add table Nothing ingestors ('aaduser=a@b.c')")]
    public async Task A_table_that_does_not_exist_is_told(string command)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        JsonElement error = await LocalClient.ErrorAsync(response);
        Assert.Equal("BadRequest_EntityNotFound", error.GetProperty("code").GetString());
        Assert.Equal("Entity ID 'Nothing' of kind 'Table' was not found.", error.GetProperty("@message").GetString());
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_told()
    {
        using HttpResponseMessage response = await _admin.CommandAsync(".show tables", "Elsewhere");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("Database 'Elsewhere' could not be found.", (await LocalClient.ErrorAsync(response)).GetProperty("@message").GetString());
    }

    [Fact]
    public async Task Dropping_tells_the_remaining_tables_and_may_be_lenient()
    {
        await _admin.RunAsync(".create table A (a:long)");
        await _admin.RunAsync(".create table B (a:long)");
        Assert.Equal("B", (await _admin.RunAsync(".drop table A")).Single()["TableName"].GetString());
        Assert.Equal("B", (await _admin.RunAsync(".drop table A ifexists")).Single()["TableName"].GetString());
    }

    [Fact]
    public async Task Clearing_empties_and_details_count()
    {
        await _admin.RunAsync(".create table T (a:long, b:string)");
        await _admin.RunAsync(".ingest inline into table T <|\n1,x\n2,\"y,\n\"\"z\"\"\"\n");
        Dictionary<string, JsonElement> details = (await _admin.RunAsync(".show table T details")).Single();
        Assert.Equal(2, details["TotalRowCount"].GetInt64());
        Assert.Equal("y,\n\"z\"", (await _admin.QueryAsync("T"))[1]["b"].GetString());
        await _admin.RunAsync(".clear table T data");
        Assert.Equal(0, (await _admin.RunAsync(".show tables details")).Single()["TotalRowCount"].GetInt64());
    }

    [Fact]
    public async Task Inline_data_that_is_refused_shows_among_the_failures()
    {
        await _admin.RunAsync(".create table T (a:long, b:string)");
        using HttpResponseMessage response = await _admin.CommandAsync(".ingest inline into table T <| 1,\"x");
        Assert.Equal("Stream_ClosingQuoteMissing", (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
        Dictionary<string, JsonElement> failure = (await _admin.RunAsync(".show ingestion failures")).Single();
        Assert.Equal("Stream_ClosingQuoteMissing", failure["ErrorCode"].GetString());
        Assert.Equal("Permanent", failure["FailureKind"].GetString());
        string id = failure["OperationId"].GetString()!;
        Assert.Single(await _admin.RunAsync($".show ingestion failures with (OperationId='{id}')"));
        Assert.Empty(await _admin.RunAsync($".show ingestion failures with (OperationId='{Guid.NewGuid()}')"));
    }

    [Fact]
    public async Task A_query_can_be_piped_behind_a_command()
    {
        await _admin.RunAsync(".create table A (a:long)");
        await _admin.RunAsync(".create table B (a:long)");
        Assert.Equal("B", (await _admin.RunAsync(".show tables\n| where TableName == 'B'\n| project TableName")).Single()["TableName"].GetString());
    }

    [Fact]
    public async Task The_version_and_the_cluster_say_what_it_is()
    {
        Assert.Equal("AdxFlow local stand-in " + LocalCluster.Version, (await _admin.RunAsync(".show version")).Single()["ProductVersion"].GetString());
        Assert.Contains("local stand-in", (await _admin.RunAsync(".show cluster details")).Single()["EnvironmentDescription"].GetString(), StringComparison.Ordinal);
        Assert.Equal("NetDefaultDB", (await _admin.RunAsync(".show databases")).Single()["DatabaseName"].GetString());
    }

    [Fact]
    public async Task The_schema_of_the_database_lists_tables_and_columns()
    {
        await _admin.RunAsync(".create table T (a:long)");
        List<Dictionary<string, JsonElement>> rows = await _admin.RunAsync(".show database NetDefaultDB schema");
        Assert.Equal("System.Int64", rows.Single(r => r["ColumnName"].GetString() == "a")["ColumnType"].GetString());
    }

    [Fact]
    public async Task Mutilated_commands_are_answered_or_refused_but_never_break_anything()
    {
        string[] seeds =
        [
            ".create table ['T x'] (a:long, ['b']:string) with (docstring='d', folder=\"f\")",
            ".add database ['NetDefaultDB'] users ('aadapp=11111111-1111-1111-1111-111111111111;t') skip-results 'n'",
            ".show tables (['T'], U) details | where TableName == 'x'",
            ".ingest inline into table T with (format='json', ingestionMapping='[]') <| {\"a\":1}",
            ".show queued ingestion operations ('a', \"b\") details",
            ".alter tables (T, ['U']) policy caching hot = time(1.00:00:00), hot_window = datetime(2021-01-01) .. datetime(2021-02-01)",
            ".alter-merge database NetDefaultDB policy retention softdelete = 1.5d recoverability = disabled",
            ".alter table D.T policy ingestionbatching '{\"MaximumNumberOfItems\":7}'",
            ".create-or-alter table T ingestion json mapping 'M' '[{\"column\":\"a\",\"Properties\":{\"Path\":\"$.[\\'a b\\'][0].c\",\"Transform\":\"DropMappedFields\"}}]'",
            ".create database ['D x'] persist (@'a', \"b\") ifnotexists",
            ".cancel query \"a;b\" with (reason='x')",
            ".drop table T ingestors (h@'aaduser=a@b.c', ```aaduser=x@y.z```)",
        ];
        string alphabet = "'\"\\[]()|<;,=@h.`/ \n\t-aT0\u00e9\ud83d";
        var random = new Random(4711);
        var failures = new List<string>();
        for (int i = 0; i < 2000; i++)
        {
            var text = new System.Text.StringBuilder(seeds[random.Next(seeds.Length)]);
            for (int edits = random.Next(1, 5); edits > 0; edits--)
            {
                int at = random.Next(1, text.Length);
                if (random.Next(2) == 0)
                    text[at] = alphabet[random.Next(alphabet.Length)];
                else
                    text.Length = at + 1;
            }

            using HttpResponseMessage response = await _admin.CommandAsync(text.ToString());
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.BadRequest)) failures.Add($"{response.StatusCode}: {text}");
        }

        Assert.Empty(failures);
    }
}
