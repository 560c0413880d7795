using System.Globalization;
using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Tables;

public sealed class TableTests
{
    [Fact]
    public void Rows_are_visible_only_after_commit_and_then_all_at_once()
    {
        Table table = NumberTable();
        TableAppender appender = table.CreateAppender();
        for (int i = 0; i < 200_000; i++)
            AppendNumber(appender, i);

        Assert.Equal(0, table.RowCount);
        Assert.Empty(table.Snapshot());
        appender.Commit(1000);
        Assert.Equal(200_000, table.RowCount);
        Assert.Equal(1000, table.OriginalSize);
        Assert.All(table.Snapshot(), c => Assert.InRange(c.Count, 1, RowChunk.MaxRows));
        Assert.Equal(Enumerable.Range(0, 200_000).Select(i => (long)i), Numbers(table));
    }

    [Fact]
    public void Rollback_and_an_unfinished_row_leave_nothing()
    {
        Table table = NumberTable();
        TableAppender appender = table.CreateAppender();
        AppendNumber(appender, 1);
        appender.Rollback();
        AppendNumber(appender, 2);
        appender.AppendText(0, "3"u8);
        appender.Commit(0);
        Assert.Equal([2L], Numbers(table));
    }

    [Fact]
    public void A_discarded_row_takes_its_nulls_along()
    {
        Table table = NumberTable();
        TableAppender appender = table.CreateAppender();
        appender.AppendNull(0);
        appender.DiscardRow();
        AppendNumber(appender, 5);
        appender.Commit(0);
        Assert.Equal([5L], Numbers(table));
        Assert.False(table.Snapshot()[0][0].IsNull(0));
    }

    [Fact]
    public void The_later_of_two_cells_for_one_column_counts_and_missing_cells_are_null()
    {
        var table = new Table("T", [new Column("a", KustoType.Long), new Column("b", KustoType.Long), new Column("s", KustoType.String)]);
        TableAppender appender = table.CreateAppender();
        appender.AppendText(1, "1"u8);
        appender.AppendText(1, "2"u8);
        appender.EndRow();
        appender.Commit(0);
        RowChunk chunk = table.Snapshot()[0];
        Assert.Equal([null, 2L, ""], chunk.Columns.Select(c => c.GetValue(0)));
    }

