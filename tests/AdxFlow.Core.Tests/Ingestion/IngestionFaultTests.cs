using System.Security.Cryptography;
using AdxFlow.Adx;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>What breaks on the way, and what is in the table afterwards.</summary>
public sealed class IngestionFaultTests
{
    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long), new("text", AdxType.String)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<LocalFaultTarget, int, bool, bool> Transient
    {
        get
        {
            var faults = new TheoryData<LocalFaultTarget, int, bool, bool>();
            foreach (LocalFaultTarget target in (LocalFaultTarget[])[LocalFaultTarget.Configuration, LocalFaultTarget.BlobUpload, LocalFaultTarget.BlockList, LocalFaultTarget.QueuedPost, LocalFaultTarget.Status])
            {
                foreach (bool after in (bool[])[false, true])
                {
                    // Not a lost answer to the post: see the test of its own.
                    if (after && target == LocalFaultTarget.QueuedPost)
                        continue;
                    faults.Add(target, 503, false, after);
                    faults.Add(target, 429, false, after);
                    faults.Add(target, 500, false, after);
                    faults.Add(target, 0, true, after);
                }
            }
            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task A_transient_fault_is_overcome_and_every_row_arrives_once(LocalFaultTarget target, int status, bool abort, bool after)
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = target, Count = 2, StatusCode = abort ? 503 : status, Abort = abort, AfterAction = after });
        // A first batch of two blocks, so that there is a block list, and a second batch of one request.
        string[] texts = [.. Enumerable.Range(0, 80).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)))];
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 75 });
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = 0; row < texts.Length; row++)
            intake.Add(row, texts[row]);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        AdxIngestion finished = await table.FinishAsync(sent);
        Assert.Equal(AdxIngestionStatus.Succeeded, finished.Status);
        Assert.Equal(2, finished.Batches.Count);
        Assert.Equal(sent.Batches.Select(static batch => batch.SourceId), finished.Batches.Select(static batch => batch.SourceId));
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    /// <summary>The pipeline's own wait is some milliseconds here, so a second can only have come from Retry-After.</summary>
    [Theory]
    [InlineData(LocalFaultTarget.BlobUpload)]
    [InlineData(LocalFaultTarget.QueuedPost)]
    public async Task A_service_that_asks_to_wait_is_waited_for(LocalFaultTarget target)
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = target, StatusCode = 429, RetryAfter = TimeSpan.FromSeconds(1) });
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(table.Columns).Add(1, "a");
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.True(sent.Elapsed >= TimeSpan.FromSeconds(0.9));
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
    }

    [Theory]
    [InlineData(LocalFaultTarget.BlobUpload, "AdxThrottled")]
    [InlineData(LocalFaultTarget.QueuedPost, "AdxServiceError")]
    public async Task A_fault_that_does_not_end_ends_the_session(LocalFaultTarget target, string errorId)
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = target, Count = 1_000 });
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(table.Columns).Add(1, "a");
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
        Assert.Equal((errorId, false), (failure.ErrorId, failure.IsPermanent));
        await session.DisposeAsync().AsTask().EndsAsync();
        Assert.Empty(table.BlobsLeft(session.Snapshot()));
        Assert.Empty(await table.RowsAsync());
    }

    /// <summary>
    /// The service has taken the batch and its answer is lost, so it comes twice: that is what at least once means. It comes
    /// with the same source id and the same blob, so that the second finds the blob gone if the first was through.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_post_whose_answer_is_lost_comes_again_and_its_rows_are_not_lost(bool abort)
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, Abort = abort, AfterAction = true });
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(table.Columns).Add(1, "a");
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((1, 2), (sent.Batches.Count, table.Posts));
        await table.FinishAsync(sent);
        Assert.Contains(await table.RowsAsync(), static row => (long)row[0]! == 1);
    }

    [Fact]
    public async Task A_refused_post_ends_the_session_with_its_reason_and_takes_the_blobs_back()
    {
        for (int round = 0; round < 20; round++)
        {
            await using LocalTable table = await LocalTable.CreateAsync(Columns);
            await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 100 });
            RowIntake intake = session.OpenRows(table.Columns);
            table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, StatusCode = 403, Count = 1_000 });
            Task producer = Task.Run(() =>
            {
                for (long row = 0; ; row++)
                    intake.Add(row, "x");
            }, Stop);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => producer.EndsAsync());
            // The moment at which the producer is let go is not the one at which the workers have ended.
            AdxException failure = await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
            Assert.Equal("AdxForbidden", failure.ErrorId);
            await session.DisposeAsync().AsTask().EndsAsync();
            Assert.Empty(session.Snapshot().Batches);
            Assert.Empty(table.BlobsLeft(session.Snapshot()));
        }
    }

    /// <summary>
    /// Between the refusal and the end of the workers there is time, here that of an upload without an answer. Who completes the
    /// session just then hears the reason as well.
    /// </summary>
    [Fact]
    public async Task Completing_while_a_refused_session_winds_up_tells_the_reason()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = RowBlock.Capacity });
        RowIntake intake = session.OpenRows(table.Columns);
        var posting = new TaskCompletionSource();
        var uploading = new TaskCompletionSource();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, HoldUntil = posting.Task });
        for (int row = 0; row < RowBlock.Capacity; row++)
            intake.Add(row, "first batch");
        await Eventually.HoldsAsync(() => table.Posts == 1, "the first batch is posted");
        int uploads = table.Count("PUT", "/storage");
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, HoldUntil = uploading.Task });
        for (int row = 0; row < RowBlock.Capacity + 1; row++)
            intake.Add(row, "second batch, and a row that waits");
        await Eventually.HoldsAsync(() => table.Count("PUT", "/storage") > uploads, "the second batch is on its way");
        // The post goes on, and finds no table any more.
        await new AdxTables(new AdxClient(table.Connection)).DropAsync(LocalTable.Name, cancellationToken: Stop);
        posting.SetResult();
        await intake.Blocks.Completion.EndsAsync();
        Task<AdxIngestion> completing = session.CompleteAsync();
        uploading.SetResult();
        Assert.Equal("AdxTableNotFound", (await Assert.ThrowsAsync<AdxException>(() => completing.EndsAsync())).ErrorId);
        await session.DisposeAsync().AsTask().EndsAsync();
        Assert.Empty(table.BlobsLeft(session.Snapshot()));
    }

    [Fact]
    public async Task What_was_accepted_before_the_refusal_stays_told()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = RowBlock.Capacity });
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = 0; row < RowBlock.Capacity; row++)
            intake.Add(row, "x");
        await Eventually.HoldsAsync(() => session.Snapshot().Batches.Count == 1, "the first batch is accepted");
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, StatusCode = 403, Count = 1_000 });
        for (int row = 0; row < RowBlock.Capacity; row++)
            intake.Add(row, "y");
        await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
        await session.DisposeAsync();
        AdxIngestion accepted = session.Snapshot();
        Assert.Equal(RowBlock.Capacity, accepted.Rows);
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(accepted)).Status);
        Assert.All(await table.RowsAsync(), static row => Assert.Equal("x", row[1]));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_told()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        await using IngestionSession session = await table.StartAsync(static request => request with { Table = "None" });
        session.OpenRows(table.Columns).Add(1, "a");
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
        Assert.Equal("AdxTableNotFound", failure.ErrorId);
        await session.DisposeAsync();
        Assert.Empty(table.BlobsLeft(session.Snapshot()));
    }

    [Theory]
    [InlineData(LocalFaultTarget.BlobUpload)]
    [InlineData(LocalFaultTarget.BlockList)]
    public async Task A_refused_upload_ends_the_session_and_queues_nothing(LocalFaultTarget target)
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = target, StatusCode = 403, Count = 1_000 });
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 100 });
        RowIntake intake = session.OpenRows(table.Columns);
        Task producer = Task.Run(() =>
        {
            var random = new Random(1);
            byte[] bytes = new byte[60_000];
            for (long row = 0; ; row++)
            {
                random.NextBytes(bytes);
                intake.Add(row, Convert.ToBase64String(bytes));
            }
        }, Stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => producer.EndsAsync());
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
        Assert.Equal("AdxUploadRefused", failure.ErrorId);
        Assert.DoesNotContain("sig=", failure.ToString(), StringComparison.Ordinal);
        await session.DisposeAsync().AsTask().EndsAsync();
        Assert.Equal(0, table.Posts);
    }

    [Fact]
    public async Task A_principal_without_the_right_to_ingest_is_told_at_once()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Configuration, StatusCode = 403 });
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => table.StartAsync());
        Assert.Equal("AdxForbidden", failure.ErrorId);
        Assert.Contains("Ingestor", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, table.Count("GET", "/ingestion/configuration"));
    }

    [Fact]
    public async Task A_service_that_is_gone_ends_the_session()
    {
        LocalTable table = await LocalTable.CreateAsync(Columns);
        await using IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(table.Columns);
        intake.Add(1, "a");
        await table.DisposeAsync();
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
        Assert.Equal("AdxConnectionFailed", failure.ErrorId);
        await session.DisposeAsync().AsTask().EndsAsync();
    }

    /// <summary>It was away for longer than one request tries.</summary>
    [Fact]
    public async Task A_status_that_cannot_be_asked_for_a_moment_is_asked_for_again()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(table.Columns).Add(1, "a");
        AdxIngestion sent = await session.CompleteAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Status, Count = 7 });
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
    }

    [Fact]
    public async Task Status_that_cannot_be_asked_for_is_told()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(table.Columns).Add(1, "a");
        AdxIngestion sent = await session.CompleteAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Status, StatusCode = 403 });
        Assert.Equal("AdxForbidden", (await Assert.ThrowsAsync<AdxException>(() => table.FinishAsync(sent))).ErrorId);
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
    }
}
