using System.Text;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.Core.Tests.Ingestion.Rows;

public sealed class RowIntakeTests
{
    private static readonly AdxColumn[] Number = [new("n", AdxType.Long)];
    private static readonly AdxColumn[] Pair = [new("a", AdxType.String), new("b", AdxType.String)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(RowBlock.Capacity - 1)]
    [InlineData(RowBlock.Capacity)]
    [InlineData(RowBlock.Capacity + 1)]
    [InlineData(5 * RowBlock.Capacity + 3)]
    public async Task Rows_come_out_in_the_order_in_which_they_went_in(int rows)
    {
        var intake = new RowIntake(Number, typesAreKnown: true, blocksUnderWay: 16, Stop);
        for (long row = 0; row < rows; row++)
            intake.Add(row);
        intake.Complete();
        Assert.Equal(rows, intake.Rows);
        Assert.Equal(Enumerable.Range(0, rows).Select(static row => (long)row), await ReadAllAsync(intake));
    }

    [Fact]
    public async Task A_block_is_handed_on_when_it_is_full_and_not_before()
    {
        var intake = new RowIntake(Number, typesAreKnown: true, blocksUnderWay: 4, Stop);
        for (int row = 0; row < RowBlock.Capacity - 1; row++)
            intake.Add(row);
        Assert.False(intake.Blocks.TryRead(out _));
        intake.Add(0);
        Assert.True(intake.Blocks.TryRead(out Task<EncodedBlock>? encoding));
        using EncodedBlock block = await encoding!;
        Assert.Equal(RowBlock.Capacity, block.Rows);
        Assert.Null(intake.TakeOpen());
    }

    [Fact]
    public async Task A_block_of_long_rows_is_handed_on_before_it_takes_the_memory()
    {
        var intake = new RowIntake(Pair, typesAreKnown: true, blocksUnderWay: 4, Stop);
        string text = new('x', 400_000);
        intake.Add(text, "a");
        Assert.False(intake.Blocks.TryRead(out _));
        intake.Add("b", text);
        intake.Add(text, "c");
        Assert.True(intake.Blocks.TryRead(out Task<EncodedBlock>? encoding));
        using (EncodedBlock block = await encoding!)
            Assert.Equal(3, block.Rows);
        intake.Add("short", "again");
        Assert.False(intake.Blocks.TryRead(out _));
    }

    [Fact]
    public void The_open_rows_can_be_taken_once_and_the_next_row_begins_anew()
    {
        var intake = new RowIntake(Number, typesAreKnown: true, blocksUnderWay: 4, Stop);
        intake.Add(1);
        intake.Add(2);
        using (EncodedBlock taken = intake.Encode(intake.TakeOpen()!))
            Assert.Equal("1\n2\n", Cell.Text(taken));
        Assert.Null(intake.TakeOpen());
        intake.Add(3);
        RowBlock next = intake.TakeOpen()!;
        Assert.Equal(3, next.FirstRow);
        using EncodedBlock last = intake.Encode(next);
        Assert.Equal("3\n", Cell.Text(last));
    }

    [Fact]
    public void A_block_that_is_being_filled_cannot_be_taken()
    {
        var intake = new RowIntake(Number, typesAreKnown: true, blocksUnderWay: 4, Stop);
        intake.Add(1);
        intake.BeginRow()[0] = 2;
        Assert.Null(intake.TakeOpen());
        intake.EndRow();
        Assert.Equal(2, intake.TakeOpen()!.Count);
    }

    [Fact]
    public async Task A_row_that_was_begun_and_not_ended_does_not_count_and_loses_no_other()
    {
        var intake = new RowIntake(Pair, typesAreKnown: true, blocksUnderWay: 4, Stop);
        intake.Add("1", "one");
        Span<object?> cells = intake.BeginRow();
        cells[0] = "abandoned";
        cells[1] = "abandoned";
        intake.Complete();
        Assert.Equal(1, intake.Rows);
        Assert.Equal("1,one\n", await ReadTextAsync(intake));
    }

    [Fact]
    public async Task Cells_of_a_row_that_was_begun_and_not_ended_do_not_show_in_the_next()
    {
        var intake = new RowIntake(Pair, typesAreKnown: true, blocksUnderWay: 4, Stop);
        intake.Add("1", "one");
        intake.BeginRow().Fill("abandoned");
        intake.BeginRow()[0] = "2";
        intake.EndRow();
        intake.Complete();
        Assert.Equal("1,one\n2,\n", await ReadTextAsync(intake));
    }

    [Fact]
    public void A_row_of_another_width_is_refused_and_adds_nothing()
    {
        var intake = new RowIntake(Pair, typesAreKnown: true, blocksUnderWay: 4, Stop);
        Assert.Throws<ArgumentException>(() => intake.Add("only one"));
        Assert.Throws<ArgumentException>(() => intake.Add("a", "b", "c"));
        Assert.Equal(0, intake.Rows);
        Assert.Null(intake.TakeOpen());
    }

