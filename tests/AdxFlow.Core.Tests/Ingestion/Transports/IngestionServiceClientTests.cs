using System.Text.Json;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Core.Tests.Ingestion.Transports;

public sealed class IngestionServiceClientTests
{
    private static readonly QueuedBlob Blob = new(new Uri("https://a.example.net/c/b.csv.gz?sv=1&sig=a%2Bb%3D"), new Guid("11111111-1111-1111-1111-111111111111"), 12_345_678_901);
    private static readonly BatchProperties Plain = new() { Database = "D b", Table = "T/1", Format = AdxDataFormat.Csv };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blob_is_posted_with_its_sas_its_source_id_and_its_raw_size()
    {
        JsonElement body = await PostAsync(Plain, Blob, Blob with { SourceId = Guid.Empty });
        JsonElement blob = body.GetProperty("blobs")[0];
        Assert.Equal(2, body.GetProperty("blobs").GetArrayLength());
        Assert.Equal("https://a.example.net/c/b.csv.gz?sv=1&sig=a%2Bb%3D", blob.GetProperty("url").GetString());
        Assert.Equal("11111111-1111-1111-1111-111111111111", blob.GetProperty("sourceId").GetString());
        Assert.Equal(12_345_678_901, blob.GetProperty("rawSize").GetInt64());
        Assert.Equal(DateTimeKind.Utc, body.GetProperty("timestamp").GetDateTime().Kind);
    }

    /// <summary>It has the batches, so that queueing them again, and again, would help nobody.</summary>
    [Fact]
    public async Task An_answer_without_an_operation_is_told_and_is_no_reason_to_queue_again()
    {
        await using ScriptedServer service = ScriptedIngestion.Answering("{}");
        var client = new IngestionServiceClient(service.Connection(), "D", "T");
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => client.QueueAsync([Blob], Plain, Stop));
        Assert.Equal(("AdxServiceError", true), (failure.ErrorId, failure.IsPermanent));
        Assert.False(TransientRetry.IsTransient(failure));
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_in_the_properties()
    {
        JsonElement properties = (await PostAsync(Plain, Blob)).GetProperty("properties");
        Assert.Equal(["format", "enableTracking", "deleteAfterDownload"], properties.EnumerateObject().Select(static property => property.Name));
        Assert.Equal("csv", properties.GetProperty("format").GetString());
        Assert.True(properties.GetProperty("enableTracking").GetBoolean());
    }

    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Unspecified)]
    [InlineData(DateTimeKind.Local)]
    public async Task Tags_mapping_and_times_are_in_the_properties(DateTimeKind kind)
    {
        var utc = new DateTime(2020, 3, 4, 5, 6, 7, DateTimeKind.Utc);
        JsonElement properties = (await PostAsync(Plain with
        {
            Format = AdxDataFormat.Json,
            MappingName = "it's \"the\" map",
            Tags = ["drop-by:2026", "ingest-by:x"],
            IngestIfNotExists = ["x", "y"],
            CreationTime = kind == DateTimeKind.Local ? utc.ToLocalTime() : DateTime.SpecifyKind(utc, kind),
        }, Blob)).GetProperty("properties");
        Assert.Equal("json", properties.GetProperty("format").GetString());
        Assert.Equal("it's \"the\" map", properties.GetProperty("ingestionMappingReference").GetString());
        Assert.False(properties.TryGetProperty("ingestionMapping", out _));
        Assert.Equal(["drop-by:2026", "ingest-by:x"], properties.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()));
        Assert.Equal(["x", "y"], properties.GetProperty("ingestIfNotExists").EnumerateArray().Select(static tag => tag.GetString()));
        Assert.Equal("2020-03-04T05:06:07.0000000Z", properties.GetProperty("creationTime").GetString());
    }

    [Fact]
    public async Task The_mapping_of_rows_names_each_column_by_its_ordinal()
    {
        string mapping = CsvMapping.For([new("a \"b\"", AdxType.Long), new("ü", AdxType.String)], RowLayout.InOrder(2));
        JsonElement properties = (await PostAsync(Plain with { InlineMapping = mapping }, Blob)).GetProperty("properties");
        using JsonDocument sent = JsonDocument.Parse(properties.GetProperty("ingestionMapping").GetString()!);
        Assert.Equal(["a \"b\"", "ü"], sent.RootElement.EnumerateArray().Select(static item => item.GetProperty("Column").GetString()));
        Assert.Equal(["0", "1"], sent.RootElement.EnumerateArray().Select(static item => item.GetProperty("Properties").GetProperty("Ordinal").GetString()));
    }

    [Theory]
    [InlineData("""{"ingestionOperationId":""}""")]
    [InlineData("""{"ingestionOperationId":null}""")]
    [InlineData("""{"ingestionOperationId":5}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""not json""")]
    public async Task An_answer_without_operation_is_an_error(string answer)
    {
        await using var service = ScriptedIngestion.Answering(answer);
        var client = new IngestionServiceClient(service.Connection(), "D b", "T/1");
        await Assert.ThrowsAsync<AdxException>(() => client.QueueAsync([Blob], Plain, Stop));
    }

    [Fact]
    public async Task A_service_that_names_no_container_cannot_be_used()
    {
        await using var service = ScriptedIngestion.Answering("""{"containerSettings":{"containers":[]}}""");
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => new IngestionServiceClient(service.Connection(), "D", "T").GetConfigurationAsync(Stop));
        Assert.Equal("AdxNoContainers", failure.ErrorId);
    }

    [Fact]
    public async Task A_post_that_is_repeated_is_the_same_to_the_byte()
    {
        int calls = 0;
        await using var service = new ScriptedServer(_ => Interlocked.Increment(ref calls) < 3 ? ScriptedAnswer.Of(503, "{}") : """{"ingestionOperationId":"op"}""");
        Assert.Equal("op", await new IngestionServiceClient(service.Connection(), "D b", "T/1").QueueAsync([Blob], Plain, Stop));
        Assert.Equal(3, service.Requests.Count);
        Assert.Single(service.Requests.Select(static request => request.Body).Distinct());
        Assert.All(service.Requests, static request => Assert.Equal(("POST", "/v1/rest/ingestion/queued/D%20b/T%2F1"), (request.Method, request.Path)));
    }

    [Fact]
    public void A_queued_blob_does_not_print_its_sas() => Assert.DoesNotContain("sig", Blob.ToString(), StringComparison.Ordinal);

    private static async Task<JsonElement> PostAsync(BatchProperties properties, params QueuedBlob[] blobs)
    {
        await using var service = ScriptedIngestion.Answering("""{"IngestionOperationId":"op;1"}""");
        Assert.Equal("op;1", await new IngestionServiceClient(service.Connection(), "D b", "T/1").QueueAsync(blobs, properties, Stop));
        ScriptedRequest request = Assert.Single(service.Requests);
        Assert.Equal(("POST", "/v1/rest/ingestion/queued/D%20b/T%2F1"), (request.Method, request.Path));
        using JsonDocument body = JsonDocument.Parse(request.Body);
        return body.RootElement.Clone();
    }
}
