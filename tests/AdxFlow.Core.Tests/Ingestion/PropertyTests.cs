using System.Text;
using System.Text.Json;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>Properties of an ingestion: how they are said to the service, and which do not go together.</summary>
public sealed class PropertyTests
{
    private static readonly IngestionRequest Plain = new() { Table = "T" };

    private static readonly AdxColumnMapping[] Mapping = [new() { Column = "n", Ordinal = 1 }];

    private static readonly QueuedBlob Blob = new(new Uri("https://a.example.net/c/adxflow__11111111111111111111111111111111.csv.gz?sig=s"), new Guid("11111111-1111-1111-1111-111111111111"), 123);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> NotStreamed => ["-Mapping", "-Tag", "-IngestBy", "-IngestIfNotExists", "-CreationTime", "-ValidationPolicy", "-ExtendSchema", "-SkipBatching", "-KeepBlob"];

    [Theory]
    [MemberData(nameof(NotStreamed))]
    public void What_cannot_be_streamed_is_refused_with_streaming_by_name_and_queued_with_auto(string name)
    {
        IngestionRequest request = With(name);
        AdxException refusal = Assert.Throws<AdxException>(() => (request with { Mode = AdxIngestionMode.Streaming }).Check());
        Assert.Equal("AdxInvalidCombination", refusal.ErrorId);
        Assert.Contains(name + " does not go", refusal.Message, StringComparison.Ordinal);
        request.Check();
        Assert.True(PropertyRules.NeedsQueue(request));
        Assert.False(PropertyRules.NeedsQueue(Plain with { MappingName = "m" }));
        bool isOfBlobs = name is "-SkipBatching" or "-KeepBlob";
        Assert.Equal(isOfBlobs, Record.Exception(() => (request with { Mode = AdxIngestionMode.Direct }).Check()) is AdxException { ErrorId: "AdxInvalidCombination" });
    }

    [Fact]
    public void Two_mappings_and_doubled_prefixes_are_refused()
    {
        Assert.Equal("AdxInvalidCombination", Assert.Throws<AdxException>(() => (Plain with { MappingName = "m", Mapping = Mapping }).Check()).ErrorId);
        Assert.Equal("AdxInvalidCombination", Assert.Throws<AdxException>(() => (Plain with { IngestBy = ["ingest-by:x"] }).Check()).ErrorId);
    }

