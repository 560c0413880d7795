using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Storage.Blobs;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

public sealed class FormatTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public FormatTests() => _admin = new LocalClient(_cluster);

    private static object Csv => new { format = "csv", enableTracking = true };

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:string, b:string)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData("tsve", "x\\ty\tz\\\\\n\n\\n\\q\t\n", "x\ty|z\\;\nq|")]
    [InlineData("sohsv", "x\u0001y\n", "x|y")]
    [InlineData("txt", "\uFEFFone, \"two\"\r\n\n three\n", "one, \"two\"|; three|")]
    [InlineData("raw", "one,\r\n\ntwo\n", "one,\r\n\ntwo\n|")]
    [InlineData("singlejson", " {\"a\":\n\"x\",\"b\":\"y\"}\n", "x|y")]
    [InlineData("multijson", "{\"a\":\"x\"}{\"a\":\"y\"}", "x|;y|")]
    [InlineData("multijson", " [{\"a\":\"x\"},\n{\"a\":\"y\"}] ", "x|;y|")]
    public async Task Text_formats_are_read(string format, string data, string rows)
    {
        AssertSucceeded(await _admin.IngestAsync("T", data, new { format, enableTracking = true }, "data"));
        Assert.Equal(rows, await RowsAsync());
    }

    [Theory]
    [InlineData("singlejson", "{\"a\":\"x\"}{\"a\":\"y\"}", "BadRequest_InvalidBlob")]
    [InlineData("singlejson", "[{\"a\":\"x\"}]", "BadRequest_InvalidBlob")]
    [InlineData("multijson", "[{\"a\":\"x\"}] x", "BadRequest_InvalidBlob")]
    [InlineData("multijson", "[{\"a\":\"x\"}", "BadRequest_InvalidBlob")]
    [InlineData("txt", "\n\n", "BadRequest_NoRecordsOrWrongFormat")]
    [InlineData("raw", "", "BadRequest_NoRecordsOrWrongFormat")]
    public async Task Malformed_text_fails_with_the_code_of_the_service(string format, string data, string code)
    {
        Assert.Equal(code, (await _admin.IngestAsync("T", data, new { format, enableTracking = true }, "data")).GetProperty("errorCode").GetString());
        Assert.Equal("", await RowsAsync());
    }

    [Theory]
    [InlineData("csv", "{0},{0}")]
    [InlineData("json", "{{\"a\":\"{0}\",\"d\":\"{0}\"}}")]
    [InlineData("json", "{{\"a\":[\"{0}\"],\"d\":{{\"k\":\"{0}\"}}}}")]
    public async Task Cells_larger_than_a_megabyte_are_cut_or_null(string format, string record)
    {
        await _admin.RunAsync(".create table Large (a:string, d:dynamic)");
        string large = new('x', (1024 * 1024) - 1), larger = large + "éé";
        string data = string.Format(CultureInfo.InvariantCulture, record, larger) + "\n" + string.Format(CultureInfo.InvariantCulture, record, "small") + "\n";
        AssertSucceeded(await _admin.IngestAsync("Large", data, new { format, enableTracking = true }));
        List<Dictionary<string, JsonElement>> rows = await _admin.QueryAsync("Large | project length = strlen(a), missing = isnull(d)");
        Assert.InRange(rows[0]["length"].GetInt64(), (1024 * 1024) - 1, 1024 * 1024);
        Assert.True(rows[0]["missing"].GetBoolean());
        Assert.InRange(rows[1]["length"].GetInt64(), 5, 9);
        Assert.False(rows[1]["missing"].GetBoolean());
    }

    [Theory]
    [InlineData("data.csv.gz", "BadRequest_InvalidBlob", "not gzip")]
    [InlineData("data.zip", "BadRequest_InvalidArchive", "not zip")]
    public async Task What_is_no_archive_is_told_in_plain_words(string name, string code, string message)
    {
        JsonElement blob = await _admin.IngestAsync("T", "x,y\n"u8.ToArray(), Csv, name);
        Assert.Equal(code, blob.GetProperty("errorCode").GetString());
        Assert.Contains(message, blob.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", "x,y\nz,\"w", "x|y")]
    [InlineData("multijson", "{\"a\":\"x\"}\n{\"a\":\"y", "x|")]
    [InlineData("multijson", "[{\"a\":\"x\"},{\"a\":\"y\"", "x|")]
    public async Task A_last_record_that_is_cut_off_can_be_ignored(string format, string data, string rows)
    {
        Assert.Equal("Failed", (await _admin.IngestAsync("T", data, new { format, enableTracking = true })).GetProperty("status").GetString());
        AssertSucceeded(await _admin.IngestAsync("T", data, new { format, enableTracking = true, ignoreLastRecordIfInvalid = true }));
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task Files_of_an_archive_are_read_each_with_its_header()
    {
        byte[] zip = Zip(("a.csv", "h,h\n1,x\n"), ("folder/b.csv", "h,h\n2,y\n"), ("c.txt", "not,this\n"));
        AssertSucceeded(await _admin.IngestAsync("T", zip, new { format = "csv", enableTracking = true, ignoreFirstRecord = true, zipPattern = "*.csv" }, "data.zip"));
        AssertSucceeded(await _admin.IngestAsync("T", zip, new { format = "csv", enableTracking = true, ignoreFirstRecord = true, zipPattern = "^folder/.*\\.csv$" }, "data.csv.zip"));
        Assert.Equal("1|x;2|y;2|y", await RowsAsync());
    }

    [Fact]
    public async Task Archives_that_are_empty_or_none_have_codes_of_their_own()
    {
        byte[] zip = Zip(("a.csv", "1,x\n"));
        byte[] spoilt = [.. zip];
        spoilt[36] ^= 0x10;
        await AssertFailedAsync("BadRequest_EmptyArchive", Zip(), Csv, "a.zip");
        await AssertFailedAsync("BadRequest_EmptyArchive", zip, new { format = "csv", enableTracking = true, zipPattern = "none" }, "a.zip");
        await AssertFailedAsync("BadRequest_MalformedIngestionProperty", zip, new { format = "csv", enableTracking = true, zipPattern = "(" }, "a.zip");
        await AssertFailedAsync("BadRequest_InvalidArchive", "1,x\n"u8.ToArray(), Csv, "a.zip");
        await AssertFailedAsync("BadRequest_InvalidArchive", zip[..^5], Csv, "a.zip");
        await AssertFailedAsync("BadRequest_InvalidArchive", spoilt, Csv, "a.zip");
        Assert.Equal("", await RowsAsync());
    }

    [Theory]
    [InlineData("bomb.zip")]
    [InlineData("bomb.gz")]
    public void What_grows_without_measure_is_not_unpacked(string name)
    {
        var bomb = new IngestionSource(BlobContent.FromBytes(Bomb(name.EndsWith(".zip", StringComparison.Ordinal))), "https://localhost/" + name);
        long unpacked = 0;
        IngestionException error = Assert.Throws<IngestionException>(() => SourceStreams.Read(bomb, new IngestionProperties { MostBytes = 3_000_000 }, Drain));
        Assert.Equal("BadRequest_FileTooLarge", error.Code);
        Assert.InRange(unpacked, 1, 3_000_000);

        long Drain(Stream stream)
        {
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = stream.Read(buffer)) > 0)
                unpacked += read;
            return unpacked;
        }
    }

    [Fact]
    public void Compressed_data_may_grow_two_hundredfold_or_to_a_gigabyte()
    {
        Assert.Equal(1L << 30, SourceStreams.Limit(1000, compressed: true));
        Assert.Equal(2_000_000_000, SourceStreams.Limit(10_000_000, compressed: true));
        Assert.Equal(6L << 30, SourceStreams.Limit(1L << 30, compressed: true));
        Assert.Equal(6L << 30, SourceStreams.Limit(1, compressed: false));
    }

    [Fact]
    public async Task A_name_that_only_looks_compressed_can_be_said_to_be_none()
    {
        AssertSucceeded(await _admin.IngestAsync("T", "1,x\n"u8.ToArray(), new { format = "csv", enableTracking = true, treatGzAsUncompressed = true }, "a.csv.gz"));
        Assert.Equal("1|x", await RowsAsync());
    }

    [Fact]
    public async Task Properties_that_do_not_hold_here_are_refused_by_name()
    {
        string url = await _admin.UploadAsync("p.csv", "1,x"u8.ToArray());
        using HttpResponseMessage extends = await _admin.QueueAsync("T", new { format = "csv", extend_schema = true }, url);
        Assert.Contains("extend_schema", (await LocalClient.ErrorAsync(extends)).GetProperty("@message").GetString(), StringComparison.Ordinal);
        using HttpResponseMessage text = await _admin.SendAsync(
            HttpMethod.Post, $"v1/rest/ingestion/queued/{LocalClient.Database}/T", new StringContent($"{{\"blobs\":[{{\"url\":\"{url}\"}}],\"properties\":{{\"format\":\"\\ud800\"}}}}"));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, text.StatusCode);
        using HttpResponseMessage time = await _admin.QueueAsync("T", new { format = "csv", creationTime = "yesterday" }, url);
        Assert.Equal("BadRequest_MalformedIngestionProperty", (await LocalClient.ErrorAsync(time)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_creation_time_beyond_the_retention_fails()
    {
        await _admin.RunAsync(".alter table T policy retention '{\"SoftDeletePeriod\":\"10.00:00:00\"}'");
        string old = DateTime.UtcNow.AddDays(-11).ToString("o", CultureInfo.InvariantCulture);
        await AssertFailedAsync("BadRequest_CreationTimeEarlierThanSoftDeletePeriod", "1,x"u8.ToArray(), new { format = "csv", enableTracking = true, creationTime = old }, "a.csv");
        string recent = DateTime.UtcNow.AddDays(-9).ToString("o", CultureInfo.InvariantCulture);
        AssertSucceeded(await _admin.IngestAsync("T", "1,x"u8.ToArray(), new { format = "csv", enableTracking = true, creationTime = recent }, "a.csv"));
    }

    [Fact]
    public async Task A_validation_policy_can_demand_the_same_number_of_fields()
    {
        byte[] data = "1,x\n2\n"u8.ToArray();
        AssertSucceeded(await _admin.IngestAsync("T", data, new { format = "csv", enableTracking = true, validationPolicy = "{\"ValidationOptions\":1,\"ValidationImplications\":1}" }, "a.csv"));
        await AssertFailedAsync("Stream_WrongNumberOfFields", data, new { format = "csv", enableTracking = true, validationPolicy = "{\"ValidationOptions\":1,\"ValidationImplications\":0}" }, "a.csv");
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in files)
            {
                using Stream file = archive.CreateEntry(name).Open();
                file.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return buffer.ToArray();
    }

    /// <summary>10 MB of empty lines in a few kilobytes.</summary>
    private static byte[] Bomb(bool zip)
    {
        byte[] lines = new byte[1024 * 1024];
        Array.Fill(lines, (byte)'\n');
        var buffer = new MemoryStream();
        using (ZipArchive? archive = zip ? new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true) : null)
        using (Stream stream = archive is null ? new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true) : archive.CreateEntry("a.csv", CompressionLevel.Fastest).Open())
        {
            for (int i = 0; i < 10; i++)
                stream.Write(lines);
        }

        return buffer.ToArray();
    }

    private static void AssertSucceeded(JsonElement blob) => Assert.True(blob.GetProperty("status").GetString() == "Succeeded", blob.GetRawText());

    private async Task AssertFailedAsync(string code, byte[] data, object properties, string name)
    {
        JsonElement blob = await _admin.IngestAsync("T", data, properties, name);
        Assert.True(blob.TryGetProperty("errorCode", out JsonElement found), blob.GetRawText());
        Assert.Equal(code, found.GetString());
    }

    private async Task<string> RowsAsync() =>
        string.Join(';', (await _admin.QueryAsync("T")).Select(r => $"{r["a"].GetString()}|{r["b"].GetString()}"));
}
