using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

public sealed class ClassicIngestionTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;
    private readonly ClassicClient _classic;

    public ClassicIngestionTests()
    {
        _admin = new LocalClient(_cluster);
        _classic = new ClassicClient(_admin);
    }

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long, b:string)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_message_has_its_blob_ingested_and_the_success_is_told()
    {
        string container = (await _classic.ResourcesAsync("TempStorage"))[0];
        string blob = ClassicClient.Below(container, "/NetDefaultDB__T__1.csv");
        using (HttpResponseMessage put = await _admin.PutBlobAsync(blob, "a,b\n1,x\n"u8.ToArray()))
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        JsonObject message = await _classic.MessageAsync(blob);
        message["AdditionalProperties"]!["ignoreFirstRecord"] = "true";
        message["AdditionalProperties"]!["tags"] = "[\"ingest-by:k\"]";
        await _classic.PutAsync(message);
        JsonElement told = await _classic.ReceiveAsync("SuccessfulIngestionsQueue");
        Assert.Equal(message["Id"]!.GetValue<string>(), told.GetProperty("IngestionSourceId").GetString());
        Assert.Equal("T", told.GetProperty("Table").GetString());
        Assert.DoesNotContain("sig=", told.GetProperty("IngestionSourcePath").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await _admin.QueryAsync("T")).Single()["a"].GetInt64());
        using HttpResponseMessage kept = await _admin.SendAsync(HttpMethod.Head, blob);
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);

        message["AdditionalProperties"]!["ingestIfNotExists"] = "[\"k\"]";
        await _classic.PutAsync(message);
        Assert.Equal("Skipped_IngestByTagAlreadyExists", (await _classic.ReceiveAsync("FailedIngestionsQueue")).GetProperty("ErrorCode").GetString());
    }

    [Theory]
    [InlineData("1,x", HttpStatusCode.NotFound, "SuccessfulIngestionsQueue")]
    [InlineData("1,\"x", HttpStatusCode.OK, "FailedIngestionsQueue")]
    public async Task A_blob_that_is_not_to_be_retained_is_deleted_after_success_only(string data, HttpStatusCode status, string queue)
    {
        string blob = await _admin.UploadAsync(Guid.NewGuid() + ".csv", Encoding.UTF8.GetBytes(data));
        JsonObject message = await _classic.MessageAsync(blob);
        message.Remove("RetainBlobOnSuccess");
        await _classic.PutAsync(message);
        await _classic.ReceiveAsync(queue);
        using HttpResponseMessage head = await _admin.SendAsync(HttpMethod.Head, blob);
        Assert.Equal(status, head.StatusCode);
    }

    [Fact]
    public async Task The_status_table_is_written_where_a_message_asks_for_it()
    {
        string table = (await _classic.ResourcesAsync("IngestionsStatusTable"))[0];
        string id = Guid.NewGuid().ToString();
        using (HttpResponseMessage inserted = await _admin.SendAsync(HttpMethod.Post, table, Json($"{{\"PartitionKey\":\"{id}\",\"RowKey\":\"{id}\",\"Status\":\"Pending\",\"Extra\":1}}"), ("Prefer", "return-no-content")))
            Assert.Equal(HttpStatusCode.NoContent, inserted.StatusCode);
        using (HttpResponseMessage again = await _admin.SendAsync(HttpMethod.Post, table, Json($"{{\"PartitionKey\":\"{id}\",\"RowKey\":\"{id}\"}}")))
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        JsonObject message = await _classic.MessageAsync(await _admin.UploadAsync("t.csv", "1,\"x"u8.ToArray()));
        message["Id"] = id;
        message["ReportMethod"] = "QueueAndTable";
        message["IngestionStatusInTable"] = new JsonObject { ["TableConnectionString"] = table, ["PartitionKey"] = id, ["RowKey"] = id };
        await _classic.PutAsync(message);
        await _classic.ReceiveAsync("FailedIngestionsQueue");
        JsonElement row = await RowAsync(table, id);
        Assert.Equal("Failed", row.GetProperty("Status").GetString());
        Assert.Equal("Stream_ClosingQuoteMissing", row.GetProperty("ErrorCode").GetString());
        Assert.Equal("Permanent", row.GetProperty("FailureStatus").GetString());
        Assert.Equal(1, row.GetProperty("Extra").GetInt32());
    }

    [Fact]
    public async Task Entities_are_merged_replaced_and_deleted()
    {
        string table = (await _classic.ResourcesAsync("IngestionsStatusTable"))[0];
        string entity = ClassicClient.Below(table, "(PartitionKey='it''s',RowKey='r')");
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.SendAsync(HttpMethod.Get, entity)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.SendAsync(HttpMethod.Patch, entity, Json("{\"x\":1}"), ("If-Match", "*"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _admin.SendAsync(HttpMethod.Put, entity, Json("{\"x\":1,\"y\":2}"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _admin.SendAsync(HttpMethod.Post, entity, Json("{\"x\":3}"), ("X-HTTP-Method", "MERGE"))).StatusCode);
        JsonElement row = JsonDocument.Parse(await (await _admin.SendAsync(HttpMethod.Get, entity)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("it's", row.GetProperty("PartitionKey").GetString());
        Assert.Equal(3, row.GetProperty("x").GetInt32());
        Assert.Equal(2, row.GetProperty("y").GetInt32());

        // Microsoft's Node client escapes the slash between the account and the table.
        Assert.Equal(HttpStatusCode.OK, (await _admin.SendAsync(HttpMethod.Get, entity.Replace("storage/", "storage%2F", StringComparison.Ordinal))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.SendAsync(HttpMethod.Delete, entity)).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_a_message_is_told_in_the_queue_of_failures_and_by_the_engine()
    {
        string blob = await _admin.UploadAsync("m.csv", "1,x"u8.ToArray());
        (Action<JsonObject> Spoil, string Code)[] cases =
        [
            (m => m["DatabaseName"] = "", "BadRequest_EmptyDatabaseName"),
            (m => m["DatabaseName"] = "Elsewhere", "BadRequest_DatabaseNotExist"),
            (m => m["TableName"] = "", "BadRequest_InvalidOrEmptyTableName"),
            (m => m["TableName"] = "Nothing", "BadRequest_TableNotExist"),
            (m => m["BlobPath"] = "", "BadRequest_EmptyBlobUri"),
            (m => m["BlobPath"] = "nothing", "BadRequest_InvalidBlobUri"),
            (m => m["BlobPath"] = blob + "x", "Download_Forbidden"),
            (m => m["ReportLevel"] = "Everything", "BadRequest_CorruptedMessage"),
            (m => m["AdditionalProperties"]!["authorizationContext"] = "x.y", "BadRequest_InvalidKustoIdentityToken"),
            (m => m["AdditionalProperties"]!["format"] = "parquet", "BadRequest_FormatNotSupported"),
            (m => m["AdditionalProperties"]!["tags"] = "x", "BadRequest_MalformedIngestionProperty"),
            (m => m["AdditionalProperties"]!["ingestionMappingReference"] = "none", "BadRequest_MappingReferenceWasNotFound"),
        ];
        foreach ((Action<JsonObject> spoil, string code) in cases)
        {
            JsonObject message = await _classic.MessageAsync(blob);
            spoil(message);
            await _classic.PutAsync(message);
            JsonElement told = await _classic.ReceiveAsync("FailedIngestionsQueue");
            Assert.Equal(code, told.GetProperty("ErrorCode").GetString());
            Assert.False(told.GetProperty("ShouldRetry").GetBoolean());
        }

        Assert.Empty(await _admin.QueryAsync("T"));
        Assert.Contains(await _admin.RunAsync(".show ingestion failures"), f => f["ErrorCode"].GetString() == "Download_Forbidden");
    }

    [Fact]
    public async Task A_message_counts_as_from_whom_its_token_was_issued_to()
    {
        var app = Guid.NewGuid();
        using var robot = new LocalClient(_cluster, LocalClient.AppToken(app));
        using HttpResponseMessage refused = await robot.CommandAsync(".get ingestion resources");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        JsonObject message = await _classic.MessageAsync(await _admin.UploadAsync("r.csv", "1,x"u8.ToArray()));
        message["AdditionalProperties"]!["authorizationContext"] = await new ClassicClient(robot).TokenAsync();
        await _classic.PutAsync(message);
        Assert.Equal("BadRequest_TableAccessDenied", (await _classic.ReceiveAsync("FailedIngestionsQueue")).GetProperty("ErrorCode").GetString());
        await _admin.RunAsync($".add database {LocalClient.Database} ingestors ('aadapp={app};contoso.com')");
        await _classic.PutAsync(message);
        await _classic.ReceiveAsync("SuccessfulIngestionsQueue");
    }

    [Fact]
    public async Task Queues_give_and_hide_messages_and_signatures_grant_only_what_they_say()
    {
        string failed = (await _classic.ResourcesAsync("FailedIngestionsQueue"))[0];
        string ready = (await _classic.ResourcesAsync("SecuredReadyForAggregationQueue"))[0];
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.SendAsync(HttpMethod.Get, ClassicClient.Below(ready, "/messages"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.SendAsync(HttpMethod.Post, ClassicClient.Below(failed, "/messages"), new StringContent("<QueueMessage><MessageText>x</MessageText></QueueMessage>"))).StatusCode);
        await _classic.PutTextAsync("nonsense");
        string peek = ClassicClient.Below(failed, "/messages") + "&peekonly=true";
        XElement peeked = XDocument.Parse(await (await _admin.SendAsync(HttpMethod.Get, peek)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
        Assert.Single(peeked.Elements());
        Assert.Equal("BadRequest_CorruptedMessage", JsonDocument.Parse(Convert.FromBase64String(peeked.Element("QueueMessage")!.Element("MessageText")!.Value)).RootElement.GetProperty("ErrorCode").GetString());
        using HttpResponseMessage count = await _admin.SendAsync(HttpMethod.Get, failed + "&comp=metadata");
        Assert.Equal("1", count.Headers.GetValues("x-ms-approximate-messages-count").Single());
        await _classic.ReceiveAsync("FailedIngestionsQueue");
        using HttpResponseMessage large = await _admin.SendAsync(HttpMethod.Post, ClassicClient.Below(ready, "/messages"), new StringContent($"<QueueMessage><MessageText>{new string('x', 65537)}</MessageText></QueueMessage>"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using HttpResponseMessage malformed = await _admin.SendAsync(HttpMethod.Post, ClassicClient.Below(ready, "/messages"), new StringContent("<QueueMessage>"));
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
    }

    [Fact]
    public async Task Which_protocols_there_are_can_be_chosen()
    {
        await using LocalCluster classicOnly = LocalCluster.Start(new LocalClusterOptions { IngestionMethods = LocalIngestionMethods.ClassicOnly });
        using var old = new LocalClient(classicOnly);
        Assert.Equal(HttpStatusCode.NotFound, (await old.SendAsync(HttpMethod.Get, "v1/rest/ingestion/configuration")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await old.PostAsync("v1/rest/ingestion/queued/NetDefaultDB/T", new { })).StatusCode);
        Assert.NotEmpty(await new ClassicClient(old).ResourcesAsync("TempStorage"));

        await using LocalCluster preferred = LocalCluster.Start(new LocalClusterOptions { IngestionMethods = LocalIngestionMethods.ClassicPreferred });
        using var both = new LocalClient(preferred);
        using HttpResponseMessage configuration = await both.SendAsync(HttpMethod.Get, "v1/rest/ingestion/configuration");
        Assert.Contains("\"preferredIngestionMethod\":\"Legacy\"", await configuration.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await using LocalCluster restOnly = LocalCluster.Start(new LocalClusterOptions { IngestionMethods = LocalIngestionMethods.RestOnly });
        using var rest = new LocalClient(restOnly);
        Assert.Equal(HttpStatusCode.BadRequest, (await rest.CommandAsync(".get ingestion resources")).StatusCode);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private async Task<JsonElement> RowAsync(string table, string id)
    {
        using HttpResponseMessage got = await _admin.SendAsync(HttpMethod.Get, ClassicClient.Below(table, $"(PartitionKey='{id}',RowKey='{id}')"));
        Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        return JsonDocument.Parse(await got.Content.ReadAsStringAsync()).RootElement;
    }
}
