using System.Text;
using System.Text.Json.Nodes;
using AdxFlow.Local;

namespace AdxFlow.Clients.Tests.Sdk;

/// <summary>Microsoft's own clients, unmodified, with the stand-in; what they put into it, our own client reads.</summary>
public sealed class StandInTests(KustoSdk sdk) : IAsyncDisposable
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly string _folder = Directory.CreateTempSubdirectory("adxflow-sdk-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Uri Cluster => _cluster.ClusterUri;

    /// <summary>Ends the stand-in.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_runs_commands_and_reads_every_type()
    {
        JsonNode created = await sdk.ExecuteAsync(Cluster, ".create table T (n: long, text: string)");
        Assert.Equal("T", (string?)created["rows"]![0]!["TableName"]);
        JsonNode read = await sdk.ExecuteAsync(Cluster, """
            print b = true, d = datetime(2026-01-02T03:04:05.1234567Z), y = dynamic({"a":[1,null]}), g = guid(00010203-0405-0607-0809-0a0b0c0d0e0f),
                  i = int(7), l = long(null), r = 1.5, s = "ü\n", t = 1d + 2h, m = decimal(1.50)
            """);
        Assert.Equal(
            ["b bool", "d datetime", "y dynamic", "g guid", "i int", "l long", "r real", "s string", "t timespan", "m decimal"],
            read["columns"]!.AsArray().Select(static column => $"{column!["name"]} {column["type"]}"));
        JsonNode row = Assert.Single(read["rows"]!.AsArray())!;
        Assert.Equal(
            (true, "2026-01-02T03:04:05.123Z", """{"a":[1,null]}""", "00010203-0405-0607-0809-0a0b0c0d0e0f"),
            ((bool)row["b"]!, (string?)row["d"], row["y"]!.ToJsonString(), (string?)row["g"]));
        // Its timespans are milliseconds.
        Assert.Equal((7, null, 1.5, "ü\n", 93_600_000), ((int)row["i"]!, row["l"], (double)row["r"]!, (string?)row["s"], (int)row["t"]!));
    }

    [Fact]
    public async Task It_is_told_what_is_wrong_with_a_query()
    {
        KustoSdkException refusal = await Assert.ThrowsAsync<KustoSdkException>(() => sdk.ExecuteAsync(Cluster, "NoSuchTable | count"));
        Assert.Equal(400, refusal.Status);
        Assert.Contains("NoSuchTable", (string?)refusal.Body!["error"]!["@message"], StringComparison.Ordinal);
        Assert.True((bool)refusal.Body["error"]!["@permanent"]!);
    }

    [Theory]
    [InlineData("queued")]
    [InlineData("streaming")]
    [InlineData("managed")]
    public async Task It_ingests_a_file(string how)
    {
        await CreateTableAsync();
        string file = await WriteAsync("rows.csv", "1,\"a,ü\"", "2,", "3,\"line\nbreak\"");
        await sdk.IngestAsync(Cluster, how, file, Properties());
        await AssertRowsAsync([1, "a,ü"], [2, ""], [3, "line\nbreak"]);
        Assert.Equal(how == "queued" ? 0 : 1, Count("POST", "/v1/rest/ingest/"));
        Assert.Equal(how == "queued" ? 1 : 0, Count("POST", "/messages"));
    }

    /// <summary>It does not look at the size of a file, and gives up streaming when three tries were refused.</summary>
    [Fact]
    public async Task It_queues_what_is_too_large_to_be_streamed()
    {
        await CreateTableAsync();
        string file = await WriteAsync("large.csv", [.. Enumerable.Range(0, 500).Select(static row => $"{row},{new string('x', 10_000)}")]);
        await sdk.IngestAsync(Cluster, "managed", file, Properties());
        await WaitForRowsAsync(500);
        Assert.Equal((3, 1), (Count("POST", "/v1/rest/ingest/"), Count("POST", "/messages")));
    }

    [Fact]
    public async Task It_ingests_with_a_mapping_tags_and_a_header_to_be_left_out()
    {
        await CreateTableAsync();
        string csv = await WriteAsync("header.csv", "text,n", "a,1");
        await sdk.IngestAsync(Cluster, "queued", csv, Properties(new() { ["ignoreFirstRecord"] = true, ["ingestByTags"] = new JsonArray("x"), ["ingestIfNotExists"] = """["x"]""" }),
            [Column("n", 1), Column("text", 0)]);
        await WaitForRowsAsync(1);
        // Once more, and the tag keeps it out: so the JSON comes alone.
        await sdk.IngestAsync(Cluster, "queued", csv, Properties(new() { ["ingestIfNotExists"] = """["x"]""" }), [Column("n", 1), Column("text", 0)]);
        string json = await WriteAsync("rows.json", """{"id":2,"more":{"text":"b"}}""");
        await sdk.IngestAsync(Cluster, "queued", json, Properties(new() { ["format"] = "json" }),
            [new JsonObject { ["column"] = "n", ["type"] = "long", ["path"] = "$.id" }, new JsonObject { ["column"] = "text", ["type"] = "string", ["path"] = "$.more.text" }]);
        await AssertRowsAsync([1, "a"], [2, "b"]);
    }

    [Fact]
    public async Task It_finds_out_from_the_queues_what_became_of_its_files()
    {
        await CreateTableAsync();
        var report = new JsonObject { ["reportLevel"] = 2 };
        await sdk.IngestAsync(Cluster, "queued", await WriteAsync("good.csv", "1,a"), Properties(report.DeepClone().AsObject()));
        await WaitForRowsAsync(1);
        await sdk.IngestAsync(Cluster, "queued", await WriteAsync("bad.json", "no json"), Properties(new() { ["format"] = "json", ["reportLevel"] = 2 }));
        var failures = new List<JsonNode>();
        var successes = new List<JsonNode>();
        await Eventually.HoldsAsync(async () =>
        {
            JsonNode told = await sdk.ReportAsync(Cluster);
            failures.AddRange(told["failures"]!.AsArray()!);
            successes.AddRange(told["successes"]!.AsArray()!);
            return failures.Count > 0;
        }, "a failure is told");
        JsonNode failure = Assert.Single(failures);
        Assert.Equal(("T", "BadRequest_NoRecordsOrWrongFormat", "Permanent", false), ((string?)failure["Table"], (string?)failure["ErrorCode"], (string?)failure["FailureStatus"], (bool)failure["ShouldRetry"]!));
        Assert.Equal("T", (string?)Assert.Single(successes)["Table"]);
    }

    [Fact]
    public async Task It_is_refused_as_the_principal_of_its_token()
    {
        await CreateTableAsync();
        KustoSdkException refusal = await Assert.ThrowsAsync<KustoSdkException>(() => sdk.ExecuteAsync(Cluster, "T | count", Token()));
        Assert.Equal(403, refusal.Status);
    }

    /// <summary>Its table client speaks https alone. It swallows that when it writes the row, and the file is ingested all the same.</summary>
    [Fact]
    public async Task It_cannot_read_the_status_table_over_http()
    {
        await CreateTableAsync();
        string file = await WriteAsync("rows.csv", "1,a");
        KustoSdkException refusal = await Assert.ThrowsAsync<KustoSdkException>(() => sdk.IngestAsync(Cluster, "queued", file, Properties(new() { ["reportLevel"] = 2, ["reportMethod"] = 1 })));
        Assert.Contains("allowInsecureConnection", refusal.Message, StringComparison.Ordinal);
        await AssertRowsAsync([1, "a"]);
    }

    private static JsonObject Column(string name, int ordinal) => new() { ["column"] = name, ["type"] = name == "n" ? "long" : "string", ["ordinal"] = ordinal };

    private static JsonObject Properties(JsonObject? more = null)
    {
        JsonObject properties = more ?? [];
        properties["database"] = "NetDefaultDB";
        properties["table"] = "T";
        properties["format"] ??= "csv";
        return properties;
    }

    /// <summary>A token of somebody who has no role; nobody checks its signature here.</summary>
    private static string Token()
    {
        static string Part(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{Part("""{"alg":"none"}""")}.{Part("""{"oid":"11111111-1111-1111-1111-111111111111","tid":"22222222-2222-2222-2222-222222222222","upn":"ada@contoso.com"}""")}.x";
    }

    private async Task CreateTableAsync()
    {
        await sdk.ExecuteAsync(Cluster, ".create table T (n: long, text: string)");
        await sdk.ExecuteAsync(Cluster, ".alter table T policy streamingingestion enable");
    }

    private async Task<string> WriteAsync(string name, params string[] lines)
    {
        string path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, string.Concat(lines.Select(static line => line + "\n")), Stop);
        return path;
    }

    private int Count(string method, string pathPart) => _cluster.Requests.Count(request => request.Method == method && request.Path.Contains(pathPart, StringComparison.Ordinal));

    /// <summary>Waits for so many rows; a queued file is ingested soon after it was accepted.</summary>
    private Task WaitForRowsAsync(int count) =>
        Eventually.HoldsAsync(async () => (int)(await sdk.ExecuteAsync(Cluster, "T | count"))["rows"]![0]!["Count"]! >= count, "the rows are in the table");

    /// <summary>These rows and no others are in the table, as the SDK reads it and as we do.</summary>
    private async Task AssertRowsAsync(params object[][] rows)
    {
        await WaitForRowsAsync(rows.Length);
        string[] expected = [.. rows.Select(static row => $"{row[0]},{row[1]}")];
        JsonNode read = await sdk.ExecuteAsync(Cluster, "T | order by n asc");
        Assert.Equal(expected, read["rows"]!.AsArray().Select(static row => $"{row!["n"]},{row["text"]}"));
        Assert.Equal(expected, await OwnClient.RowsAsync(Cluster, "T | order by n asc"));
    }
}
