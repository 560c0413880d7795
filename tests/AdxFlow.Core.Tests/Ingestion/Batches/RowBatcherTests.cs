using System.Collections.Concurrent;
using System.Text;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.Core.Tests.Ingestion.Batches;

public sealed class RowBatcherTests
{
    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long)];
    private static readonly BatchProperties Properties = new() { Database = "D", Table = "T", Format = AdxDataFormat.Csv };

    private readonly ConcurrentQueue<AdxIngestionBatch> _accepted = new();
    private readonly ConcurrentQueue<RejectedRow> _rejected = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(5000)]
    public async Task A_batch_seals_by_rows_exactly(long batchRows)
    {
        const int Rows = 2000;
        var transport = new MemoryTransport();
        await SendAsync(transport, new IngestionRequest { Table = "T", BatchRows = batchRows, BatchInterval = Timeout.InfiniteTimeSpan }, Rows);
        long[] counts = [.. _accepted.Select(static batch => batch.Rows ?? 0)];
        Assert.Equal(Rows, counts.Sum());
        Assert.Equal((Rows + batchRows - 1) / batchRows, counts.Length);
        Assert.Equal(counts.Length - (Rows % batchRows == 0 ? 0 : 1), counts.Count(count => count == batchRows));
        AssertWhole(transport, Rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(5120)]
    [InlineData(7777)]
    public async Task A_batch_seals_by_bytes_and_is_larger_only_for_a_single_row(long batchBytes)
    {
        const int Rows = 2000;
        var transport = new MemoryTransport();
        // Each row has ten bytes.
        await SendAsync(transport, new IngestionRequest { Table = "T", BatchBytes = batchBytes, BatchInterval = Timeout.InfiniteTimeSpan }, Rows, static row => 100_000_000L + row);
        long perBatch = Math.Max(1, batchBytes / 10);
        long[] counts = [.. _accepted.Select(static batch => batch.Rows ?? 0)];
        Assert.Equal(Rows, counts.Sum());
        Assert.Equal((Rows + perBatch - 1) / perBatch, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 1, perBatch));
    }

    [Fact]
    public async Task The_transports_limit_holds_as_well()
    {
        var transport = new MemoryTransport { MaxBatchBytes = 100 };
        await SendAsync(transport, new IngestionRequest { Table = "T", BatchInterval = Timeout.InfiniteTimeSpan }, 1000, static row => 100_000_000L + row);
        Assert.Equal(100, _accepted.Count);
        Assert.All(_accepted, static batch => Assert.Equal(100, batch.RawBytes));
    }

    [Fact]
    public async Task Sizes_are_exact_and_source_ids_unique()
    {
        var transport = new MemoryTransport();
        await SendAsync(transport, new IngestionRequest { Table = "T", BatchRows = 700, BatchInterval = Timeout.InfiniteTimeSpan }, 10_000);
        Dictionary<Guid, MemoryTransport.MemoryContent> contents = transport.Opened.ToDictionary(static content => content.SourceId);
        Assert.Equal(15, contents.Count);
        foreach (AdxIngestionBatch batch in _accepted)
        {
            MemoryTransport.MemoryContent content = contents[batch.SourceId];
            Assert.Equal(content.Raw().Length, batch.RawBytes);
            Assert.Equal(content.Text.Count('\n'), batch.Rows);
            Assert.Equal(content.Sent, batch.SentBytes);
            Assert.Equal(AdxIngestionStatus.Queued, batch.Status);
            Assert.True(content.IsDisposed);
        }
    }

    [Fact]
    public async Task Without_rows_there_is_no_batch()
    {
        var transport = new MemoryTransport();
        await SendAsync(transport, new IngestionRequest { Table = "T" }, 0);
        Assert.Empty(transport.Opened);
        Assert.Empty(transport.Submissions);
    }

    [Fact]
    public async Task Rows_that_are_all_rejected_make_no_batch()
    {
        var transport = new MemoryTransport();
        await SendAsync(transport, new IngestionRequest { Table = "T" }, 1000, static _ => "no number");
        Assert.Empty(transport.Opened);
        Assert.Equal(Enumerable.Range(1, 1000).Select(static row => (long)row), _rejected.Select(static row => row.Row));
    }

    [Fact]
    public async Task Rejected_rows_are_missing_from_the_batches_and_nothing_else_is()
    {
        var transport = new MemoryTransport();
        await SendAsync(transport, new IngestionRequest { Table = "T", BatchRows = 100, BatchInterval = Timeout.InfiniteTimeSpan }, 3000, static row => row % 7 == 3 ? "bad" : row);
        string expected = string.Concat(Enumerable.Range(0, 3000).Where(static row => row % 7 != 3).Select(static row => row + "\n"));
        Assert.Equal(expected, string.Concat(transport.Texts));
        Assert.Equal(3000 - _rejected.Count, _accepted.Sum(static batch => batch.Rows));
    }

    /// <summary>Nobody adds a further row: only the clock can seal.</summary>
    [Fact]
    public async Task A_batch_seals_by_the_clock_when_the_producer_is_idle()
    {
        var transport = new MemoryTransport();
        // Both are there before the clock runs: it may go off between any two rows.
        var intake = new RowIntake(Columns, typesAreKnown: true, blocksUnderWay: 8, Stop);
        intake.Add(1);
        intake.Add(2);
        await using Run run = Start(transport, new IngestionRequest { Table = "T", BatchInterval = TimeSpan.FromMilliseconds(50) }, intake: intake);
        await Eventually.HoldsAsync(() => _accepted.Count == 1, "the first batch is accepted");
        run.Intake.Add(3);
        await Eventually.HoldsAsync(() => _accepted.Count == 2, "the second batch is accepted");
        Assert.Equal(["1\n2\n", "3\n"], transport.Texts);
        Assert.False(run.Batching.IsCompleted);
    }

    [Fact]
    public async Task A_batch_that_the_clock_sealed_and_that_cannot_be_sent_ends_the_batching_though_no_row_comes()
    {
        var transport = new MemoryTransport { OnCommit = static _ => Task.FromException(new AdxException("AdxThrottled", AdxErrorKind.Throttled, "Busy.")) };
        await using Run run = Start(transport, new IngestionRequest { Table = "T", BatchInterval = TimeSpan.FromMilliseconds(10) });
        run.Intake.Add(1);
        Assert.Equal("AdxThrottled", (await Assert.ThrowsAsync<AdxException>(() => run.Batching.EndsAsync())).ErrorId);
    }

    [Fact]
    public async Task A_batch_of_full_blocks_seals_by_the_clock_with_the_rows_that_wait_behind_them()
    {
        var transport = new MemoryTransport();
        await using Run run = Start(transport, new IngestionRequest { Table = "T", BatchInterval = TimeSpan.FromMilliseconds(50) });
        for (int row = 0; row < RowBlock.Capacity + 5; row++)
            run.Intake.Add(row);
        await Eventually.HoldsAsync(() => _accepted.Sum(static batch => batch.Rows) == RowBlock.Capacity + 5, "every row is accepted");
    }

    /// <summary>While blocks come one right after the other there is no moment in which the batcher waits; the clock counts all the same.</summary>
    [Fact]
    public async Task A_batch_seals_by_the_clock_under_a_steady_flow()
    {
        var interval = TimeSpan.FromMilliseconds(50);
        var transport = new MemoryTransport();
        var intake = new RowIntake(Columns, typesAreKnown: true, blocksUnderWay: 8, Stop);
        for (int row = 0; row < 4 * RowBlock.Capacity; row++)
            intake.Add(row);
        long filled = Environment.TickCount64;
        await Eventually.HoldsAsync(() => Environment.TickCount64 - filled > interval.TotalMilliseconds, "the blocks are old");
        await using Run run = Start(transport, new IngestionRequest { Table = "T", BatchInterval = interval }, intake: intake);
        await Eventually.HoldsAsync(() => _accepted.Sum(static batch => batch.Rows) == 4 * RowBlock.Capacity, "every row is accepted");
        Assert.Equal(4, _accepted.Count);
    }

    [Fact]
    public async Task Without_an_interval_nothing_seals_before_the_end()
    {
        var transport = new MemoryTransport();
        await using Run run = Start(transport, new IngestionRequest { Table = "T", BatchInterval = Timeout.InfiniteTimeSpan });
        run.Intake.Add(1);
        run.Intake.Complete();
        await run.EndAsync();
        Assert.Equal("1\n", Assert.Single(transport.Texts));
    }

    /// <summary>The clock takes the open rows while full blocks come in: batches one after the other must still give the rows in order.</summary>
    [Fact]
    public async Task Rows_stay_in_order_when_the_clock_seals_between()
    {
        var transport = new MemoryTransport();
        const int Rows = 400_000;
        // So short that the clock goes off as often as it can.
        await using Run run = Start(transport, new IngestionRequest { Table = "T", BatchInterval = TimeSpan.FromTicks(1) });
        for (long row = 0; row < Rows; row++)
            run.Intake.Add(row);
        run.Intake.Complete();
        await run.EndAsync();
        AssertWhole(transport, Rows);
    }

    [Fact]
    public async Task A_failed_commit_ends_the_batching_with_its_reason_and_leaves_nothing()
    {
        var failure = new AdxException("AdxUploadRefused", AdxErrorKind.PermissionDenied, "no");
        var transport = new MemoryTransport { OnCommit = _ => Task.FromException(failure) };
        await using Run run = Start(transport, new IngestionRequest { Table = "T", BatchRows = 10, BatchInterval = Timeout.InfiniteTimeSpan });
        Task producer = Task.Run(() =>
        {
            while (true)
                run.Intake.Add(1);
        }, Stop);
        Assert.Same(failure, await Assert.ThrowsAsync<AdxException>(() => run.Batching.EndsAsync()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => producer.EndsAsync());
        Assert.All(transport.Opened, static content => Assert.True(content.IsAbandoned && content.IsDisposed));
        Assert.Empty(transport.Submissions);
    }

    [Fact]
    public async Task Cancellation_abandons_the_open_batch()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var transport = new MemoryTransport();
        await using Run run = Start(transport, new IngestionRequest { Table = "T", BatchInterval = Timeout.InfiniteTimeSpan }, cancel.Token);
        for (int row = 0; row < RowBlock.Capacity; row++)
            run.Intake.Add(row);
        await Eventually.HoldsAsync(() => !transport.Opened.IsEmpty, "a batch is open");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Batching.EndsAsync());
        Assert.True(Assert.Single(transport.Opened).IsAbandoned);
        Assert.Empty(transport.Submissions);
    }

    private async Task SendAsync(MemoryTransport transport, IngestionRequest request, int rows, Func<int, object?>? cell = null)
    {
        await using Run run = Start(transport, request);
        for (int row = 0; row < rows; row++)
            run.Intake.Add(cell is null ? row : cell(row));
        run.Intake.Complete();
        await run.EndAsync();
    }

    private Run Start(MemoryTransport transport, IngestionRequest request, CancellationToken? cancel = null, RowIntake? intake = null)
    {
        CancellationToken stop = cancel ?? Stop;
        intake ??= new RowIntake(Columns, typesAreKnown: true, blocksUnderWay: 4, stop);
        var submissions = new SubmissionQueue(transport, Properties, _accepted.Enqueue, stop);
        Task batching = Task.Run(() => new RowBatcher(intake, new DirectBatches(transport, submissions, request), request, _rejected.Enqueue, stop).RunAsync(), Stop);
        return new Run(intake, submissions, batching);
    }

    private static void AssertWhole(MemoryTransport transport, int rows)
    {
        var expected = new StringBuilder();
        for (int row = 0; row < rows; row++)
            expected.Append(row).Append('\n');
        Assert.Equal(expected.ToString(), string.Concat(transport.Texts));
    }

    private sealed record Run(RowIntake Intake, SubmissionQueue Submissions, Task Batching) : IAsyncDisposable
    {
        public async Task EndAsync()
        {
            await Batching.EndsAsync();
            Submissions.Complete();
            await Submissions.Completion.EndsAsync();
        }

        public async ValueTask DisposeAsync()
        {
            Intake.Complete();
            await Batching.ContinueWith(static task => task.Exception, TaskScheduler.Default).EndsAsync();
            Submissions.Complete();
            await Submissions.Completion.ContinueWith(static task => task.Exception, TaskScheduler.Default).EndsAsync();
        }
    }
}
