using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

public sealed class StreamingTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public StreamingTests() => _admin = new LocalClient(_cluster);

    public async ValueTask InitializeAsync()
    {
        await _admin.RunAsync(".create table T (a:long, b:string)");
        await _admin.RunAsync(".alter table T policy streamingingestion enable");
        await _admin.RunAsync(".create table T ingestion json mapping 'M' '[{\"Column\":\"a\",\"Properties\":{\"Path\":\"$.x\"}}]'");
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Rows_are_in_the_table_once_the_request_is_answered()
    {
        using HttpResponseMessage response = await StreamAsync("T", "streamFormat=CSV", "1,x\n2,y\n"u8.ToArray());
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        JsonElement table = JsonDocument.Parse(body).RootElement.GetProperty("Tables")[0];
        Assert.Equal(
            ["ConsumedRecordsCount", "UpdatePolicyStatus", "UpdatePolicyFailureCode", "UpdatePolicyFailureReason"],
            table.GetProperty("Columns").EnumerateArray().Select(c => c.GetProperty("ColumnName").GetString()!));
        Assert.Equal("Int64", table.GetProperty("Columns")[0].GetProperty("DataType").GetString());
        Assert.Equal(2, table.GetProperty("Rows")[0][0].GetInt64());
        Assert.Equal([1, 2], (await _admin.QueryAsync("T")).Select(r => r["a"].GetInt64()));
    }

    [Fact]
    public async Task A_compressed_body_is_read()
    {
        using HttpResponseMessage response = await StreamAsync("T", "streamFormat=csv", Gzip("7,z\n"u8.ToArray()), ("Content-Encoding", "gzip"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(7, (await _admin.QueryAsync("T")).Single()["a"].GetInt64());
    }

    [Fact]
    public async Task Json_needs_a_mapping_by_name()
    {
        await AssertRefusedAsync(await StreamAsync("T", "streamFormat=Json", "{\"x\":1}"u8.ToArray()), HttpStatusCode.BadRequest, "BadRequest_MissingMappingtFailure");
        await AssertRefusedAsync(await StreamAsync("T", "streamFormat=Json&mappingName=N", "{\"x\":1}"u8.ToArray()), HttpStatusCode.BadRequest, "BadRequest_MappingReferenceWasNotFound");
        using HttpResponseMessage response = await StreamAsync("T", "streamFormat=Json&mappingName=M", "{\"x\":5}"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(5, (await _admin.QueryAsync("T")).Single()["a"].GetInt64());
    }

    [Fact]
    public async Task A_blob_of_the_own_storage_can_be_the_source()
    {
        string blob = await _admin.UploadAsync("s.csv.gz", Gzip("3,w\n"u8.ToArray()));
        using HttpResponseMessage response = await _admin.PostAsync(Path("T", "streamFormat=csv&sourceKind=uri"), new { sourceUri = blob });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await AssertRefusedAsync(await _admin.PostAsync(Path("T", "streamFormat=csv&sourceKind=uri"), new { SourceUri = blob + "x" }), HttpStatusCode.BadRequest, "Download_Forbidden");
        await AssertRefusedAsync(await _admin.PostAsync(Path("T", "streamFormat=csv&sourceKind=uri"), new { SourceUri = "https://example.com/x.csv" }), HttpStatusCode.BadRequest, "LocalStandIn_NotSupported");
        await AssertRefusedAsync(await _admin.PostAsync(Path("T", "streamFormat=csv&sourceKind=uri"), new { other = 1 }), HttpStatusCode.BadRequest, "BadRequest");
        Assert.Single(await _admin.QueryAsync("T"));
    }

    [Fact]
    public async Task Without_the_policy_it_is_refused_and_the_policy_of_the_table_wins()
    {
        await _admin.RunAsync(".create table U (a:long)");
        await AssertRefusedAsync(await StreamAsync("U", "streamFormat=csv", "1"u8.ToArray()), HttpStatusCode.BadRequest, "BadRequest_StreamingIngestionPolicyNotEnabled");
        await _admin.RunAsync($".alter database {LocalClient.Database} policy streamingingestion enable");
        using (HttpResponseMessage allowed = await StreamAsync("U", "streamFormat=csv", "1"u8.ToArray()))
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        await _admin.RunAsync(".alter table U policy streamingingestion '{\"IsEnabled\":false}'");
        await AssertRefusedAsync(await StreamAsync("U", "streamFormat=csv", "1"u8.ToArray()), HttpStatusCode.BadRequest, "BadRequest_StreamingIngestionPolicyNotEnabled");
    }

    [Fact]
    public async Task A_cluster_without_streaming_answers_404()
    {
        await using LocalCluster off = LocalCluster.Start(new LocalClusterOptions { StreamingIngestion = false });
        using var client = new LocalClient(off);
        await AssertRefusedAsync(await client.SendAsync(HttpMethod.Post, Path("T", "streamFormat=csv"), new StringContent("1")), HttpStatusCode.NotFound, "StreamingIngestionFunctionalityDisabled");
    }

    [Fact]
    public async Task More_than_four_megabytes_are_refused_also_compressed()
    {
        byte[] large = Encoding.UTF8.GetBytes(new string('1', (4 * 1024 * 1024) + 1));
        await AssertRefusedAsync(await StreamAsync("T", "streamFormat=csv", large), HttpStatusCode.RequestEntityTooLarge, "Stream_InputStreamTooLarge");
        await AssertRefusedAsync(await StreamAsync("T", "streamFormat=csv", Gzip(large), ("Content-Encoding", "gzip")), HttpStatusCode.RequestEntityTooLarge, "Stream_InputStreamTooLarge");
        string blob = await _admin.UploadAsync("large.csv.gz", Gzip(large));
        await AssertRefusedAsync(await _admin.PostAsync(Path("T", "streamFormat=csv&sourceKind=uri"), new { SourceUri = blob }), HttpStatusCode.RequestEntityTooLarge, "Stream_InputStreamTooLarge");
        Assert.Empty(await _admin.QueryAsync("T"));
    }

    [Theory]
    [InlineData("streamFormat=csv", "", "BadRequest")]
    [InlineData("streamFormat=csv", "1,\"x", "Stream_ClosingQuoteMissing")]
    [InlineData("", "1", "BadRequest")]
    [InlineData("streamFormat=xml", "1", "BadRequest_FormatNotSupported")]
    [InlineData("streamFormat=avro", "1", "BadRequest_FormatNotSupported")]
    [InlineData("streamFormat=txt", "1", "LocalStandIn_NotSupported")]
    [InlineData("streamFormat=csv&sourceKind=file", "1", "BadRequest")]
    public async Task What_cannot_be_streamed_is_refused_and_leaves_nothing(string query, string data, string code)
    {
        await AssertRefusedAsync(await StreamAsync("T", query, Encoding.UTF8.GetBytes(data)), HttpStatusCode.BadRequest, code);
        Assert.Empty(await _admin.QueryAsync("T"));
    }

    [Fact]
    public async Task An_ingestor_may_stream_and_a_stranger_may_not()
    {
        var app = Guid.NewGuid();
        using var robot = new LocalClient(_cluster, LocalClient.AppToken(app));
        using HttpResponseMessage before = await robot.SendAsync(HttpMethod.Post, Path("T", "streamFormat=csv"), new StringContent("1,a"));
        Assert.Equal(HttpStatusCode.Forbidden, before.StatusCode);
        await _admin.RunAsync($".add database {LocalClient.Database} ingestors ('aadapp={app};contoso.com')");
        using HttpResponseMessage after = await robot.SendAsync(HttpMethod.Post, Path("T", "streamFormat=csv"), new StringContent("1,a"));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task The_cache_of_schemas_can_be_cleared()
    {
        Assert.Equal("Succeeded", (await _admin.RunAsync(".clear table T cache streamingingestion schema")).Single()["Status"].GetString());
        Assert.Equal("Succeeded", (await _admin.RunAsync(".clear database cache streamingingestion schema")).Single()["Status"].GetString());
        using HttpResponseMessage missing = await _admin.CommandAsync(".clear table Nothing cache streamingingestion schema");
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
    }

    private static string Path(string table, string query) => $"v1/rest/ingest/{LocalClient.Database}/{table}?{query}";

    private static byte[] Gzip(byte[] content)
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(content);
        return buffer.ToArray();
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(code, (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
        }
    }

    private async Task<HttpResponseMessage> StreamAsync(string table, string query, byte[] data, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(data);
        foreach ((string name, string value) in headers)
            content.Headers.TryAddWithoutValidation(name, value);
        return await _admin.SendAsync(HttpMethod.Post, Path(table, query), content);
    }
}
