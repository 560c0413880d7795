using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class QueryOptionTests : IDisposable
{
    private const string Many = "range x from 1 to 600000 step 1";

    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public QueryOptionTests() => _admin = new LocalClient(_cluster);

    public void Dispose()
    {
        _admin.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Half_a_million_rows_are_the_limit_unless_it_is_lifted()
    {
        JsonElement[] cut = await _admin.FramesAsync(Many, new { results_error_reporting_placement = "end_of_dataset" });
        Assert.Equal(500_000, Primary(cut).GetProperty("Rows").GetArrayLength());
        JsonElement error = cut[^1].GetProperty("OneApiErrors")[0].GetProperty("error");
        Assert.Equal("LimitsExceeded", error.GetProperty("code").GetString());
        Assert.False(error.GetProperty("@permanent").GetBoolean());
        Assert.Contains("80DA0003", error.GetProperty("@message").GetString(), StringComparison.Ordinal);
        Assert.Equal(600_000, Primary(await _admin.FramesAsync(Many, new { notruncation = true })).GetProperty("Rows").GetArrayLength());
        Assert.Equal(600_000, Primary(await _admin.FramesAsync("set notruncation;\n" + Many)).GetProperty("Rows").GetArrayLength());
    }

    [Fact]
    public async Task A_result_ends_at_the_limit_of_its_size()
    {
        JsonElement[] frames = await _admin.FramesAsync(Many, new { truncationmaxsize = 1000 });
        JsonElement[] rows = [.. Primary(frames).GetProperty("Rows").EnumerateArray()];
        Assert.InRange(rows.Length, 100, 1000);
        Assert.Equal(JsonValueKind.Object, rows[^1].ValueKind);
        Assert.Contains("1000 bytes", frames[^1].GetProperty("OneApiErrors")[0].GetProperty("error").GetProperty("@message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(65536)]
    [InlineData(100_000)]
    public async Task Records_can_be_limited_without_an_error(int most)
    {
        JsonElement[] frames = await _admin.FramesAsync(Many, new { query_take_max_records = most });
        Assert.Equal(most, Primary(frames).GetProperty("Rows").GetArrayLength());
        Assert.False(frames[^1].GetProperty("HasErrors").GetBoolean());
    }

    [Fact]
    public async Task The_lower_of_two_limits_counts()
    {
        JsonElement[] frames = await _admin.FramesAsync("set truncationmaxrecords=7; " + Many, new { truncationmaxrecords = 9, results_error_reporting_placement = "end_of_dataset" });
        Assert.Equal(7, Primary(frames).GetProperty("Rows").GetArrayLength());
    }

    [Fact]
    public async Task A_progressive_answer_has_fragments_progress_and_completion()
    {
        JsonElement[] frames = await _admin.FramesAsync("range x from 1 to 10 step 1", new { results_progressive_enabled = true, query_results_progressive_row_count = 4 });
        Assert.True(frames[0].GetProperty("IsProgressive").GetBoolean());
        Assert.Equal(
            ["TableHeader", "TableFragment", "TableProgress", "TableFragment", "TableProgress", "TableFragment", "TableProgress", "TableCompletion"],
            frames[2..10].Select(f => f.GetProperty("FrameType").GetString()));
        Assert.Equal([4, 4, 2], frames.Where(f => f.GetProperty("FrameType").GetString() == "TableFragment").Select(f => f.GetProperty("Rows").GetArrayLength()));
        Assert.Equal(10, frames[9].GetProperty("RowCount").GetInt64());
        double[] progress = [.. frames.Where(f => f.GetProperty("FrameType").GetString() == "TableProgress").Select(f => f.GetProperty("TableProgress").GetDouble())];
        Assert.Equal(progress.Order(), progress);
        Assert.All(progress, p => Assert.InRange(p, 0, 100));
    }

    [Fact]
    public async Task An_error_is_told_where_it_is_asked_for()
    {
        const string Query = "range x from 1 to 10 step 1";
        JsonElement[] fragments = await _admin.FramesAsync(Query, new { truncationmaxrecords = 3, results_v2_fragment_primary_tables = true });
        Assert.Equal([3, 1], fragments.Where(f => f.GetProperty("FrameType").GetString() == "TableFragment").Select(f => f.GetProperty("Rows").GetArrayLength()));
        JsonElement[] deferred = await _admin.FramesAsync(Query, new { truncationmaxrecords = 3, deferpartialqueryfailures = true });
        Assert.Equal(3, Primary(deferred).GetProperty("Rows").GetArrayLength());
        Assert.False(deferred[^1].GetProperty("HasErrors").GetBoolean());
        JsonElement status = deferred.Single(f => f.TryGetProperty("TableKind", out JsonElement kind) && kind.GetString() == "QueryCompletionInformation").GetProperty("Rows")[0];
        Assert.Equal((2, -2133196797), (status[5].GetInt32(), status[7].GetInt32()));
    }

    [Fact]
    public async Task Statements_give_a_table_each()
    {
        JsonElement[] frames = await _admin.FramesAsync("print a = 1; print b = 2; range x from 1 to 2 step 1");
        JsonElement[] tables = [.. frames.Where(f => f.TryGetProperty("TableKind", out JsonElement kind) && kind.GetString() == "PrimaryResult")];
        Assert.Equal(["a", "b", "x"], tables.Select(t => t.GetProperty("Columns")[0].GetProperty("ColumnName").GetString()));
        Assert.Equal([1, 1, 2], tables.Select(t => t.GetProperty("Rows").GetArrayLength()));
        Assert.Equal(3, tables.Select(t => t.GetProperty("TableId").GetInt32()).Distinct().Count());
    }

    [Fact]
    public async Task An_answer_is_compressed_for_who_takes_it()
    {
        using HttpResponseMessage response = await _admin.StartQueryAsync(Many, new { notruncation = true }, "Zip;1", ("Accept-Encoding", "gzip, deflate"));
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var body = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        JsonElement[] frames = [.. (await JsonDocument.ParseAsync(body)).RootElement.EnumerateArray()];
        Assert.Equal(600_000, Primary(frames).GetProperty("Rows").GetArrayLength());
        using HttpResponseMessage plain = await _admin.StartQueryAsync("print 1");
        Assert.Empty(plain.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Time_and_schema_can_be_asked_for()
    {
        JsonElement[] now = await _admin.FramesAsync("print now()", new { query_now = "2020-01-02T03:04:05Z" });
        Assert.Equal("2020-01-02T03:04:05Z", Primary(now).GetProperty("Rows")[0][0].GetString());
        JsonElement[] schema = await _admin.FramesAsync("print a = 1, b = 'x'", new { query_results_apply_getschema = true });
        Assert.Equal(["a", "b"], Primary(schema).GetProperty("Rows").EnumerateArray().Select(r => r[0].GetString()));
    }

    [Theory]
    [InlineData("print 1", "{\"validatepermissions\":true}", "LocalStandIn_NotSupported")]
    [InlineData("print 1", "{\"query_language\":\"sql\"}", "LocalStandIn_NotSupported")]
    [InlineData("print 1", "{\"query_datetimescope_column\":\"t\"}", "LocalStandIn_NotSupported")]
    [InlineData("print 1", "{\"truncationmaxrecords\":\"many\"}", "General_BadRequest")]
    [InlineData("set servertimeout = 5m; print 1", "{}", "General_BadRequest")]
    [InlineData("set truncationmaxrecords = now(); print 1", "{}", "General_BadRequest")]
    public async Task What_would_change_the_result_and_cannot_be_done_is_refused(string query, string options, string code)
    {
        using HttpResponseMessage response = await _admin.StartQueryAsync(query, JsonSerializer.Deserialize<JsonElement>(options));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_read_only_request_shows_and_does_not_write()
    {
        using HttpResponseMessage refused = await _admin.PostAsync("v1/rest/mgmt", new { db = LocalClient.Database, csl = ".create table T (a:long)", properties = new { Options = new { request_readonly = true } } });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using HttpResponseMessage shown = await _admin.PostAsync("v1/rest/mgmt", new { db = LocalClient.Database, csl = "// look\n.show tables", properties = new { Options = new { request_readonly = true } } });
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Empty(await _admin.RunAsync(".show tables"));
    }

    [Theory]
    [InlineData("", "https://dataexplorer.azure.com/clusters/{0}")]
    [InlineData("Samples", "https://dataexplorer.azure.com/clusters/{0}/databases/Samples")]
    [InlineData("My%20Data?query=H4sIAAAA%2Bw%3D%3D&web=3", "https://dataexplorer.azure.com/clusters/{0}/databases/My%20Data?query=H4sIAAAA%2Bw%3D%3D")]
    public async Task A_deep_link_leads_to_the_web_interface_without_a_token(string path, string target)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _cluster.ClusterUri };
        using HttpResponseMessage response = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(string.Format(null, target, $"localhost%3A{_cluster.Port}"), response.Headers.Location!.OriginalString);
    }

    private static JsonElement Primary(JsonElement[] frames) =>
        frames.Single(f => f.TryGetProperty("TableKind", out JsonElement kind) && kind.GetString() == "PrimaryResult");
}