    [Fact]
    public void Many_small_commits_merge_into_few_chunks_in_order()
    {
        Table table = NumberTable();
        for (int i = 0; i < 3000; i++)
        {
            TableAppender appender = table.CreateAppender();
            AppendNumber(appender, i);
            appender.Commit(1);
        }

        Assert.InRange(table.Snapshot().Count, 1, 16);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)i), Numbers(table));
        Assert.Equal(3000, table.OriginalSize);
    }

    [Fact]
    public void Nulls_survive_the_merging_of_chunks()
    {
        Table table = NumberTable();
        for (int i = 0; i < 300; i++)
        {
            TableAppender appender = table.CreateAppender();
            if (i % 3 == 0)
                appender.AppendNull(0);
            else
                appender.AppendText(0, "1"u8);
            appender.EndRow();
            appender.Commit(0);
        }

        int row = 0;
        foreach (RowChunk chunk in table.Snapshot())
        {
            for (int i = 0; i < chunk.Count; i++, row++)
                Assert.Equal(row % 3 == 0, chunk[0].IsNull(i));
        }
    }

    [Fact]
    public void Added_columns_are_null_in_old_rows_even_for_an_appender_made_before()
    {
        Table table = NumberTable();
        TableAppender before = table.CreateAppender();
        AppendNumber(before, 1);
        before.Commit(0);
        AppendNumber(before, 2);
        table.MergeColumns([new Column("n", KustoType.Long), new Column("t", KustoType.String), new Column("d", KustoType.DateTime)]);
        before.Commit(0);

        Assert.Equal(["n", "t", "d"], table.Columns.Select(c => c.Name));
        Assert.Equal([1L, 2L], Numbers(table));
        foreach (RowChunk chunk in table.Snapshot())
        {
            Assert.Equal("", chunk[1].GetValue(0));
            Assert.Null(chunk[2].GetValue(0));
        }
    }

    [Fact]
    public void A_column_of_another_type_is_refused_and_nothing_changes()
    {
        Table table = NumberTable();
        var error = Assert.Throws<InvalidOperationException>(() => table.MergeColumns([new Column("x", KustoType.Int), new Column("n", KustoType.String)]));
        Assert.Contains("'n'", error.Message, StringComparison.Ordinal);
        Assert.Single(table.Columns);
    }

    [Fact]
    public void A_snapshot_outlives_clear()
    {
        Table table = NumberTable();
        TableAppender appender = table.CreateAppender();
        AppendNumber(appender, 1);
        appender.Commit(5);
        IReadOnlyList<RowChunk> snapshot = table.Snapshot();
        table.Clear();
        Assert.Equal(0, table.RowCount);
        Assert.Equal(0, table.OriginalSize);
        Assert.Equal(1L, snapshot[0][0].GetValue(0));
    }

    [Fact]
    public async Task Readers_see_whole_commits_while_writers_append()
    {
        Table table = NumberTable();
        const int writers = 4, commits = 50, rowsPerCommit = 100;
        using var stop = new CancellationTokenSource();
        Task reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                long rows = table.Snapshot().Sum(c => (long)c.Count);
                Assert.Equal(0, rows % rowsPerCommit);
            }
        });

        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() =>
        {
            TableAppender appender = table.CreateAppender();
            for (int commit = 0; commit < commits; commit++)
            {
                for (int i = 0; i < rowsPerCommit; i++)
                    AppendNumber(appender, i);
                appender.Commit(1);
            }
        })));
        await stop.CancelAsync();
        await reader;
        Assert.Equal(writers * commits * rowsPerCommit, table.RowCount);
        Assert.Equal(writers * commits, table.OriginalSize);
        Assert.Equal(writers * commits * 4950L, Numbers(table).Sum());
    }

    [Fact]
    public void A_selection_gathers_the_chosen_rows_with_their_nulls()
    {
        var chunk = new RowChunk([new Vector<long>(KustoType.Long, [1, 2, 3, 4], 4, [0b0100])], 4);
        RowChunk selected = chunk.Select([3, 2, 0]);
        Assert.Equal([4L, null, 1L], Enumerable.Range(0, 3).Select(selected[0].GetValue));
        Assert.Equal([4L, null], Enumerable.Range(0, 2).Select(selected.Head(2)[0].GetValue));
    }

    [Fact]
    public void A_result_from_rows_keeps_types_and_nulls()
    {
        var result = ResultSet.FromRows(
            [new Column("a", KustoType.DateTime), new Column("b", KustoType.Dynamic), new Column("c", KustoType.Long)],
            [[new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc), "{\"x\":1}", 1], [null, null, null]]);
        RowChunk chunk = Assert.Single(result.Chunks);
        Assert.Equal(new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc), chunk[0].GetValue(0));
        Assert.Equal("{\"x\":1}", chunk[1].GetValue(0)!.ToString());
        Assert.Equal(1L, chunk[2].GetValue(0));
        Assert.All(chunk.Columns, c => Assert.True(c.IsNull(1)));
    }

    private static Table NumberTable() => new("T", [new Column("n", KustoType.Long)]);

    private static void AppendNumber(TableAppender appender, int value)
    {
        appender.AppendText(0, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        appender.EndRow();
    }

    private static IEnumerable<long> Numbers(Table table)
    {
        foreach (RowChunk chunk in table.Snapshot())
        {
            for (int i = 0; i < chunk.Count; i++)
                yield return chunk[0].Values<long>()[i];
        }
    }
}
