using System.Security.Cryptography;
using System.Text;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>From rows and files to the table, over real HTTP on loopback.</summary>
public sealed class IngestionSessionTests
{
    private static readonly AdxColumn[] Number = [new("n", AdxType.Long)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_type_is_read_back_as_it_was_sent()
    {
        await using LocalTable table = await LocalTable.CreateAsync([.. Enum.GetValues<AdxType>().Select(static type => new AdxColumn("it's " + AdxTypes.Name(type), type))]);
        var time = new DateTime(637_189_059_013_109_965, DateTimeKind.Utc);
        var id = new Guid("74be27de-1e4e-49d9-b579-fe0b331d3642");
        object?[][] rows =
        [
            [true, int.MinValue, long.MaxValue, double.Epsilon, 79228162514264337593543950335m, time, new TimeSpan(1, 2, 3, 4, 5), id, "a,\"b\"\r\nc Zürich 🌍", new JsonText("\"text\"")],
            [false, 0, long.MinValue, -1e308, -0.0000000000000000000000000001m, DateTime.MaxValue.ToUniversalTime(), TimeSpan.MinValue, Guid.Empty, "", 12.5],
            [null, null, null, null, null, null, null, null, null, null],
            [true, int.MaxValue, -1L, double.NaN, 1.10m, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), TimeSpan.MaxValue, id, " ", true],
        ];
        await using IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(table.Columns);
        foreach (object?[] row in rows)
            intake.Add(row);
        AdxIngestion ingestion = await table.FinishAsync(await session.CompleteAsync());
        Assert.Equal(AdxIngestionStatus.Succeeded, ingestion.Status);

        List<object?[]> read = await table.RowsAsync();
        Assert.Equal(4, read.Count);
        rows[0][9] = "text";
        rows[2][8] = "";
        for (int row = 0; row < rows.Length; row++)
            Assert.Equal(rows[row], read[row]);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_arrive_once_each_and_the_counts_are_right()
    {
        const int Rows = 100_000;
        await using LocalTable table = await LocalTable.CreateAsync(new("n", AdxType.Long), new("text", AdxType.String));
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 7_001 });
        RowIntake intake = session.OpenRows(table.Columns);
        long bytes = 0;
        for (int row = 0; row < Rows; row++)
        {
            string text = "row \"" + row + '"';
            intake.Add(row, text);
            bytes += Encoding.UTF8.GetByteCount($"{row},\"row \"\"{row}\"\"\"\n");
        }
        AdxIngestion sent = await session.CompleteAsync();
        Assert.Equal((Rows, bytes, 0), (sent.Rows, sent.RawBytes, sent.RejectedRows));
        Assert.Equal(15, sent.Batches.Count);
        Assert.Equal(15, sent.Batches.Select(static batch => batch.SourceId).Distinct().Count());
        Assert.Equal(AdxIngestionStatus.Queued, sent.Status);
        Assert.True(sent.SentBytes < sent.RawBytes);

