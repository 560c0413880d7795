using System.Text;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.Core.Tests.Ingestion.Rows;

public sealed class CsvRowEncoderTests
{
    [Fact]
    public void Rows_are_lines_of_fields()
    {
        using EncodedBlock block = Cell.Encode([AdxType.Long, AdxType.String, AdxType.Bool], [1, "a", true], [2, "b,c", false]);
        Assert.Equal("1,a,true\n2,\"b,c\",false\n", Cell.Text(block));
        Assert.Equal(2, block.Rows);
        Assert.Null(block.Rejected);
    }

    [Fact]
    public void Null_is_an_empty_field_and_so_is_an_empty_string()
    {
        // A string column of ADX knows no null: an absent text is the empty one.
        using EncodedBlock block = Cell.Encode([AdxType.String, AdxType.Long, AdxType.String], [null, null, ""]);
        Assert.Equal(",,\n", Cell.Text(block));
    }

    [Fact]
    public void Null_and_empty_string_differ_in_a_dynamic_column()
    {
        using EncodedBlock block = Cell.Encode([AdxType.Long, AdxType.Dynamic], [1, null], [2, ""]);
        Assert.Equal("1,\n2,\"\"\"\"\"\"\n", Cell.Text(block));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_empty_row_of_one_column_is_still_a_record(string? value)
    {
        using EncodedBlock block = Cell.Encode([AdxType.String], ["a"], [value], ["b"]);
        Assert.Equal("a\n\"\"\nb\n", Cell.Text(block));
        Assert.Equal(3, block.Rows);
    }

    [Fact]
    public void A_rejected_row_leaves_no_byte_and_the_next_one_is_whole()
    {
        using EncodedBlock block = Cell.Encode([AdxType.String, AdxType.Int], ["first", 1], ["second", "no number"], ["third", 3], [4, 1.5], ["fifth", 5]);
        Assert.Equal("first,1\nthird,3\nfifth,5\n", Cell.Text(block));
        Assert.Equal(3, block.Rows);
        Assert.Equal([2L, 4L], block.Rejected!.Select(static row => row.Row));
        Assert.All(block.Rejected!, static row => Assert.Equal("c1", row.Column.Name));
        Assert.Contains("'no number' (String) is no int", block.Rejected![0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_rejected_behind_quotes_and_large_cells_leaves_no_byte()
    {
        using EncodedBlock block = Cell.Encode([AdxType.String, AdxType.Guid], [new string('"', 100_000), "none"], ["ok", Guid.Empty]);
        Assert.Equal("ok,00000000-0000-0000-0000-000000000000\n", Cell.Text(block));
    }

    [Fact]
    public void A_value_that_throws_when_it_is_written_rejects_its_row_alone()
    {
        using EncodedBlock block = Cell.Encode([AdxType.Long, AdxType.String], [1, "a"], [2, new Unwritable()], [3, "c"]);
        Assert.Equal("1,a\n3,c\n", Cell.Text(block));
        RejectedRow rejected = Assert.Single(block.Rejected!);
        Assert.Equal(2, rejected.Row);
        Assert.Equal("c1", rejected.Column.Name);
        Assert.Contains("will not be written", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_value_is_cut_in_the_reason()
    {
        using EncodedBlock block = Cell.Encode([AdxType.Int], [new string('x', 10_000)]);
        Assert.InRange(block.Rejected![0].Reason.Length, 64, 200);
    }

    [Fact]
    public void Slices_are_whole_rows()
    {
        using EncodedBlock block = Cell.Encode([AdxType.String], ["a"], ["bb"], ["ccc"]);
        Assert.Equal("a\n", Encoding.UTF8.GetString(block.Slice(0, 1).Span));
        Assert.Equal("bb\nccc\n", Encoding.UTF8.GetString(block.Slice(1, 3).Span));
        Assert.True(block.Slice(2, 2).IsEmpty);
    }

    // The rows end at bytes 2, 5 and 9.
    [Theory]
    [InlineData(0, 10, 100, 3)]
    [InlineData(0, 2, 100, 2)]
    [InlineData(0, 10, 9, 3)]
    [InlineData(0, 10, 8, 2)]
    [InlineData(0, 10, 5, 2)]
    [InlineData(0, 10, 4, 1)]
    [InlineData(0, 10, 2, 1)]
    [InlineData(0, 10, 1, 0)]
    [InlineData(0, 10, 0, 0)]
    [InlineData(0, 0, 100, 0)]
    [InlineData(1, 10, 3, 1)]
    [InlineData(1, 10, 6, 1)]
    [InlineData(1, 10, 7, 2)]
    [InlineData(2, 10, 3, 0)]
    [InlineData(2, 10, 4, 1)]
    [InlineData(3, 10, 100, 0)]
    [InlineData(0, long.MaxValue, long.MaxValue / 2, 3)]
    public void As_many_rows_fit_as_the_limits_allow(int first, long rows, long bytes, int expected)
    {
        using EncodedBlock block = Cell.Encode([AdxType.String], ["a"], ["bb"], ["ccc"]);
        Assert.Equal(expected, block.CountThatFit(first, rows, bytes));
    }

    private sealed class Unwritable
    {
        public override string ToString() => throw new InvalidOperationException("This will not be written.");
    }
}
