using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class IngestionTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public IngestionTests() => _admin = new LocalClient(_cluster);

    private static object Csv => new { format = "csv", enableTracking = true };

    private static object Json => new { format = "json", enableTracking = true };

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long, b:string, c:dynamic)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Csv_with_quotes_line_breaks_and_a_byte_order_mark_arrives_as_it_was()
    {
        JsonElement blob = await _admin.IngestAsync("T", "\uFEFF1,\"a,\"\"b\"\"\r\nc\",\"{\"\"x\"\":1}\"\r\n\r\n2,,\r\n3,\" \",[1]", Csv);
        Assert.Equal("Succeeded", blob.GetProperty("status").GetString());
        Assert.Equal(
            ["[1,\"a,\\\"b\\\"\\r\\nc\",{\"x\":1}]", "[2,\"\",null]", "[3,\" \",[1]]"],
            await RowsAsync());
    }

    [Fact]
    public async Task Csv_of_any_shape_equals_what_a_plain_reader_makes_of_it()
    {
        var random = new Random(20240607);
        var expected = new List<string>();
        var text = new StringBuilder();
        for (int i = 0; i < 30_000; i++)
        {
            string value = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => "ab,\"\n\r é;"[random.Next(9)])]);
            expected.Add(value);
            text.Append(CultureInfo.InvariantCulture, $"{i},\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\",").Append(random.Next(2) == 0 ? "\n" : "\r\n");
        }

        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", text.ToString(), Csv)).GetProperty("status").GetString());
        List<Dictionary<string, JsonElement>> rows = await _admin.QueryAsync("T");
        Assert.Equal(expected, rows.Select(r => r["b"].GetString()!));
        Assert.Equal(Enumerable.Range(0, 30_000).Select(i => (long)i), rows.Select(r => r["a"].GetInt64()));
    }

    [Fact]
    public async Task Records_with_fewer_more_or_ill_fitting_fields_are_null_where_they_lack()
    {
        await _admin.IngestAsync("T", "1\n2,x,1,more,more\nnot a number,y,2\n", Csv);
        Assert.Equal(["[1,\"\",null]", "[2,\"x\",1]", "[null,\"y\",2]"], await RowsAsync());
    }

    [Theory]
    [InlineData("tsv", "1\tx\t\n")]
    [InlineData("psv", "1|x|\n")]
    [InlineData("scsv", "1;x;\n")]
    [InlineData("multijson", "[{\"a\":1,\n\"b\":\"x\"}]")]
    [InlineData("multijson", "{\"a\":1,\n\"b\":\"x\"}")]
    [InlineData("JSON", "{\"a\":1,\"b\":\"x\"}")]
    public async Task Other_formats_are_read(string format, string text)
    {
        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", text, new { format, enableTracking = true })).GetProperty("status").GetString());
        Assert.Equal(["[1,\"x\",null]"], await RowsAsync());
    }

    [Fact]
    public async Task Json_lines_are_matched_by_name_and_malformed_ones_passed_over()
    {
        await _admin.IngestAsync("T", "{\"c\":{\"x\":[1,null]},\"unknown\":{\"a\":9},\"a\":1}\r\n{\"a\":2,\"b\":\"cut\n\n[1]\n{\"A\":5,\"b\":\"y\",\"b\":\"z\"} \n{\"a\":3}{\"a\":4}\n", Json, "data.json");
        Assert.Equal(["[1,\"\",{\"x\":[1,null]}]", "[null,\"y\",null]"], await RowsAsync());
    }

    [Fact]
    public async Task A_table_of_any_name_can_be_ingested_into()
    {
        await _admin.RunAsync(".create table ['a b.c-d é'] (a:long)");
        Assert.Equal("Succeeded", (await _admin.IngestAsync("a b.c-d é", "1\n", Csv)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_first_record_can_be_ignored()
    {
        await _admin.IngestAsync("T", "a,b,c\n1,x,2\n", new { format = "csv", ignoreFirstRecord = true, enableTracking = true });
        Assert.Equal(["[1,\"x\",2]"], await RowsAsync());
    }

    [Fact]
    public async Task Gzip_is_read_with_one_member_and_with_many()
    {
        byte[] one = Gzip("1,x,\n");
        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", one, Csv, "one.csv.gz")).GetProperty("status").GetString());
        byte[] many = [.. Gzip("2,y,\n3,"), .. Gzip("z,\n"), .. Gzip("4,w,\n")];
        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", many, Csv, "many.csv.gz")).GetProperty("status").GetString());
        Assert.Equal([1, 2, 3, 4], (await _admin.QueryAsync("T")).Select(r => r["a"].GetInt64()));
    }

    [Fact]
    public async Task Gzip_that_was_cut_or_spoilt_fails_and_leaves_nothing()
    {
        var text = new StringBuilder();
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},{random.NextInt64()},\n");
        byte[] whole = Gzip(text.ToString());
        byte[] spoilt = [.. whole];
        spoilt[spoilt.Length / 2] ^= 0x55;
        byte[][] bad = [whole[..(whole.Length / 2)], whole[..^4], [.. Gzip("1,a,\n"), .. whole[..(whole.Length / 2)]], spoilt, Encoding.UTF8.GetBytes("1,not gzip,\n")];
        foreach (byte[] content in bad)
        {
            JsonElement blob = await _admin.IngestAsync("T", content, Csv, "bad.csv.gz");
            Assert.Equal("Failed", blob.GetProperty("status").GetString());
            Assert.Equal("BadRequest_InvalidBlob", blob.GetProperty("errorCode").GetString());
        }

        Assert.Empty(await RowsAsync());
    }

    [Theory]
    [InlineData("csv", "1,\"x\n2,y\n", "Stream_ClosingQuoteMissing")]
    [InlineData("csv", "1,x\n2,\"y\"z\n", "BadRequest_UnexpectedCharacterInInputStream")]
    [InlineData("csv", "", "BadRequest_NoRecordsOrWrongFormat")]
    [InlineData("json", "[{\"a\":1}]", "BadRequest_NoRecordsOrWrongFormat")]
    [InlineData("multijson", "[{\"a\":1},", "BadRequest_InvalidBlob")]
    public async Task Data_that_cannot_be_read_fails_with_the_code_of_the_service_and_leaves_nothing(string format, string text, string code)
    {
        JsonElement blob = await _admin.IngestAsync("T", text, new { format, enableTracking = true });
        Assert.Equal("Failed", blob.GetProperty("status").GetString());
        Assert.Equal(code, blob.GetProperty("errorCode").GetString());
        Assert.Equal("Permanent", blob.GetProperty("failureStatus").GetString());
        Assert.NotEmpty(blob.GetProperty("details").GetString()!);
        Assert.Empty(await RowsAsync());
        Assert.Equal(code, (await _admin.RunAsync(".show ingestion failures")).Single()["ErrorCode"].GetString());
    }

    [Fact]
    public async Task Constant_columns_can_be_demanded()
    {
        object properties = new { format = "csv", enableTracking = true, validationPolicy = "{\"ValidationOptions\":1,\"ValidationImplications\":0}" };
        Assert.Equal("Stream_WrongNumberOfFields", (await _admin.IngestAsync("T", "1,x,\n2,y\n", properties)).GetProperty("errorCode").GetString());
    }

    [Theory]
    [InlineData("csv", "0,q,7", "[{\"Column\":\"a\",\"Properties\":{\"Ordinal\":\"2\"}},{\"column\":\"b\",\"properties\":{\"ConstValue\":\"k\"}}]", "[7,\"k\",null]")]
    [InlineData("json", "{\"x\":{\"y z\":[0,7]},\"b\":1}", "[{\"Column\":\"a\",\"Properties\":{\"Path\":\"$.x['y z'][1]\"}},{\"Column\":\"c\",\"Properties\":{\"Path\":\"$\"}}]", "[7,\"\",{\"x\":{\"y z\":[0,7]},\"b\":1}]")]
    public async Task A_mapping_says_where_values_come_from(string format, string text, string mapping, string row)
    {
        JsonElement blob = await _admin.IngestAsync("T", text, new { format, enableTracking = true, ingestionMapping = mapping });
        Assert.Equal("Succeeded", blob.GetProperty("status").GetString());
        Assert.Equal([row], await RowsAsync());
    }

    [Theory]
    [InlineData("[{", null, "BadRequest_InvalidMapping")]
    [InlineData("[{\"Column\":\"nothing\",\"Properties\":{\"Ordinal\":\"0\"}}]", null, "BadRequest_InconsistentMapping")]
    [InlineData(null, "missing", "BadRequest_MappingReferenceWasNotFound")]
    [InlineData("[]", "missing", "BadRequest_DuplicateMapping")]
    public async Task A_mapping_that_does_not_serve_fails(string? mapping, string? reference, string code)
    {
        JsonElement blob = await _admin.IngestAsync("T", "1", new { format = "csv", enableTracking = true, ingestionMapping = mapping, ingestionMappingReference = reference });
        Assert.Equal(code, blob.GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task Data_with_a_tag_that_is_there_is_not_ingested_twice()
    {
        object properties = new { format = "csv", enableTracking = true, tags = new[] { "ingest-by:b1" }, ingestIfNotExists = new[] { "b1" } };
        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", "1,,\n", properties)).GetProperty("status").GetString());
        Assert.Equal("Skipped_IngestByTagAlreadyExists", (await _admin.IngestAsync("T", "1,,\n", properties)).GetProperty("errorCode").GetString());
        Assert.Single(await RowsAsync());
        await _admin.RunAsync(".clear table T data");
        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", "1,,\n", properties)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Several_blobs_have_each_their_status_and_one_that_fails_stops_no_other()
    {
        string good = await _admin.UploadAsync("good.csv", "1,x,\n"u8.ToArray());
        string bad = await _admin.UploadAsync("bad.csv", "\"1"u8.ToArray());
        string missing = await _admin.BlobAddressAsync("missing.csv");
        string unsigned = good[..good.IndexOf('?', StringComparison.Ordinal)].Replace("good", "other", StringComparison.Ordinal);
        string last = await _admin.UploadAsync("last.csv", "2,y,\n"u8.ToArray());
        using HttpResponseMessage response = await _admin.QueueAsync("T", new { format = "csv", enableTracking = true, deleteAfterDownload = true }, good, bad, missing, unsigned, "https://example.com/x.csv", last);
        string operation = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("ingestionOperationId").GetString()!;
        JsonElement status = await _admin.WaitAsync("T", operation);
        Assert.Equal(2, status.GetProperty("status").GetProperty("Succeeded").GetInt32());
        Assert.Equal(4, status.GetProperty("status").GetProperty("Failed").GetInt32());
        Assert.Equal(
            [null, "Stream_ClosingQuoteMissing", "Download_SourceNotFound", "Download_Forbidden", "LocalStandIn_NotSupported", null],
            status.GetProperty("details").EnumerateArray().Select(d => d.TryGetProperty("errorCode", out JsonElement code) ? code.GetString() : null));
        Assert.All(status.GetProperty("details").EnumerateArray(), d => Assert.DoesNotContain("sig=", d.GetProperty("url").GetString(), StringComparison.Ordinal));
        Assert.Equal([1, 2], (await _admin.QueryAsync("T")).Select(r => r["a"].GetInt64()));

        using HttpResponseMessage deleted = await _admin.SendAsync(HttpMethod.Head, good);
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        using HttpResponseMessage kept = await _admin.SendAsync(HttpMethod.Head, bad);
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);

        Dictionary<string, JsonElement> shown = (await _admin.RunAsync($".show queued ingestion operations \"{operation}\"")).Single();
        Assert.Equal("Failed", shown["State"].GetString());
        Assert.Equal(2, shown["Ingested"].GetInt64());
        Assert.Equal(6, (await _admin.RunAsync($".show queued ingestion operations '{operation}' details")).Count);
    }

    /// <summary>Blobs are read at the same time; the operation whose turn is later still finds that the other deleted its blobs.</summary>
    [Fact]
    public async Task Of_two_operations_for_blobs_that_are_deleted_after_download_the_second_finds_them_gone()
    {
        const int Rounds = 50;
        await _admin.RunAsync(".create table T (a:long)");
        for (int round = 0; round < Rounds; round++)
        {
            string url = await _admin.UploadAsync($"{round}.csv", Encoding.UTF8.GetBytes($"{round}\n"));
            HttpResponseMessage[] queued = await Task.WhenAll(Enumerable.Range(0, 2)
                .Select(_ => _admin.QueueAsync("T", new { format = "csv", enableTracking = true, deleteAfterDownload = true }, url)));
            var codes = new List<string?>();
            foreach (HttpResponseMessage response in queued)
            {
                string body = await response.Content.ReadAsStringAsync();
                response.Dispose();
                JsonElement status = await _admin.WaitAsync("T", JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!);
                codes.Add(status.GetProperty("details")[0].TryGetProperty("errorCode", out JsonElement code) ? code.GetString() : null);
            }

            Assert.Equal([null, "Download_SourceNotFound"], codes.Order());
        }

        Assert.Equal(Enumerable.Range(0, Rounds).Select(r => (long)r), (await _admin.QueryAsync("T")).Select(r => r["a"].GetInt64()));
    }

    [Fact]
    public async Task Without_tracking_there_is_no_operation_id()
    {
        string url = await _admin.UploadAsync("x.csv", "1"u8.ToArray());
        using HttpResponseMessage response = await _admin.QueueAsync("T", new { format = "csv" }, url);
        Assert.Equal("", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("ingestionOperationId").GetString());
    }

    [Fact]
    public async Task A_request_that_is_not_right_is_refused_at_once()
    {
        string url = await _admin.UploadAsync("x.csv", "1"u8.ToArray());
        string[] many = [.. Enumerable.Range(0, 21).Select(i => url + "&n=" + i)];
        await AssertRefusedAsync(await _admin.QueueAsync("T", Csv, many), "General_BadRequest");
        await AssertRefusedAsync(await _admin.QueueAsync("T", Csv), "General_BadRequest");
        await AssertRefusedAsync(await _admin.QueueAsync("T", Csv, url, url), "BlobAlreadyReceived_BlobAlreadyFoundInBatch");
        await AssertRefusedAsync(await _admin.QueueAsync("T", new { format = "xml" }, url), "BadRequest_FormatNotSupported");
        await AssertRefusedAsync(await _admin.QueueAsync("T", new { format = "parquet" }, url), "BadRequest_FormatNotSupported");
        await AssertRefusedAsync(await _admin.QueueAsync("T", new { enableTracking = true }, url), "BadRequest_MalformedIngestionProperty");
        await AssertRefusedAsync(await _admin.QueueAsync("T", new { format = "csv", tags = "x" }, url), "BadRequest_MalformedIngestionProperty");
        await AssertRefusedAsync(await _admin.QueueAsync("Nothing", Csv, url), "BadRequest_EntityNotFound");
        await AssertRefusedAsync(await _admin.PostAsync("v1/rest/ingestion/queued/Elsewhere/T", new { }), "BadRequest_EntityNotFound");
        using HttpResponseMessage status = await _admin.SendAsync(HttpMethod.Get, "v1/rest/ingestion/queued/NetDefaultDB/T/nothing");
        Assert.Equal(HttpStatusCode.NotFound, status.StatusCode);
    }

    [Fact]
    public async Task Blobs_wait_for_the_delay_and_stopping_does_not_wait_for_them()
    {
        await using LocalCluster slow = LocalCluster.Start(new LocalClusterOptions { IngestionDelay = TimeSpan.FromHours(1) });
        using var client = new LocalClient(slow);
        await client.RunAsync(".create table T (a:long)");
        string url = await client.UploadAsync("x.csv", "1"u8.ToArray());
        using HttpResponseMessage response = await client.QueueAsync("T", Csv, url);
        string operation = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("ingestionOperationId").GetString()!;
        using HttpResponseMessage status = await client.SendAsync(HttpMethod.Get, $"v1/rest/ingestion/queued/NetDefaultDB/T/{operation}?details=true");
        JsonElement blob = JsonDocument.Parse(await status.Content.ReadAsStringAsync()).RootElement.GetProperty("details")[0];
        Assert.Equal("Queued", blob.GetProperty("status").GetString());
        Assert.Empty(await client.QueryAsync("T"));
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, string code)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(code, (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
        }
    }

    private static byte[] Gzip(string text)
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }

    private async Task<IReadOnlyList<string>> RowsAsync() =>
        [.. (await _admin.QueryAsync("T")).Select(r => "[" + string.Join(',', r.Values.Select(v => v.GetRawText())) + "]")];
}
