using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AdxFlow.Adx;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Storage;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>The ways by which batches go: which one is taken, by what requests, and what is in the table afterwards.</summary>
public sealed class ModeTests
{
    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long), new("text", AdxType.String), new("last", AdxType.Long)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<LocalIngestionMethods> ClassicMethods => [LocalIngestionMethods.ClassicOnly, LocalIngestionMethods.ClassicPreferred];

    [Fact]
    public async Task Auto_queues_where_the_policy_does_not_allow_streaming_and_asks_once()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        int before = table.Count("POST", "/v1/rest/mgmt");
        AdxIngestion sent = await SendAsync(table, 3);
        Assert.Equal((AdxIngestionMode.Queued, 0, 1), (sent.Mode, table.Streams, table.Posts));
        Assert.Equal(1, table.Count("POST", "/v1/rest/mgmt") - before);
        await AssertArrivedAsync(table, sent, 3);
    }

    [Fact]
    public async Task Auto_streams_a_small_batch_where_the_policy_allows_it()
    {
        await using LocalTable table = await StreamedAsync();
        AdxIngestion sent = await SendAsync(table, 3);
        AdxIngestionBatch batch = Assert.Single(sent.Batches);
        Assert.Equal((AdxIngestionMode.Streaming, AdxIngestionStatus.Succeeded, null), (sent.Mode, batch.Status, batch.OperationId));
        Assert.Equal((1, 0, 0), (table.Streams, table.Posts, table.Count("PUT", "/storage")));
        await AssertArrivedAsync(table, sent, 3);
    }

    [Fact]
    public async Task Auto_queues_a_batch_that_grows_beyond_what_can_be_streamed()
    {
        await using LocalTable table = await StreamedAsync();
        await using IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(Columns);
        string text = new('x', 10_000);
        for (int row = 0; row < 500; row++)
            intake.Add(row, text, 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((AdxIngestionMode.Queued, 0), (sent.Mode, table.Streams));
        Assert.Single(sent.Batches);
        await AssertArrivedAsync(table, sent, 500);
    }

    [Fact]
    public async Task Auto_queues_a_batch_of_blocks_that_do_not_compress()
    {
        await using LocalTable table = await StreamedAsync();
        await using IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(Columns);
        string[] texts = [.. Enumerable.Range(0, 200).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)))];
        for (int row = 0; row < texts.Length; row++)
            intake.Add(row, texts[row], 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((AdxIngestionMode.Queued, 0), (sent.Mode, table.Streams));
        await table.FinishAsync(sent);
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    /// <summary>High bytes, of which no two are alike: compressed for speed, they take an eighth more than they had.</summary>
    [Theory]
    [InlineData(AdxIngestionMode.Streaming)]
    [InlineData(AdxIngestionMode.Auto)]
    public async Task What_grows_when_it_is_compressed_is_sent_all_the_same(AdxIngestionMode mode)
    {
        await using LocalTable table = await StreamedAsync();
        var random = new Random(1);
        string[] texts = [.. Enumerable.Range(0, 59).Select(_ => string.Create(33_000, random, static (text, random) =>
        {
            for (int i = 0; i < text.Length; i += 2)
                char.ConvertFromUtf32(random.Next(0x10000, 0x110000)).CopyTo(text[i..]);
        }))];
        await using IngestionSession session = await table.StartAsync(request => request with { Mode = mode });
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < texts.Length; row++)
            intake.Add(row, texts[row], 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(texts)), Stop);
        Assert.True(packed.Length > BlockBuffers.Size, $"{sent.RawBytes} bytes became {packed.Length}.");
        Assert.Single(sent.Batches);
        await table.FinishAsync(sent);
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    [Fact]
    public async Task Auto_streams_and_queues_in_one_ingestion_and_says_so()
    {
        await using LocalTable table = await StreamedAsync();
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 600 });
        RowIntake intake = session.OpenRows(Columns);
        string text = new('x', 10_000);
        for (int row = 0; row < 600; row++)
            intake.Add(row, text, 1);
        for (int row = 600; row < 605; row++)
            intake.Add(row, "small", 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((AdxIngestionMode.Auto, 2, 1), (sent.Mode, sent.Batches.Count, table.Streams));
        await AssertArrivedAsync(table, sent, 605);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Auto_queues_under_the_same_id_what_could_not_be_streamed_in_three_tries(int status)
    {
        await using LocalTable table = await StreamedAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Streaming, Count = 3, StatusCode = status });
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(Columns).Add(0, "a", 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((AdxIngestionMode.Queued, 3, 1), (sent.Mode, table.Streams, table.Posts));
        Assert.Contains(Notes(session), static note => note.Contains("is queued", StringComparison.Ordinal));
        await AssertArrivedAsync(table, sent, 1);
    }

    [Fact]
    public async Task A_stream_whose_answer_is_lost_is_sent_again_and_it_is_told()
    {
        await using LocalTable table = await StreamedAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Streaming, Abort = true });
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(Columns).Add(0, "a", 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((AdxIngestionMode.Streaming, 2), (sent.Mode, table.Streams));
        string note = Assert.Single(Notes(session));
        Assert.Contains("twice", note, StringComparison.Ordinal);
        await AssertArrivedAsync(table, sent, 1);
    }

    [Fact]
    public async Task Auto_leaves_streaming_alone_for_a_while_where_the_cluster_has_none()
    {
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { StreamingIngestion = false }, Columns);
        await table.AllowStreamingAsync();
        await AssertArrivedAsync(table, await SendAsync(table, 2), 2);
        await SendAsync(table, 2);
        Assert.Equal((1, 2), (table.Streams, table.Posts));
    }

    [Fact]
    public async Task Streaming_where_it_is_off_tells_what_to_do()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        AdxException refusal = await Assert.ThrowsAsync<AdxException>(() => SendAsync(table, 1, AdxIngestionMode.Streaming));
        Assert.Equal(("AdxStreamingUnavailable", true), (refusal.ErrorId, refusal.IsPermanent));
        Assert.Contains("Set-AdxTablePolicy", refusal.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(await table.RowsAsync());
    }

    [Fact]
    public async Task Streaming_cuts_batches_that_one_request_can_carry()
    {
        await using LocalTable table = await StreamedAsync();
        await using IngestionSession session = await table.StartAsync(static request => request with { Mode = AdxIngestionMode.Streaming });
        RowIntake intake = session.OpenRows(Columns);
        string text = new('x', 10_000);
        for (int row = 0; row < 1_000; row++)
            intake.Add(row, text, 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((AdxIngestionMode.Streaming, AdxIngestionStatus.Succeeded, 3), (sent.Mode, sent.Status, sent.Batches.Count));
        Assert.All(sent.Batches, static batch => Assert.InRange(batch.RawBytes ?? 0, 1, 4_000_000));
        Assert.Equal((3, 0), (table.Streams, table.Posts));
        await AssertArrivedAsync(table, sent, 1_000);
    }

    [Fact]
    public async Task Streaming_rejects_a_row_that_no_request_can_carry_and_sends_the_others()
    {
        await using LocalTable table = await StreamedAsync();
        await using IngestionSession session = await table.StartAsync(static request => request with { Mode = AdxIngestionMode.Streaming });
        RowIntake intake = session.OpenRows(Columns);
        intake.Add(0, "a", 1);
        intake.Add(1, new string('x', 4_000_000), 1);
        intake.Add(1, "b", 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((2L, 1L), (sent.Rows, sent.RejectedRows));
        Assert.True(session.TryTakeEvent(out IngestionEvent? happened));
        Assert.Equal((2L, "text"), (((RejectedRow)happened!).Row, ((RejectedRow)happened!).Column.Name));
        await AssertArrivedAsync(table, sent, 2);
    }

    [Fact]
    public async Task Auto_queues_a_row_that_no_request_can_carry()
    {
        await using LocalTable table = await StreamedAsync();
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(Columns).Add(0, new string('x', 4_000_000), 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((1L, 0L, AdxIngestionMode.Queued), (sent.Rows, sent.RejectedRows, sent.Mode));
        await AssertArrivedAsync(table, sent, 1);
    }

    /// <summary>Some of the columns, in another order than the table's: each value goes to its column, streamed or queued.</summary>
    [Theory]
    [InlineData(AdxIngestionMode.Streaming)]
    [InlineData(AdxIngestionMode.Auto)]
    [InlineData(AdxIngestionMode.Queued)]
    [InlineData(AdxIngestionMode.Direct)]
    public async Task Each_value_goes_to_its_column_whatever_the_order_of_the_cells(AdxIngestionMode mode)
    {
        await using LocalTable table = await StreamedAsync();
        await using IngestionSession session = await table.StartAsync(request => request with { Mode = mode });
        session.OpenRows([Columns[2], Columns[0]]).Add(7, 1);
        await table.FinishAsync(await session.CompleteAsync().EndsAsync());
        Assert.Equal([1L, "", 7L], Assert.Single(await table.RowsAsync()));
    }

    [Fact]
    public async Task A_streamed_batch_that_is_queued_after_all_has_its_values_in_their_columns()
    {
        await using LocalTable table = await StreamedAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Streaming, StatusCode = 413 });
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows([Columns[2], Columns[0]]).Add(7, 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal(AdxIngestionMode.Queued, sent.Mode);
        await table.FinishAsync(sent);
        Assert.Equal([1L, "", 7L], Assert.Single(await table.RowsAsync()));
    }

    [Theory]
    [InlineData(AdxIngestionMode.Streaming, AdxIngestionMode.Streaming)]
    [InlineData(AdxIngestionMode.Auto, AdxIngestionMode.Streaming)]
    [InlineData(AdxIngestionMode.Direct, AdxIngestionMode.Direct)]
    public async Task A_file_of_many_batches_arrives_whole(AdxIngestionMode mode, AdxIngestionMode taken)
    {
        await using LocalTable table = await StreamedAsync();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            await File.WriteAllLinesAsync(path, Enumerable.Range(0, 2_000).Select(static row => $"{row},line {row},1"), Stop);
            await using IngestionSession session = await table.StartAsync(request => request with { Mode = mode, BatchRows = mode == AdxIngestionMode.Auto ? 0 : 50, ThrottleLimit = 2 });
            AdxIngestion sent = await session.SendFileAsync(path);
            Assert.Equal((taken, 2_000L, 0), (sent.Mode, sent.Rows, table.Posts));
            await AssertArrivedAsync(table, sent, 2_000);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Json_is_streamed_with_a_mapping_of_the_table_only()
    {
        await using LocalTable table = await StreamedAsync();
        await new AdxMappings(new AdxClient(table.Connection)).CreateAsync(
            new AdxMappingDefinition { Name = "m ä", Kind = AdxMappingKind.Json, Columns = [new AdxColumnMapping { Column = "n", Path = "$.id" }] }, LocalTable.Name, cancellationToken: Stop);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        try
        {
            await File.WriteAllTextAsync(path, "{\"id\":5}\n", Stop);
            await using (IngestionSession session = await table.StartAsync(static request => request with { Mode = AdxIngestionMode.Streaming }))
                Assert.Equal("AdxInvalidCombination", (await Assert.ThrowsAsync<AdxFileException>(() => session.SendFileAsync(path))).ErrorId);
            await using (IngestionSession session = await table.StartAsync(static request => request with { Mode = AdxIngestionMode.Streaming, MappingName = "m ä" }))
                await session.SendFileAsync(path);
            Assert.Equal(5L, Assert.Single(await table.RowsAsync())[0]);
            await using (IngestionSession session = await table.StartAsync())
                Assert.Equal(AdxIngestionMode.Queued, (await session.SendFileAsync(path)).Mode);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [MemberData(nameof(ClassicMethods))]
    public async Task The_classic_protocol_is_taken_where_the_service_says_so_or_knows_no_other(LocalIngestionMethods methods)
    {
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { IngestionMethods = methods }, Columns);
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 600, Tags = ["drop-by:x"], CreationTime = DateTime.UtcNow.AddDays(-1) });
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < 1_500; row++)
            intake.Add(row, "\"ü\"", 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((AdxIngestionMode.Queued, 3, 0), (sent.Mode, sent.Batches.Count, table.Posts));
        Assert.Equal(3, table.Count("POST", "/messages"));
        AdxIngestion finished = await AssertArrivedAsync(table, sent, 1_500);
        // The queues of reports are everybody's: what one takes, the others never see.
        Assert.Equal((0, 0), (table.Count("GET", "/messages"), table.Count("DELETE", "/messages")));
        Assert.Equal(AdxIngestionStatus.Succeeded, finished.Status);
    }

    [Fact]
    public async Task A_failure_in_the_classic_protocol_is_told_from_the_status_table()
    {
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { IngestionMethods = LocalIngestionMethods.ClassicOnly }, Columns);
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows([new AdxColumn("missing", AdxType.Long)]).Add(1);
        AdxIngestionBatch batch = Assert.Single((await table.FinishAsync(await session.CompleteAsync().EndsAsync())).Batches);
        Assert.Equal((AdxIngestionStatus.Failed, "BadRequest_InconsistentMapping", true), (batch.Status, batch.ErrorCode, batch.IsPermanent));
    }

    [Theory]
    [InlineData(LocalFaultTarget.StorageQueue, 503)]
    [InlineData(LocalFaultTarget.StatusTable, 503)]
    [InlineData(LocalFaultTarget.StorageQueue, 403)]
    public async Task The_classic_protocol_overcomes_passing_faults(LocalFaultTarget target, int status)
    {
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { IngestionMethods = LocalIngestionMethods.ClassicOnly, StorageAccounts = 2 }, Columns);
        table.Cluster.AddFault(new LocalFault { Target = target, StatusCode = status });
        await AssertArrivedAsync(table, await SendAsync(table, 3), 3);
    }

    [Fact]
    public async Task Direct_puts_the_data_into_commands_of_at_most_a_megabyte()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        int before = table.Count("POST", "/v1/rest/mgmt");
        await using IngestionSession session = await table.StartAsync(static request => request with { Mode = AdxIngestionMode.Direct });
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < 250; row++)
            intake.Add(row, new string('y', 10_000) + "\n|> \"quoted\" <| ü", 1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((AdxIngestionMode.Direct, AdxIngestionStatus.Succeeded, 3), (sent.Mode, sent.Status, sent.Batches.Count));
        Assert.Equal((0, 3), (table.Count("GET", "/ingestion/"), table.Count("POST", "/v1/rest/mgmt") - before));
        await AssertArrivedAsync(table, sent, 250);
        Assert.All(await table.RowsAsync(), static row => Assert.EndsWith("\n|> \"quoted\" <| ü", (string)row[1]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_operation_that_finds_the_blob_gone_leaves_the_state_unknown()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, Abort = true, AfterAction = true });
        AdxIngestion finished = await table.FinishAsync(await SendAsync(table, 1));
        AdxIngestionBatch batch = Assert.Single(finished.Batches);
        Assert.Equal((AdxIngestionStatus.Unknown, AdxIngestionStatus.Unknown, "Download_SourceNotFound"), (finished.Status, batch.Status, batch.ErrorCode));
        Assert.Single(await table.RowsAsync());
    }

    private static async Task<LocalTable> StreamedAsync()
    {
        LocalTable table = await LocalTable.CreateAsync(Columns);
        await table.AllowStreamingAsync();
        return table;
    }

    private static async Task<AdxIngestion> SendAsync(LocalTable table, int rows, AdxIngestionMode mode = AdxIngestionMode.Auto)
    {
        await using IngestionSession session = await table.StartAsync(request => request with { Mode = mode });
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < rows; row++)
            intake.Add(row, "text", 1);
        return await session.CompleteAsync().EndsAsync();
    }

    private static async Task<AdxIngestion> AssertArrivedAsync(LocalTable table, AdxIngestion sent, int rows)
    {
        AdxIngestion finished = await table.FinishAsync(sent);
        Assert.Equal(AdxIngestionStatus.Succeeded, finished.Status);
        Assert.Equal(rows, sent.Rows);
        Assert.Equal(Enumerable.Range(0, rows).Select(static row => (long)row), (await table.RowsAsync()).Select(static row => (long)row[0]!).Order());
        return finished;
    }

    private static List<string> Notes(IngestionSession session)
    {
        var notes = new List<string>();
        while (session.TryTakeEvent(out IngestionEvent? happened))
        {
            if (happened is IngestionNote note)
                notes.Add(note.Text);
        }
        return notes;
    }
}
