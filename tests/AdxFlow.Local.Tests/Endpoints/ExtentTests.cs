using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

/// <summary>What came in at once: shown, asked for in queries, and dropped.</summary>
public sealed class ExtentTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public ExtentTests() => _admin = new LocalClient(_cluster);

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (n:long)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task An_extent_is_what_came_at_once_with_its_tags_and_times()
    {
        DateTime before = DateTime.UtcNow;
        string first = await IngestAsync("1\n2", "");
        string second = await IngestAsync("3", """with (tags='["aaa","BBB","drop-by:x"]', creationTime='2020-02-13T01:02:03Z')""");
        List<Dictionary<string, JsonElement>> extents = await _admin.RunAsync(".show table T extents");
        Assert.Equal(
            ["ExtentId", "DatabaseName", "TableName", "MaxCreatedOn", "OriginalSize", "ExtentSize", "CompressedSize", "IndexSize", "Blocks", "Segments", "ExtentContainerId", "RowCount", "MinCreatedOn", "Tags", "Kind", "DeletedRowCount"],
            extents[0].Keys);
        Assert.Equal([$"{first} NetDefaultDB T 2 ", $"{second} NetDefaultDB T 1 [\"aaa\",\"BBB\",\"drop-by:x\"]"],
            extents.Select(e => $"{e["ExtentId"]} {e["DatabaseName"]} {e["TableName"]} {e["RowCount"]} {e["Tags"]}"));
        Assert.InRange(extents[0]["MinCreatedOn"].GetDateTime(), before, DateTime.UtcNow);
        Assert.Equal(extents[0]["MinCreatedOn"].GetDateTime(), extents[0]["MaxCreatedOn"].GetDateTime());
        Assert.Equal("2020-02-13T01:02:03Z", extents[1]["MinCreatedOn"].GetString());

        Dictionary<string, JsonElement> details = (await _admin.RunAsync(".show table T details")).Single();
        Assert.Equal("2020-02-13T01:02:03Z", details["MinExtentsCreationTime"].GetString());
        Assert.Equal(extents[0]["MaxCreatedOn"].GetString(), details["MaxExtentsCreationTime"].GetString());
        Assert.Equal((2, 3), (details["TotalExtents"].GetInt64(), details["TotalRowCount"].GetInt64()));
        Assert.Equal(extents.Sum(e => e["OriginalSize"].GetDouble()), details["TotalOriginalSize"].GetDouble());

        List<Dictionary<string, JsonElement>> rows = await _admin.QueryAsync("T | extend id = extent_id(), tags = extent_tags(), at = ingestion_time() | sort by n asc");
        Assert.Equal([first, first, second], rows.Select(r => r["id"].GetString()));
        Assert.Equal(["[]", "[]", "[\"aaa\",\"BBB\",\"drop-by:x\"]"], rows.Select(r => r["tags"].ToString()));
        Assert.All(rows, r => Assert.InRange(r["at"].GetDateTime(), before, DateTime.UtcNow));
        Assert.Single(await _admin.QueryAsync("T | where extent_tags() has_cs 'aaa' and extent_tags() !has_cs 'drop-by:y'"));
    }

    [Fact]
    public async Task Commands_that_ingest_tell_the_extent_that_they_made()
    {
        string append = (await _admin.RunAsync(".append T <| print n=1")).Single()["ExtentId"].GetString()!;
        Assert.Equal(Guid.Empty.ToString(), (await _admin.RunAsync(".append T <| T | where false")).Single()["ExtentId"].GetString());
        string blob = await _admin.UploadAsync("a.csv", "5\n6"u8.ToArray());
        string into = (await _admin.RunAsync($".ingest into table T ('{blob}')")).Single()["ExtentId"].GetString()!;
        Assert.Equal([append, into], (await _admin.RunAsync(".show table T extents")).Select(e => e["ExtentId"].GetString()));
        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", "7", new { format = "csv", tags = new[] { "q" }, creationTime = "2021-01-01", enableTracking = true })).GetProperty("status").GetString());
        Dictionary<string, JsonElement> queued = (await _admin.RunAsync(".show table T extents where tags has 'q'")).Single();
        Assert.Equal("2021-01-01T00:00:00Z", queued["MaxCreatedOn"].GetString());
        Assert.Equal([$"{queued["ExtentId"]}"], (await _admin.QueryAsync("T | where n == 7 | project x = extent_id()")).Select(r => $"{r["x"]}"));
        string replaced = (await _admin.RunAsync(".set-or-replace T <| print n=1")).Single()["ExtentId"].GetString()!;
        Assert.Equal([replaced], (await _admin.RunAsync(".show table T extents")).Select(e => e["ExtentId"].GetString()));
        await _admin.RunAsync(".clear table T data");
        Assert.Empty(await _admin.RunAsync(".show table T extents"));
    }

    [Theory]
    [InlineData("where tags has 'aaa' and tags contains 'bb'", 1)]
    [InlineData("where tags has 'aa' and tags contains 'bb'", 0)]
    [InlineData("where tags contains 'aaa' and tags contains 'bb'", 1)]
    [InlineData("where tags has 'bbb'", 0)]
    [InlineData("where tags !has 'aaa'", 1)]
    [InlineData("where tags !contains 'CC'", 1)]
    [InlineData("| where Tags has 'ccc' | count", 1)]
    [InlineData("| extend t = ingestion_time(), x = extent_id() | where isnull(t) and x == guid(00000000-0000-0000-0000-000000000000)", 2)]
    public async Task Extents_are_chosen_by_their_tags(string filter, int found)
    {
        await IngestAsync("1", "");
        await IngestAsync("2", """with (tags='["aaa","BBB","ccc"]')""");
        foreach (string scope in (string[])["table T", "tables (T)", "database NetDefaultDB", "database", "cluster"])
            Assert.Equal(found, (await _admin.RunAsync($".show {scope} extents {filter}")).Count);
    }

    [Fact]
    public async Task Extents_are_shown_to_who_may_look_at_schemas()
    {
        string id = await IngestAsync("1", "");
        string other = (await _admin.RunAsync(".set U <| print 1")).Single()["ExtentId"].GetString()!;
        Assert.Equal([id], (await _admin.RunAsync($".show tables (T, U) extents ({id})")).Select(e => e["ExtentId"].GetString()));
        Assert.Equal([id, other], (await _admin.RunAsync($".show database NetDefaultDB extents ({id}, {other})")).Select(e => e["ExtentId"].GetString()));
        using var stranger = new LocalClient(_cluster, LocalClient.AppToken(Guid.NewGuid()));
        foreach (string command in (string[])[".show table T extents", ".show cluster extents", $".drop extent {id} from T", ".drop extents <| .show table T extents"])
        {
            using HttpResponseMessage refused = await stranger.CommandAsync(command);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await RefuseAsync(".show table T extents hot", "LocalStandIn_NotSupported");
        await RefuseAsync(".show table T extents metadata", "LocalStandIn_NotSupported");
        await RefuseAsync(".show table T extents where tags is 'x'", "BadRequest_SyntaxError");
        await RefuseAsync(".show table T extents (x)", "BadRequest_SyntaxError");
        await RefuseAsync(".drop extent tags from table T ('x')", "LocalStandIn_NotSupported");
        await RefuseAsync(".drop extents from T limit 5", "LocalStandIn_NotSupported");
        await RefuseAsync(".set X with (policy_ingestiontime=false) <| print 1", "LocalStandIn_NotSupported");
    }

    [Theory]
    [InlineData(".drop extent {0} from T", "2,3")]
    [InlineData(".drop extents ({0}, {1}) from T", "3")]
    [InlineData(".drop extents <| .show table T extents where tags has \"drop-by:2016-02-17\"", "1,3")]
    [InlineData(".drop extents <| T | where n == 3 | summarize by ExtentId = extent_id(), TableName = 'T'", "1,2")]
    [InlineData(".drop extents whatif <| .show table T extents", "1,2,3")]
    [InlineData(".drop extents <| .show database NetDefaultDB extents | where MinCreatedOn < now() - time(10d)", "1,2")]
    [InlineData(".drop extents older 10 days from tables (T)", "1,2")]
    [InlineData(".drop extents older 10000000 days from T", "1,2,3")]
    [InlineData(".drop-pretend extents older 10 days from all tables", "1,2,3")]
    [InlineData(".drop extents older 1 hours from all tables", "1,2")]
    [InlineData(".drop extents from T", "")]
    public async Task Extents_are_dropped_with_their_rows(string command, string left)
    {
        string first = await IngestAsync("1", "");
        string second = await IngestAsync("2", """with (tags='["drop-by:2016-02-17"]')""");
        await IngestAsync("3", """with (creationTime='2020-01-01', tags='["ingest-by:three"]')""");
        List<Dictionary<string, JsonElement>> dropped = await _admin.RunAsync(string.Format(null, command, first, second));
        if (dropped.Count > 0) Assert.Equal(["ExtentId", "TableName", "CreatedOn"], dropped[0].Keys);
        string rows = string.Join(',', (await _admin.QueryAsync("T | sort by n asc")).Select(r => r["n"]));
        Assert.Equal(left, rows);
        bool isPretended = command.Contains("whatif", StringComparison.Ordinal) || command.Contains("pretend", StringComparison.Ordinal);
        Assert.Equal(3 - rows.Split(',', StringSplitOptions.RemoveEmptyEntries).Length, isPretended ? 0 : dropped.Count);
        Assert.Equal(rows.Split(',', StringSplitOptions.RemoveEmptyEntries).Length, (await _admin.RunAsync(".show table T details")).Single()["TotalRowCount"].GetInt64());

        // A tag that went with its extent does not keep data out any more.
        using HttpResponseMessage again = await _admin.CommandAsync(".ingest inline into table T with (ingestIfNotExists='[\"three\"]') <|\n4");
        Assert.Equal(rows.Contains('3', StringComparison.Ordinal), again.StatusCode != HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_to_be_dropped_must_be_there()
    {
        await IngestAsync("1", "");
        await RefuseAsync($".drop extent {Guid.NewGuid()} from T", "General_BadRequest");
        await RefuseAsync($".drop extents <| print ExtentId = guid({Guid.NewGuid()}), TableName = 'T'", "General_BadRequest");
        await RefuseAsync(".drop extents <| print ExtentId = guid(null), TableName = 'T'", "General_BadRequest");
        await RefuseAsync(".drop extents <| T", "General_BadRequest");
        await RefuseAsync(".drop extents <| .clear table T data", "BadRequest_SyntaxError");
        await RefuseAsync(".drop extents from Missing", "BadRequest_EntityNotFound");
        Assert.Single(await _admin.QueryAsync("T"));
    }

    [Fact]
    public async Task Rows_know_their_extent_across_chunks_of_any_size()
    {
        await _admin.RunAsync(".append T <| range n from 1 to 70000 step 1");
        for (int i = 0; i < 5; i++)
            await IngestAsync(string.Join('\n', Enumerable.Range(100_000 * (i + 1), 7)), "");
        await _admin.RunAsync(".append T <| range n from 800001 to 930000 step 1");
        List<Dictionary<string, JsonElement>> counted = await _admin.QueryAsync("T | summarize rows = count(), least = min(n), most = max(n) by id = extent_id() | sort by least asc");
        List<Dictionary<string, JsonElement>> extents = await _admin.RunAsync(".show table T extents | project ExtentId, RowCount");
        Assert.Equal(extents.Select(e => $"{e["ExtentId"]} {e["RowCount"]}"), counted.Select(c => $"{c["id"]} {c["rows"]}"));
        Assert.Equal(["1-70000", "100000-100006", "200000-200006", "300000-300006", "400000-400006", "500000-500006", "800001-930000"], counted.Select(c => $"{c["least"]}-{c["most"]}"));

        await _admin.RunAsync($".drop extents ({extents[0]["ExtentId"]}, {extents[3]["ExtentId"]}) from T");
        Assert.Equal(
            counted.Where((_, i) => i is not (0 or 3)).Select(c => $"{c["id"]} {c["rows"]} {c["least"]}"),
            (await _admin.QueryAsync("T | summarize rows = count(), least = min(n) by id = extent_id() | sort by least asc")).Select(c => $"{c["id"]} {c["rows"]} {c["least"]}"));
    }

    private async Task<string> IngestAsync(string data, string with) =>
        (await _admin.RunAsync($".ingest inline into table T {with} <|\n{data}")).Single()["ExtentId"].GetString()!;

    private async Task RefuseAsync(string command, string code)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        Assert.Equal(code, (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
    }
}