        AdxIngestion finished = await table.FinishAsync(sent);
        Assert.Equal(AdxIngestionStatus.Succeeded, finished.Status);
        List<object?[]> read = await table.RowsAsync();
        Assert.Equal(Enumerable.Range(0, Rows).Select(static row => (long)row), read.Select(static row => (long)row[0]!).Order());
        Assert.All(read, static row => Assert.Equal($"row \"{row[0]}\"", row[1]));
    }

    [Fact]
    public async Task Rejected_rows_are_told_with_their_numbers_and_the_rest_arrives()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        await using IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = 1; row <= 2000; row++)
            intake.Add(row % 1000 == 0 ? "bad" : row);
        AdxIngestion sent = await session.CompleteAsync();
        Assert.Equal((1998, 2), (sent.Rows, sent.RejectedRows));
        var events = new List<IngestionEvent>();
        while (session.TryTakeEvent(out IngestionEvent? happened))
            events.Add(happened!);
        Assert.Equal([1000L, 2000L], events.OfType<RejectedRow>().Select(static row => row.Row));
        Assert.Equal(sent.Batches.Select(static batch => batch.SourceId), events.OfType<BatchQueued>().Select(static queued => queued.Batch.SourceId));
        await table.FinishAsync(sent);
        Assert.Equal(1998, (await table.RowsAsync()).Count);
    }

    [Fact]
    public async Task A_session_without_rows_sends_nothing()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        await using (IngestionSession session = await table.StartAsync())
        {
            AdxIngestion nothing = await session.CompleteAsync();
            Assert.Equal((AdxIngestionStatus.Empty, true, 0), (nothing.Status, nothing.IsFinished, nothing.Batches.Count));
        }
        await using (IngestionSession session = await table.StartAsync())
        {
            session.OpenRows(table.Columns);
            Assert.Equal(AdxIngestionStatus.Empty, (await session.CompleteAsync()).Status);
        }
        Assert.Equal((0, 0), (table.Posts, table.Count("PUT", "/storage/")));
    }

    [Fact]
    public async Task Columns_may_be_fewer_than_the_tables_and_in_another_order()
    {
        await using LocalTable table = await LocalTable.CreateAsync(new("a", AdxType.Long), new("b", AdxType.String), new("c", AdxType.Long));
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows([table.Columns[2], table.Columns[0]]).Add(3, 1);
        await table.FinishAsync(await session.CompleteAsync());
        Assert.Equal([1L, "", 3L], Assert.Single(await table.RowsAsync()));
    }

    [Fact]
    public async Task Values_of_unknown_type_are_left_to_the_service()
    {
        await using LocalTable table = await LocalTable.CreateAsync(new("a", AdxType.Real), new("b", AdxType.DateTime), new("c", AdxType.String));
        await using IngestionSession session = await table.StartAsync();
        AdxColumn[] guessed = [new("a", AdxType.String), new("b", AdxType.String), new("c", AdxType.Long)];
        session.OpenRows(guessed, typesAreKnown: false).Add(0.5f, new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc), "no number");
        AdxIngestion sent = await session.CompleteAsync();
        Assert.Equal(0, sent.RejectedRows);
        await table.FinishAsync(sent);
        Assert.Equal([0.5, new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc), "no number"], Assert.Single(await table.RowsAsync()));
    }

    /// <summary>Data that does not compress makes a blob of several blocks.</summary>
    [Fact]
    public async Task A_batch_of_several_blocks_arrives_whole()
    {
        const int Rows = 200;
        await using LocalTable table = await LocalTable.CreateAsync(new("n", AdxType.Long), new("text", AdxType.String));
        string[] texts = [.. Enumerable.Range(0, Rows).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)))];
        await using IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = 0; row < Rows; row++)
            intake.Add(row, texts[row]);
        AdxIngestion sent = await session.CompleteAsync();
        AdxIngestionBatch batch = Assert.Single(sent.Batches);
        Assert.True(batch.SentBytes > 8 * 1024 * 1024);
        Assert.True(table.Count("PUT", "/storage/") >= 4);
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    [Fact]
    public async Task Files_and_rows_go_into_one_ingestion()
    {
        await using LocalTable table = await LocalTable.CreateAsync(new("n", AdxType.Long), new("text", AdxType.String));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            await File.WriteAllTextAsync(path, "n,text\r\n1,\"a\nb\"\r\n2,c", Stop);
            await using IngestionSession session = await table.StartAsync();
            session.OpenFiles().Add(new FileIngestion { Path = path, IgnoreFirstRecord = true });
            session.OpenRows(table.Columns).Add(3, "d");
            AdxIngestion sent = await session.CompleteAsync();
            Assert.Equal((3, 2), (sent.Rows, sent.Batches.Count));
            await table.FinishAsync(sent);
            Assert.Equal(["1 a\nb", "2 c", "3 d"], (await table.RowsAsync()).Select(static row => $"{row[0]} {row[1]}").Order());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_bad_file_queues_nothing_takes_its_blobs_back_and_does_not_hinder_the_next()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        string bad = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        string good = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            await File.WriteAllTextAsync(bad, string.Concat(Enumerable.Range(0, 100).Select(static row => row + "\n")) + "\"open", Stop);
            await File.WriteAllTextAsync(good, "1\n2\n3\n", Stop);
            await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 10 });
            session.OpenFiles().Add(new FileIngestion { Path = bad });
            FileRejected? rejected = null;
            await Eventually.HoldsAsync(() => session.TryTakeEvent(out IngestionEvent? happened) && (rejected = happened as FileRejected) is not null, "the file is refused");
            Assert.Equal((bad, "AdxFileTruncated"), (rejected!.File.Path, rejected.Failure.ErrorId));
            Assert.Equal(0, table.Posts);
            Assert.Equal(10, table.Count("PUT", "/storage/"));
            Assert.Empty(table.BlobsLeft(session.Snapshot()));

            session.OpenFiles().Add(new FileIngestion { Path = good });
            AdxIngestion sent = await session.CompleteAsync();
            Assert.Equal(3, sent.Rows);
            await table.FinishAsync(sent);
            Assert.Equal(3, (await table.RowsAsync()).Count);
        }
        finally
        {
            File.Delete(bad);
            File.Delete(good);
        }
    }

    [Fact]
    public async Task The_format_must_be_known()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        await using IngestionSession session = await table.StartAsync();
        string file = Path.GetTempFileName();
        try
        {
            session.OpenFiles().Add(new FileIngestion { Path = file });
            Assert.Equal(AdxIngestionStatus.Empty, (await session.CompleteAsync()).Status);
            Assert.True(session.TryTakeEvent(out IngestionEvent? happened));
            Assert.Equal("AdxFormatUnknown", Assert.IsType<FileRejected>(happened).Failure.ErrorId);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_services_refusal_of_a_batch_is_told()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows([new AdxColumn("missing", AdxType.Long)]).Add(1);
        AdxIngestion ingestion = await table.FinishAsync(await session.CompleteAsync());
        AdxIngestionBatch batch = Assert.Single(ingestion.Batches);
        Assert.Equal((AdxIngestionStatus.Failed, "BadRequest_InconsistentMapping", true), (batch.Status, batch.ErrorCode, batch.IsPermanent));
        Assert.Contains("missing", batch.Error, StringComparison.Ordinal);
        Assert.Equal(AdxIngestionStatus.Failed, ingestion.Status);
    }

    [Fact]
    public async Task Many_small_batches_go_in_few_requests()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 5 });
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = 0; row < 2_000; row++)
            intake.Add(row);
        AdxIngestion sent = await session.CompleteAsync();
        Assert.Equal(400, sent.Batches.Count);
        Assert.All(sent.Batches.GroupBy(static batch => batch.OperationId), static group => Assert.InRange(group.Count(), 1, 20));
        Assert.Equal(sent.Batches.Select(static batch => batch.OperationId).Distinct().Count(), table.Posts);
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        Assert.Equal(2_000, (await table.RowsAsync()).Select(static row => row[0]).Distinct().Count());
    }

    [Fact]
    public async Task Rows_can_be_opened_once_only()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(table.Columns);
        Assert.Throws<InvalidOperationException>(() => session.OpenRows(table.Columns));
    }

    [Fact]
    public async Task Disposing_without_completing_sends_nothing_and_may_be_done_twice()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = 0; row < 5_000; row++)
            intake.Add(row);
        await session.DisposeAsync().AsTask().EndsAsync();
        await session.DisposeAsync().AsTask().EndsAsync();
        Assert.Equal((0, 0), (table.Posts, table.Count("PUT", "/storage/")));
        Assert.Equal(AdxIngestionStatus.Empty, session.Snapshot().Status);
    }

    [Fact]
    public async Task A_file_counts_as_done_when_it_has_been_read_and_not_when_it_is_handed_over()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "1,a\n2,b\n", Stop);
        try
        {
            await using LocalTable table = await LocalTable.CreateAsync(new AdxColumn("n", AdxType.Long), new AdxColumn("s", AdxType.String));
            var release = new TaskCompletionSource();
            await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 1, ThrottleLimit = 1 });
            table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, HoldUntil = release.Task });
            FileIntake files = session.OpenFiles();
            for (int file = 0; file < 2; file++)
                files.Add(new FileIngestion { Path = path, Format = AdxDataFormat.Csv });
            await Eventually.HoldsAsync(() => table.Count("PUT", "/storage") > 0, "the first file is on its way");
            Assert.Equal(0, session.Progress.Files);
            release.SetResult();
            AdxIngestion sent = await session.CompleteAsync().EndsAsync();
            Assert.Equal((2L, 4L), (session.Progress.Files, sent.Rows));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Cancellation_in_the_middle_ends_everything()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 1_000 }, cancel.Token);
        RowIntake intake = session.OpenRows(table.Columns);
        Task producer = Task.Run(() =>
        {
            for (long row = 0; ; row++)
                intake.Add(row);
        }, Stop);
        await Eventually.HoldsAsync(() => session.Snapshot().Batches.Count > 3, "some batches are accepted");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => producer.EndsAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.CompleteAsync().EndsAsync());
        await session.DisposeAsync().AsTask().EndsAsync();
        int posts = table.Posts;
        AdxIngestion accepted = await table.FinishAsync(session.Snapshot());
        Assert.Equal(AdxIngestionStatus.Succeeded, accepted.Status);
        Assert.True((await table.RowsAsync()).Count >= accepted.Rows);
        Assert.Equal(posts, table.Posts);
    }
}
