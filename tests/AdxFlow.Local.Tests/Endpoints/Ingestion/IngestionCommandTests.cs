using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

public sealed class IngestionCommandTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public IngestionCommandTests() => _admin = new LocalClient(_cluster);

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long, b:string)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Blobs_are_ingested_by_address_all_or_none()
    {
        string first = await _admin.UploadAsync("1.csv", "h,h\n1,x\n"u8.ToArray());
        string second = await _admin.UploadAsync("2.csv", "h,h\n2,y\n"u8.ToArray());
        List<Dictionary<string, JsonElement>> rows = await _admin.RunAsync($".ingest into table T (h@'{first}', h'{second}') with (ignoreFirstRecord=true)");
        Assert.Equal(["ExtentId", "ItemLoaded", "Duration", "HasErrors", "OperationId"], rows[0].Keys);
        Assert.Equal(2, rows.Count);
        Assert.False(rows[0]["HasErrors"].GetBoolean());
        Assert.DoesNotContain("sig=", rows[0]["ItemLoaded"].GetString(), StringComparison.Ordinal);
        Assert.Equal([1, 2], (await _admin.QueryAsync("T")).Select(r => r["a"].GetInt64()));

        string mapped = "[{\\\"Column\\\":\\\"new\\\",\\\"DataType\\\":\\\"long\\\",\\\"Properties\\\":{\\\"Ordinal\\\":\\\"0\\\"}}]";
        await AssertRefusedAsync($".ingest into table T ('{first}') with (ingestionMapping=\"{mapped}\")", "BadRequest_InconsistentMapping");
        string bad = await _admin.UploadAsync("3.csv", "3,\"z"u8.ToArray());
        await AssertRefusedAsync($".ingest into table T ('{first}', '{bad}')", "Stream_ClosingQuoteMissing");
        await AssertRefusedAsync(".ingest into table T ('https://example.com/x.csv')", "LocalStandIn_NotSupported");
        Assert.Equal(2, (await _admin.QueryAsync("T")).Count);
    }

    [Fact]
    public async Task A_failure_tells_how_many_sources_it_is_of_in_the_documented_columns()
    {
        string good = await _admin.UploadAsync("good.csv", "1,x"u8.ToArray());
        string bad = await _admin.UploadAsync("bad.csv", "1,\"z"u8.ToArray());
        using HttpResponseMessage response = await _admin.CommandAsync($".ingest into table T ('{good}', '{bad}')");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Dictionary<string, JsonElement> failure = (await _admin.RunAsync(".show ingestion failures")).Single();
        Assert.Equal(2, failure["NumberOfSources"].GetInt32());
        Assert.Equal(
            "OperationId,Database,Table,FailedOn,IngestionSourcePath,Details,FailureKind,RootActivityId,OperationKind,OriginatesFromUpdatePolicy,ErrorCode,Principal,User,IngestionProperties,NumberOfSources,ShouldRetry",
            string.Join(',', failure.Keys));
    }

    [Fact]
    public async Task Commands_are_operations_and_their_failures_can_be_looked_up_by_id()
    {
        string bad = await _admin.UploadAsync("bad.csv", "1,\"z"u8.ToArray());
        string id = (await _admin.RunAsync($".ingest async into table T ('{bad}')")).Single()["OperationId"].GetString()!;
        Dictionary<string, JsonElement> operation = await WaitAsync(id);
        Assert.Equal("Failed", operation["State"].GetString());
        Assert.Equal("DataIngestPull", operation["Operation"].GetString());
        Assert.Equal("Stream_ClosingQuoteMissing", (await _admin.RunAsync($".show ingestion failures with (OperationId='{id}')")).Single()["ErrorCode"].GetString());
        await _admin.RunAsync(".ingest inline into table T <| 1,x");
        Assert.Equal(2, (await _admin.RunAsync(".show operations")).Count);
        Assert.Single(await _admin.RunAsync($".show operations ({id})"));
        Assert.Single(await _admin.RunAsync(".show operations | where State == 'Completed' | project Operation"));
    }

    [Fact]
    public async Task The_result_of_a_query_makes_and_fills_tables()
    {
        Dictionary<string, JsonElement> made = (await _admin.RunAsync(".set-or-append U with (docstring='d') <| print a=1, b='x'")).Single();
        Assert.Equal(["ExtentId", "OriginalSize", "ExtentSize", "CompressedSize", "IndexSize", "RowCount"], made.Keys);
        Assert.Equal(1, made["RowCount"].GetInt64());
        await _admin.RunAsync(".create table V (x:long, y:string)");
        await _admin.RunAsync(".append V <| U");
        await _admin.RunAsync(".set-or-append V <| V | take 0");
        await _admin.RunAsync(".append V <| U | project a, b='y'");
        Assert.Equal(["x", "y"], (await _admin.QueryAsync("V | sort by y asc")).Select(r => r["y"].GetString()));
        await _admin.RunAsync(".set-or-replace V <| print x=7, y='only'");
        Assert.Equal(7, (await _admin.QueryAsync("V")).Single()["x"].GetInt64());
        await _admin.RunAsync(".set W <| V");
        Assert.Single(await _admin.QueryAsync("W"));

        await AssertRefusedAsync(".set W <| V", "BadRequest_EntityAlreadyExists");
        await AssertRefusedAsync(".append Nothing <| V", "BadRequest_EntityNotFound");
        await AssertRefusedAsync(".append V <| print x='text', y='z'", "General_BadRequest");
        await AssertRefusedAsync(".append V <| print x=1", "General_BadRequest");
        await AssertRefusedAsync(".append V <| Missing", "General_BadRequest");
        await AssertRefusedAsync(".append V <| .show tables", "LocalStandIn_NotSupported");
        await AssertRefusedAsync(".append V with (recreate_schema=true) <| print 1", "BadRequest_IngestionPropertyNotSupportedInThisContext");
    }

    [Fact]
    public async Task A_query_can_extend_or_recreate_the_schema()
    {
        await _admin.RunAsync(".ingest inline into table T <| 1,x");
        await _admin.RunAsync(".set-or-append T with (extend_schema=true) <| print a=2, b='y', c=true");
        Assert.Equal([false, true], (await _admin.QueryAsync("T | sort by a asc")).Select(r => r["c"].ValueKind == JsonValueKind.True));
        await _admin.RunAsync(".set-or-replace T with (recreate_schema=true) <| print z=1.5");
        Assert.Equal(["z"], (await _admin.QueryAsync("T")).Single().Keys);
    }

    [Fact]
    public async Task A_tag_keeps_the_result_of_a_query_from_coming_twice()
    {
        const string Command = ".set-or-append T with (tags='[\"ingest-by:k\"]', ingestIfNotExists='[\"k\"]') <| print a=1, b='x'";
        await _admin.RunAsync(Command);
        await AssertRefusedAsync(Command, "Skipped_IngestByTagAlreadyExists");
        Assert.Single(await _admin.QueryAsync("T"));
        Assert.Contains(await _admin.RunAsync(".show operations"), o => o["State"].GetString() == "Skipped");
    }

    [Fact]
    public async Task Large_results_are_ingested_whole()
    {
        await _admin.RunAsync($".ingest inline into table T <|\n{string.Join('\n', Enumerable.Range(0, 150_000).Select(i => $"{i},v{i}"))}");
        Assert.Equal(150_000, (await _admin.RunAsync(".set Copy <| T | where a >= 0 | extend c = a * 2")).Single()["RowCount"].GetInt64());
        Dictionary<string, JsonElement> sums = (await _admin.QueryAsync("Copy | summarize n = count(), s = sum(c), d = dcount(b)")).Single();
        Assert.Equal(150_000, sums["n"].GetInt64());
        Assert.Equal(150_000L * 149_999, sums["s"].GetInt64());
        Assert.Equal(150_000, sums["d"].GetInt64());
    }

    [Fact]
    public async Task A_container_is_listed_and_handed_over()
    {
        string first = await _admin.UploadAsync("in/1.csv", "1,x"u8.ToArray());
        await _admin.UploadAsync("in/2.csv", "2,y"u8.ToArray());
        await _admin.UploadAsync("in/3.json", "{}"u8.ToArray());
        await _admin.UploadAsync("out/4.csv", "4,z"u8.ToArray());
        string folder = first.Replace("/1.csv", "/", StringComparison.Ordinal);
        string identity = folder[..folder.IndexOf('?', StringComparison.Ordinal)] + ";managed_identity=system";
        List<Dictionary<string, JsonElement>> listed = await _admin.RunAsync($".list blobs (h'{identity}') Suffix='.csv' MaxFiles=10");
        Assert.Equal(["in/1.csv", "in/2.csv"], listed.Select(r => r["BlobUri"].GetString()!.Split("ingestdata-0/")[1]));
        Assert.Equal(3, listed[0]["SizeInBytes"].GetInt64());

        Dictionary<string, JsonElement> queued = (await _admin.RunAsync(
            $".ingest-from-storage-queued into table database('{LocalClient.Database}').T EnableTracking=true SkipBatching=true CompressionFactor=2.5 with (format='csv') <| .list blobs (h@'{folder}') Suffix='.csv'")).Single();
        Assert.Equal(["IngestionOperationId", "ClientRequestId", "OperationInfo"], queued.Keys);
        JsonElement status = await _admin.WaitAsync("T", queued["IngestionOperationId"].GetString()!);
        Assert.Equal(2, status.GetProperty("status").GetProperty("Succeeded").GetInt32());
        Dictionary<string, JsonElement> shown = (await _admin.RunAsync(queued["OperationInfo"].GetString()!)).Single();
        Assert.Equal("Completed", shown["State"].GetString());
        Assert.Equal(2, shown["Discovered"].GetInt64());

        string operation = (await _admin.RunAsync($".ingest-from-storage-queued into table T EnableTracking=true <| '{first}'\n'{first}x'")).Single()["IngestionOperationId"].GetString()!;
        Assert.Equal(1, (await _admin.WaitAsync("T", operation)).GetProperty("status").GetProperty("Failed").GetInt32());
        Assert.Equal([1, 1, 2], (await _admin.QueryAsync("T | sort by a asc")).Select(r => r["a"].GetInt64()));
        await AssertRefusedAsync(".list blobs ('https://example.com/c')", "LocalStandIn_NotSupported");
        await AssertRefusedAsync($".list blobs ('{identity.Replace("system", Guid.NewGuid().ToString(), StringComparison.Ordinal)}')", "BadRequest_InvalidManagedIdentity");
    }

    [Fact]
    public async Task Commands_ask_for_the_roles_of_the_documentation()
    {
        var app = Guid.NewGuid();
        using var robot = new LocalClient(_cluster, LocalClient.AppToken(app));
        string blob = await _admin.UploadAsync("r.csv", "1,x"u8.ToArray());
        string[] commands = [$".ingest into table T ('{blob}')", $".ingest-from-storage-queued into table T <| '{blob}'", ".append T <| print a=1, b='x'"];
        foreach (string command in commands)
        {
            using HttpResponseMessage refused = await robot.CommandAsync(command);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await _admin.RunAsync($".add database {LocalClient.Database} ingestors ('aadapp={app};contoso.com')");
        await robot.RunAsync(commands[0]);
        await robot.RunAsync(commands[1]);
        using HttpResponseMessage query = await robot.CommandAsync(commands[2]);
        Assert.Equal(HttpStatusCode.Forbidden, query.StatusCode);
        await _admin.RunAsync($".add database {LocalClient.Database} viewers ('aadapp={app};contoso.com')");
        await robot.RunAsync(commands[2]);
    }

    private async Task<Dictionary<string, JsonElement>> WaitAsync(string id)
    {
        while (true)
        {
            Dictionary<string, JsonElement> operation = (await _admin.RunAsync($".show operations {id}")).Single();
            if (operation["State"].GetString() != "InProgress") return operation;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private async Task AssertRefusedAsync(string command, string code)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
    }
}
