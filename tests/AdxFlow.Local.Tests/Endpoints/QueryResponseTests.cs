using System.Net;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class QueryResponseTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public QueryResponseTests() => _admin = new LocalClient(_cluster);

    public async ValueTask InitializeAsync()
    {
        await _admin.RunAsync(".create table T (l:long, r:real, m:decimal, d:datetime, t:timespan, b:bool, g:guid, s:string, o:dynamic, i:int)");
        await _admin.RunAsync(".ingest inline into table T <|\n9223372036854775807,NaN,1.10,2020-03-04T14:05:01.3109965Z,1.02:03:04.0000050,true,11111111-2222-3333-4444-555555555555,\"<é>\",\"{\"\"a\"\":[1]}\",-5\n,,,,,,,,,\n");
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_v2_response_is_header_tables_and_completion()
    {
        JsonElement[] frames = await FramesAsync("{}");
        Assert.Equal(["DataSetHeader", "DataTable", "DataTable", "DataTable", "DataSetCompletion"], frames.Select(f => f.GetProperty("FrameType").GetString()));
        Assert.Equal(["QueryProperties", "PrimaryResult", "QueryCompletionInformation"], frames[1..4].Select(f => f.GetProperty("TableKind").GetString()));
        Assert.Equal("v2.0", frames[0].GetProperty("Version").GetString());
        Assert.False(frames[4].GetProperty("HasErrors").GetBoolean());
        Assert.Equal(
            "[9223372036854775807,\"NaN\",\"1.10\",\"2020-03-04T14:05:01.3109965Z\",\"1.02:03:04.0000050\",true,\"11111111-2222-3333-4444-555555555555\",\"<é>\",{\"a\":[1]},-5]",
            frames[2].GetProperty("Rows")[0].GetRawText());
        Assert.Equal("[null,null,null,null,null,null,null,\"\",null,null]", frames[2].GetProperty("Rows")[1].GetRawText());
    }

    [Fact]
    public async Task A_fragmented_v2_response_has_a_frame_a_line()
    {
        using HttpResponseMessage response = await QueryAsync("v2", "{\"Options\":{\"results_v2_fragment_primary_tables\":true,\"results_v2_newlines_between_frames\":true}}");
        string body = await response.Content.ReadAsStringAsync();
        string[] lines = body.Split('\n');
        Assert.Equal("[", lines[0]);
        Assert.Equal("]", lines[^1]);
        JsonElement[] frames = [.. JsonDocument.Parse(body).RootElement.EnumerateArray()];
        Assert.Equal(frames.Length, lines.Length - 2);
        Assert.Equal(["TableHeader", "TableFragment", "TableCompletion"], frames[2..5].Select(f => f.GetProperty("FrameType").GetString()));
        Assert.Equal(2, frames[3].GetProperty("Rows").GetArrayLength());
        Assert.Equal(2, frames[4].GetProperty("RowCount").GetInt64());
        Assert.Single(frames[2..5].Select(f => f.GetProperty("TableId").GetInt32()).Distinct());
    }

    [Fact]
    public async Task Properties_may_be_a_string_that_holds_the_object()
    {
        string quoted = JsonSerializer.Serialize("{\"Options\":{\"results_v2_fragment_primary_tables\":true}}");
        using HttpResponseMessage response = await QueryAsync("v2", quoted);
        Assert.Contains("TableFragment", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_v1_response_ends_with_the_table_of_contents()
    {
        using HttpResponseMessage response = await QueryAsync("v1", "{}");
        JsonElement[] tables = [.. JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("Tables").EnumerateArray()];
        Assert.Equal(4, tables.Length);
        Assert.Equal(["QueryResult", "QueryProperties", "QueryStatus"], tables[3].GetProperty("Rows").EnumerateArray().Select(r => r[1].GetString()));
        JsonElement column = tables[0].GetProperty("Columns")[2];
        Assert.Equal("m", column.GetProperty("ColumnName").GetString());
        Assert.Equal("SqlDecimal", column.GetProperty("DataType").GetString());
        Assert.Equal("decimal", column.GetProperty("ColumnType").GetString());
    }

    [Fact]
    public async Task A_query_may_come_by_GET()
    {
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Get, "v1/rest/query?db=netdefaultdb&csl=T%20%7C%20count");
        Assert.Equal(2, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("Tables")[0].GetProperty("Rows")[0][0].GetInt64());
    }

    [Fact]
    public async Task A_command_sent_to_v2_gets_400_in_plain_text()
    {
        using HttpResponseMessage response = await _admin.PostAsync("v2/rest/query", new { db = "NetDefaultDB", csl = " // c\n.show tables" });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("Bad request: Control commands", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T | where", "General_BadRequest")]
    [InlineData("T | where nothing == 1", "General_BadRequest")]
    [InlineData("Nothing | count", "General_BadRequest")]
    [InlineData("T | scan with (step s: true;)", "LocalStandIn_NotSupported")]
    public async Task A_query_that_is_refused_gets_400_with_the_place(string query, string code)
    {
        foreach (string version in (string[])["v1", "v2"])
        {
            using HttpResponseMessage response = await _admin.PostAsync(version + "/rest/query", new { db = "NetDefaultDB", csl = query });
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            JsonElement error = await LocalClient.ErrorAsync(response);
            Assert.Equal(code, error.GetProperty("code").GetString());
            Assert.Matches(@"1[,:]|line 1", error.GetProperty("@message").GetString());
            Assert.True(error.GetProperty("@permanent").GetBoolean());
        }
    }

    [Fact]
    public async Task More_rows_than_the_limit_are_a_partial_failure_in_a_200_answer()
    {
        JsonElement[] frames = await FramesAsync("{\"Options\":{\"truncationmaxrecords\":1}}");
        JsonElement rows = frames[2].GetProperty("Rows");
        Assert.Equal(2, rows.GetArrayLength());
        Assert.Equal("LimitsExceeded", rows[1].GetProperty("OneApiErrors")[0].GetProperty("error").GetProperty("code").GetString());
        Assert.True(frames[^1].GetProperty("HasErrors").GetBoolean());
        Assert.Equal(1, frames[^1].GetProperty("OneApiErrors").GetArrayLength());

        JsonElement[] placed = await FramesAsync("{\"Options\":{\"truncationmaxrecords\":1,\"results_v2_fragment_primary_tables\":true,\"results_error_reporting_placement\":\"end_of_table\"}}");
        JsonElement completion = placed.Single(f => f.GetProperty("FrameType").GetString() == "TableCompletion");
        Assert.Equal(1, completion.GetProperty("RowCount").GetInt64());
        Assert.Equal(1, completion.GetProperty("OneApiErrors").GetArrayLength());
    }

    [Fact]
    public async Task Notruncation_counts_only_where_no_other_limit_is_set()
    {
        JsonElement[] frames = await FramesAsync("{\"Options\":{\"truncationmaxrecords\":1,\"notruncation\":true}}");
        Assert.True(frames[^1].GetProperty("HasErrors").GetBoolean());
    }

    [Fact]
    public async Task A_table_that_a_fuzzy_union_did_not_find_is_a_warning_in_the_status_and_no_failure()
    {
        var request = new { db = "NetDefaultDB", csl = "union isfuzzy=true T, Nowhere | count" };
        using HttpResponseMessage v2 = await _admin.PostAsync("v2/rest/query", request);
        JsonElement[] frames = [.. JsonDocument.Parse(await v2.Content.ReadAsStringAsync()).RootElement.EnumerateArray()];
        JsonElement completion = frames.Single(f => f.TryGetProperty("TableKind", out JsonElement kind) && kind.GetString() == "QueryCompletionInformation");
        Assert.Equal([(4, "Info"), (3, "Warning")], completion.GetProperty("Rows").EnumerateArray().Select(r => (r[5].GetInt32(), r[6].GetString())));
        Assert.Contains("'Nowhere'", JsonDocument.Parse(completion.GetProperty("Rows")[1][11].GetString()!).RootElement.GetProperty("Text").GetString(), StringComparison.Ordinal);
        Assert.False(frames[^1].GetProperty("HasErrors").GetBoolean());

        using HttpResponseMessage v1 = await _admin.PostAsync("v1/rest/query", request);
        JsonElement status = JsonDocument.Parse(await v1.Content.ReadAsStringAsync()).RootElement.GetProperty("Tables")[2];
        Assert.Equal([(4, "Info"), (3, "Warning")], status.GetProperty("Rows").EnumerateArray().Select(r => (r[1].GetInt32(), r[2].GetString())));
        Assert.Contains("'Nowhere'", status.GetProperty("Rows")[1][4].GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement[]> FramesAsync(string properties)
    {
        using HttpResponseMessage response = await QueryAsync("v2", properties);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.EnumerateArray()];
    }

    private Task<HttpResponseMessage> QueryAsync(string version, string properties) => _admin.SendAsync(
        HttpMethod.Post, version + "/rest/query", new StringContent($"{{\"db\":\"NetDefaultDB\",\"csl\":\"T\",\"properties\":{properties}}}", Encoding.UTF8, "application/json"));
}