    [Fact]
    public async Task The_rest_request_says_each_of_them()
    {
        await using ScriptedServer server = ScriptedIngestion.Answering("""{"ingestionOperationId":"o"}""");
        IngestionRequest request = Plain with { IngestBy = ["x"], Tags = ["t"], ValidationPolicy = AdxValidationPolicy.Fail, SkipBatching = true, ExtendSchema = true, KeepBlob = true, Mapping = Mapping };
        await new IngestionServiceClient(server.Connection(), "D", "T").QueueAsync([Blob], PropertyRules.For(request, "D", AdxDataFormat.Csv, null), Stop);
        using JsonDocument body = JsonDocument.Parse(Assert.Single(server.Requests).Body);
        JsonElement properties = body.RootElement.GetProperty("properties");
        Assert.Equal(["t", "ingest-by:x"], properties.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()));
        Assert.Equal("""{"ValidationOptions":1,"ValidationImplications":0}""", properties.GetProperty("validationPolicy").GetString());
        Assert.Equal("""[{"Column":"n","Properties":{"Ordinal":"1"}}]""", properties.GetProperty("ingestionMapping").GetString());
        Assert.True(properties.GetProperty("skipBatching").GetBoolean() && properties.GetProperty("extend_schema").GetBoolean());
        Assert.False(properties.GetProperty("deleteAfterDownload").GetBoolean());
    }

    [Fact]
    public void The_classic_message_says_each_of_them()
    {
        IngestionRequest request = Plain with { IngestBy = ["x"], IngestIfNotExists = ["x"], CreationTime = DateTime.UnixEpoch, ValidationPolicy = AdxValidationPolicy.None, SkipBatching = true, KeepBlob = true, MappingName = "m" };
        var table = new SignedResource(new Uri("https://t.example.net/st?sig=t"), "table");
        string xml = Encoding.UTF8.GetString(ClassicMessage.Write(Blob, PropertyRules.For(request, "D b", AdxDataFormat.Json, null), "token", table));
        string text = xml["<QueueMessage><MessageText>".Length..^"</MessageText></QueueMessage>".Length];
        using JsonDocument message = JsonDocument.Parse(Convert.FromBase64String(text));
        JsonElement root = message.RootElement;
        Assert.Equal((Blob.SourceId, Blob.Uri.AbsoluteUri, 123, "D b", "T"), (root.GetProperty("Id").GetGuid(), root.GetProperty("BlobPath").GetString(), root.GetProperty("RawDataSize").GetInt32(), root.GetProperty("DatabaseName").GetString(), root.GetProperty("TableName").GetString()));
        Assert.Equal((true, true, 2, 1), (root.GetProperty("RetainBlobOnSuccess").GetBoolean(), root.GetProperty("FlushImmediately").GetBoolean(), root.GetProperty("ReportLevel").GetInt32(), root.GetProperty("ReportMethod").GetInt32()));
        Assert.Equal("https://t.example.net/st?sig=t", root.GetProperty("IngestionStatusInTable").GetProperty("TableConnectionString").GetString());
        Dictionary<string, string?> more = root.GetProperty("AdditionalProperties").EnumerateObject().ToDictionary(static property => property.Name, static property => property.Value.GetString());
        Assert.Equal(("token", "json", "m", "Json"), (more["authorizationContext"], more["format"], more["ingestionMappingReference"], more["ingestionMappingType"]));
        Assert.Equal(("""["ingest-by:x"]""", """["x"]""", "1970-01-01T00:00:00.0000000Z"), (more["tags"], more["ingestIfNotExists"], more["creationTime"]));
    }

    [Theory]
    [InlineData(AdxDataFormat.Tsv, "Csv")]
    [InlineData(AdxDataFormat.MultiJson, "Json")]
    [InlineData(AdxDataFormat.Avro, "Avro")]
    [InlineData(AdxDataFormat.ApacheAvro, "ApacheAvro")]
    [InlineData(AdxDataFormat.Orc, "Orc")]
    public void The_classic_message_names_the_kind_of_mapping_as_the_service_does(AdxDataFormat format, string kind)
    {
        string xml = Encoding.UTF8.GetString(ClassicMessage.Write(Blob, PropertyRules.For(Plain with { MappingName = "m" }, "D b", format, null), "token", null));
        using JsonDocument message = JsonDocument.Parse(Convert.FromBase64String(xml["<QueueMessage><MessageText>".Length..^"</MessageText></QueueMessage>".Length]));
        Assert.Equal(kind, message.RootElement.GetProperty("AdditionalProperties").GetProperty("ingestionMappingType").GetString());
    }

    [Fact]
    public void A_message_that_no_queue_takes_is_refused()
    {
        var properties = new BatchProperties { Database = "D", Table = "T", Format = AdxDataFormat.Csv, InlineMapping = new string('m', 50_000) };
        Assert.Equal("AdxMessageTooLong", Assert.Throws<AdxException>(() => ClassicMessage.Write(Blob, properties, "token", null)).ErrorId);
    }

    [Fact]
    public async Task An_inline_mapping_moves_fields_to_columns_and_one_for_another_format_sends_nothing()
    {
        await using LocalTable table = await LocalTable.CreateAsync(new AdxColumn("n", AdxType.Long), new AdxColumn("text", AdxType.String));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            await File.WriteAllTextAsync(path, "skipped,42\n", Stop);
            await using (IngestionSession session = await table.StartAsync(static request => request with { Mapping = Mapping, KeepBlob = true }))
                await table.FinishAsync(await session.SendFileAsync(path));
            Assert.Equal([42L, ""], Assert.Single(await table.RowsAsync()));
            int uploads = table.Count("PUT", "/storage");
            await using (IngestionSession session = await table.StartAsync(static request => request with { Mapping = [new AdxColumnMapping { Column = "n", Path = "$.n" }] }))
                Assert.Equal("AdxInvalidMapping", (await Assert.ThrowsAsync<AdxException>(() => session.SendFileAsync(path))).ErrorId);
            Assert.Equal((1, uploads), (table.Posts, table.Count("PUT", "/storage")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IngestionRequest With(string name) => name switch
    {
        "-Mapping" => Plain with { Mapping = Mapping },
        "-Tag" => Plain with { Tags = ["t"] },
        "-IngestBy" => Plain with { IngestBy = ["t"] },
        "-IngestIfNotExists" => Plain with { IngestIfNotExists = ["t"] },
        "-CreationTime" => Plain with { CreationTime = DateTime.UnixEpoch },
        "-ValidationPolicy" => Plain with { ValidationPolicy = AdxValidationPolicy.Fail },
        "-ExtendSchema" => Plain with { ExtendSchema = true },
        "-SkipBatching" => Plain with { SkipBatching = true },
        _ => Plain with { KeepBlob = true },
    };
}