    [Fact]
    public async Task Rejected_rows_keep_their_numbers_over_blocks()
    {
        var intake = new RowIntake(Number, typesAreKnown: true, blocksUnderWay: 16, Stop);
        const int Rows = 3 * RowBlock.Capacity;
        for (int row = 1; row <= Rows; row++)
            intake.Add(row % 500 == 0 ? "bad" : row);
        intake.Complete();
        var rejected = new List<long>();
        await foreach (Task<EncodedBlock> encoding in intake.Blocks.ReadAllAsync(Stop))
        {
            using EncodedBlock block = await encoding;
            rejected.AddRange(block.Rejected?.Select(static row => row.Row) ?? []);
        }
        Assert.Equal([500L, 1000L, 1500L], rejected);
    }

    /// <summary>
    /// The timer takes what is open while rows are added: whatever the interleaving, each row comes out once, and none of its
    /// cells belongs to another.
    /// </summary>
    [Fact]
    public async Task No_row_is_lost_or_doubled_when_the_open_block_is_taken_while_rows_are_added()
    {
        AdxColumn[] columns = [new("n", AdxType.Long), new("same", AdxType.Long)];
        const int Rows = 200_000;
        for (int round = 0; round < 5; round++)
        {
            var intake = new RowIntake(columns, typesAreKnown: true, blocksUnderWay: 4, Stop);
            int taken = 0;
            Task producer = Task.Run(() =>
            {
                for (long row = 0; row < Rows; row++)
                {
                    intake.Add(row, row);
                    // Now and then the open block has to be taken before this goes on, else a fast producer would race nobody.
                    if (row % 9_999 == 1)
                        // Only behind the first rows it is certain that there is one, and not a block that has just filled.
                        SpinWait.SpinUntil(() => Volatile.Read(ref taken) > row / 9_999, row == 1 ? Eventually.Limit : TimeSpan.FromMilliseconds(100));
                }
                intake.Complete();
            }, Stop);
            var seen = new bool[Rows];
            Task<bool>? more = null;
            do
            {
                if (intake.TakeOpen() is { } open)
                {
                    Interlocked.Increment(ref taken);
                    using EncodedBlock block = intake.Encode(open);
                    Mark(block, seen);
                }
                while (intake.Blocks.TryRead(out Task<EncodedBlock>? encoding))
                {
                    using EncodedBlock block = await encoding;
                    Mark(block, seen);
                }
                if (more is { IsCompleted: true })
                    more = null;
                more ??= intake.Blocks.WaitToReadAsync(Stop).AsTask();
            }
            while (!more.IsCompleted || await more);
            await producer;
            Assert.True(taken > 0);
            Assert.Equal(-1, Array.IndexOf(seen, false));
        }
    }

    [Fact]
    public async Task A_stalled_consumer_makes_the_producer_wait_and_reading_lets_it_go_on()
    {
        const int UnderWay = 3;
        var intake = new RowIntake(Number, typesAreKnown: true, UnderWay, Stop);
        using var waits = new ManualResetEventSlim();
        Task producer = Task.Factory.StartNew(() =>
        {
            for (int row = 0; row < (UnderWay + 1) * RowBlock.Capacity - 1; row++)
                intake.Add(row);
            waits.Set();
            // This row fills a block that nobody has room for.
            intake.Add(-1);
            intake.Complete();
        }, Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        waits.Wait(Stop);
        await Eventually.HoldsAsync(() => !producer.IsCompleted && intake.Blocks.Count == UnderWay, "the producer waits");

        List<long> rows = await ReadAllAsync(intake);
        await producer;
        Assert.Equal((UnderWay + 1) * RowBlock.Capacity, rows.Count);
        Assert.Equal(-1, rows[^1]);
    }

    [Fact]
    public async Task Cancellation_ends_the_producers_wait()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var intake = new RowIntake(Number, typesAreKnown: true, blocksUnderWay: 1, cancel.Token);
        Task producer = Task.Factory.StartNew(() =>
        {
            while (true)
                intake.Add(1);
        }, Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Eventually.HoldsAsync(() => intake.Rows == 2 * RowBlock.Capacity, "the producer waits");
        Assert.False(producer.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => producer.EndsAsync());
        Assert.Equal(2 * RowBlock.Capacity, intake.Rows);
    }

    [Fact]
    public async Task A_failure_behind_the_intake_ends_the_producers_wait()
    {
        var intake = new RowIntake(Number, typesAreKnown: true, blocksUnderWay: 1, Stop);
        Task producer = Task.Factory.StartNew(() =>
        {
            while (true)
                intake.Add(1);
        }, Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Eventually.HoldsAsync(() => intake.Rows == 2 * RowBlock.Capacity, "the producer waits");
        intake.Fail();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => producer.EndsAsync());
    }

    private static void Mark(EncodedBlock block, bool[] seen)
    {
        foreach (string line in Cell.Text(block).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split(',');
            Assert.Equal(fields[0], fields[1]);
            long row = long.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.False(seen[row]);
            seen[row] = true;
        }
    }

    private static async Task<string> ReadTextAsync(RowIntake intake)
    {
        var text = new StringBuilder();
        await foreach (Task<EncodedBlock> encoding in intake.Blocks.ReadAllAsync(Stop))
        {
            using EncodedBlock block = await encoding;
            text.Append(Cell.Text(block));
        }
        return text.ToString();
    }

    private static async Task<List<long>> ReadAllAsync(RowIntake intake) =>
        [.. (await ReadTextAsync(intake)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => long.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];
}
