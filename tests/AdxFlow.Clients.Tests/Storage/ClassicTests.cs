using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdxFlow.Http;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Storage;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Clients.Tests.Storage;

/// <summary>The classic protocol from one end to the other, with blobs, queues and a table that this project did not write.</summary>
public sealed class ClassicTests(AzuriteServer azurite)
{
    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long), new("text", AdxType.String)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_arrive_as_a_blob_a_status_row_and_a_message_that_names_both()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        await using var cluster = new ClassicCluster(lent);
        AdxIngestion sent = await SendRowsAsync(cluster, static request => request with
        {
            Tags = ["drop-by:\"ü\""],
            IngestBy = ["a"],
            IngestIfNotExists = ["a"],
            CreationTime = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            ValidationPolicy = AdxValidationPolicy.BestEffort,
            ExtendSchema = true,
        });

        AdxIngestionBatch batch = Assert.Single(sent.Batches);
        string id = batch.SourceId.ToString("D");
        string blob = Assert.Single(await lent.Storage.ListBlobsAsync(lent.Containers[0]));
        Assert.Equal($"adxflow__{batch.SourceId:N}.csv.gz", blob);
        byte[] csv = await GunzipAsync(lent, blob);
        Assert.Equal("1,\"a\"\"b\"\r\n2,\r\n".ReplaceLineEndings("\n"), Encoding.UTF8.GetString(csv).ReplaceLineEndings("\n"));

        JsonObject message = Assert.Single(await lent.Storage.ReadMessagesAsync(lent.Queues[0]));
        JsonObject row = Assert.Single(await lent.Storage.ReadRowsAsync(lent.StatusTable));
        DateTime now = DateTime.UtcNow;
        Assert.InRange(Time(message, "SourceMessageCreationTime"), now.AddMinutes(-5), now);
        Assert.InRange(Time(row, "UpdatedOn"), now.AddMinutes(-5), now);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$$"""
            {
              "Id": "{{{id}}}",
              "BlobPath": "{{{lent.Container()}}}",
              "RawDataSize": {{{csv.Length}}},
              "DatabaseName": "D b",
              "TableName": "T 1",
              "RetainBlobOnSuccess": false,
              "FlushImmediately": false,
              "IgnoreSizeLimit": false,
              "ReportLevel": 2,
              "ReportMethod": 1,
              "ApplicationForTracing": "AdxFlow",
              "ClientVersionForTracing": "{{{TelemetryHeadersPolicy.ClientVersion}}}",
              "IngestionStatusInTable": { "TableConnectionString": "{{{lent.Table()}}}", "PartitionKey": "{{{id}}}", "RowKey": "{{{id}}}" },
              "AdditionalProperties": {
                "authorizationContext": "identity.token",
                "format": "csv",
                "ingestionMapping": "[{\"Column\":\"n\",\"Properties\":{\"Ordinal\":\"0\"}},{\"Column\":\"text\",\"Properties\":{\"Ordinal\":\"1\"}}]",
                "ingestionMappingType": "Csv",
                "tags": "[\"drop-by:\\\"ü\\\"\",\"ingest-by:a\"]",
                "ingestIfNotExists": "[\"a\"]",
                "creationTime": "2026-01-02T03:04:05.0000000Z",
                "validationPolicy": "{\"ValidationOptions\":1,\"ValidationImplications\":1}",
                "extend_schema": "true"
              }
            }
            """), Plain(message, blob)), message.ToJsonString());
        Assert.Equal(
            ("Pending", id, id, id, $"{lent.Storage.Container(lent.Containers[0])}/{blob}", "D b", "T 1", "Edm.DateTime"),
            (Text(row, "Status"), Text(row, "PartitionKey"), Text(row, "RowKey"), Text(row, "IngestionSourceId"), Text(row, "IngestionSourcePath"), Text(row, "Database"), Text(row, "Table"), Text(row, "UpdatedOn@odata.type")));
    }

    /// <summary>The address in the message opens the blob, as it is all that the service has.</summary>
    [Fact]
    public async Task The_service_can_read_the_blob_by_the_message()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        await using var cluster = new ClassicCluster(lent);
        await SendRowsAsync(cluster);
        JsonObject message = Assert.Single(await lent.Storage.ReadMessagesAsync(lent.Queues[0]));
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = StorageCertificate.Shared.Trust() } };
        using var http = new HttpClient(handler);
        byte[] content = await http.GetByteArrayAsync(new Uri(Text(message, "BlobPath")), Stop);
        Assert.Equal([0x1F, 0x8B], content[..2]);
    }

    [Fact]
    public async Task A_file_that_does_not_compress_arrives_in_blocks_and_whole()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        await using var cluster = new ClassicCluster(lent);
        string path = Path.Combine(Directory.CreateTempSubdirectory("adxflow-classic-").FullName, "random.csv");
        try
        {
            await File.WriteAllLinesAsync(path, Enumerable.Range(0, 1_000).Select(static row => $"{row},{Convert.ToBase64String(RandomNumberGenerator.GetBytes(4_500))}"), Stop);
            await using IngestionSession session = await cluster.StartAsync();
            session.OpenFiles().Add(new FileIngestion { Path = path });
            AdxIngestionBatch batch = Assert.Single((await session.CompleteAsync()).Batches);
            Assert.Equal(1_000L, batch.Rows);
            string blob = Assert.Single(await lent.Storage.ListBlobsAsync(lent.Containers[0]));
            Assert.Equal(await File.ReadAllBytesAsync(path, Stop), await GunzipAsync(lent, blob));
            IReadOnlyList<long> blocks = await lent.Storage.ReadBlocksAsync(lent.Containers[0], blob);
            Assert.True(blocks.Count > 1);
            Assert.Equal(batch.SentBytes, blocks.Sum());
            JsonObject message = Assert.Single(await lent.Storage.ReadMessagesAsync(lent.Queues[0]));
            Assert.Equal(new FileInfo(path).Length, (long)message["RawDataSize"]!);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("Succeeded", null, null, AdxIngestionStatus.Succeeded, null)]
    [InlineData("Failed", "BadRequest_NoRecordsOrWrongFormat", "Permanent", AdxIngestionStatus.Failed, true)]
    [InlineData("Failed", "General_ThrottledIngestion", "Transient", AdxIngestionStatus.Failed, false)]
    public async Task What_the_service_merges_into_the_status_row_is_told(string status, string? code, string? failure, AdxIngestionStatus expected, bool? isPermanent)
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        await using var cluster = new ClassicCluster(lent);
        AdxIngestion sent = await SendRowsAsync(cluster);
        Assert.Equal(AdxIngestionStatus.Queued, (await new IngestionTracker(cluster.Connection).RefreshAsync(sent, Stop)).Status);

        var changes = new JsonObject { ["Status"] = status, ["ErrorCode"] = code, ["FailureStatus"] = failure, ["Details"] = code is null ? null : "what is wrong" };
        await lent.Storage.MergeAsync(lent.StatusTable, sent.Batches[0].SourceId.ToString("D"), changes);
        AdxIngestion finished = await new IngestionTracker(cluster.Connection).WaitAsync(sent, TimeSpan.FromMinutes(1), cancel: Stop);
        AdxIngestionBatch batch = Assert.Single(finished.Batches);
        Assert.Equal((expected, code, isPermanent, code is null ? null : "what is wrong"), (batch.Status, batch.ErrorCode, batch.IsPermanent, batch.Error));
        JsonObject row = Assert.Single(await lent.Storage.ReadRowsAsync(lent.StatusTable));
        Assert.Equal("T 1", Text(row, "Table"));
    }

    [Fact]
    public async Task A_status_row_that_is_there_already_is_left_and_one_that_is_not_is_none()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        await using var cluster = new ClassicCluster(lent);
        var client = new StorageServiceClient(cluster.Connection.Pipelines.Storage);
        var table = new SignedResource(new Uri(lent.Table()), "table");
        var blob = new QueuedBlob(new Uri(lent.Container()), Guid.NewGuid(), 1);
        var properties = new BatchProperties { Database = "D b", Table = "T 1", Format = AdxDataFormat.Csv };
        string id = blob.SourceId.ToString("D");
        Assert.Null(await client.FindAsync(table, id, id, Stop));
        await client.InsertAsync(table, ClassicMessage.WriteStatusRow(blob, properties), Stop);
        await lent.Storage.MergeAsync(lent.StatusTable, id, new JsonObject { ["Status"] = "Succeeded" });
        await client.InsertAsync(table, ClassicMessage.WriteStatusRow(blob, properties), Stop);
        JsonNode found = JsonNode.Parse((await client.FindAsync(table, id, id, Stop))!)!;
        Assert.Equal("Succeeded", (string?)found["Status"]);
    }

    [Fact]
    public async Task A_queue_that_has_vanished_is_left_for_another()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite, queues: 2);
        await lent.Storage.DeleteQueueAsync(lent.Queues[0]);
        await using var cluster = new ClassicCluster(lent);
        AdxIngestion sent = await SendRowsAsync(cluster, static request => request with { BatchRows = 1 });
        Assert.Equal(2, sent.Batches.Count);
        Assert.Equal(
            sent.Batches.Select(static batch => batch.SourceId.ToString("D")).Order(StringComparer.Ordinal),
            (await lent.Storage.ReadMessagesAsync(lent.Queues[1])).Select(static message => Text(message, "Id")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signatures_that_have_run_out_are_fetched_anew(bool isContainer)
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        string old = isContainer ? lent.Resources(containers: LentStorage.Expired) : lent.Resources(queues: LentStorage.Expired);
        await using var cluster = new ClassicCluster(lent, old, lent.Resources());
        await SendRowsAsync(cluster);
        JsonObject message = Assert.Single(await lent.Storage.ReadMessagesAsync(lent.Queues[0]));
        string blob = Assert.Single(await lent.Storage.ListBlobsAsync(lent.Containers[0]));
        Assert.True(JsonNode.DeepEquals(lent.Container(), Plain(message, blob)["BlobPath"]), "The message names the blob by a signature that has run out.");
    }

    [Fact]
    public async Task Without_a_status_table_the_message_asks_for_no_report()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite, hasStatusTable: false);
        await using var cluster = new ClassicCluster(lent);
        AdxIngestion sent = await SendRowsAsync(cluster);
        JsonObject message = Assert.Single(await lent.Storage.ReadMessagesAsync(lent.Queues[0]));
        Assert.Equal((1, 0, false), ((int)message["ReportLevel"]!, (int)message["ReportMethod"]!, message.ContainsKey("IngestionStatusInTable")));
        AdxException untold = await Assert.ThrowsAsync<AdxException>(() => new IngestionTracker(cluster.Connection).RefreshAsync(sent, Stop));
        Assert.Equal("AdxIngestionNotTracked", untold.ErrorId);
    }

    [Fact]
    public async Task What_could_not_be_queued_is_taken_back()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        await lent.Storage.DeleteQueueAsync(lent.Queues[0]);
        await using var cluster = new ClassicCluster(lent);
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => SendRowsAsync(cluster));
        Assert.Equal(("QueueNotFound", 404), (failure.ServiceCode, failure.StatusCode));
        Assert.DoesNotContain("sig=", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(await lent.Storage.ListBlobsAsync(lent.Containers[0]));
    }

    private static async Task<AdxIngestion> SendRowsAsync(ClassicCluster cluster, Func<IngestionRequest, IngestionRequest>? change = null)
    {
        await using IngestionSession session = await cluster.StartAsync(change);
        RowIntake intake = session.OpenRows(Columns);
        intake.Add(1, "a\"b");
        intake.Add(2, null);
        return await session.CompleteAsync();
    }

    private static async Task<byte[]> GunzipAsync(LentStorage lent, string blob)
    {
        await using var gzip = new GZipStream(new MemoryStream(await lent.Storage.ReadBlobAsync(lent.Containers[0], blob)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        await gzip.CopyToAsync(content, Stop);
        return content.ToArray();
    }

    /// <summary>The message without its time, and with the address of the container where that of the blob was.</summary>
    private static JsonObject Plain(JsonObject message, string blob)
    {
        JsonObject plain = message.DeepClone().AsObject();
        plain.Remove("SourceMessageCreationTime");
        plain["BlobPath"] = Text(plain, "BlobPath").Replace("/" + blob, "", StringComparison.Ordinal);
        return plain;
    }

    private static string Text(JsonObject json, string name) => (string)json[name]!;

    private static DateTime Time(JsonObject json, string name) => ((DateTime)json[name]!).ToUniversalTime();
}
