using System.Globalization;
using System.Text;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

/// <summary><c>top</c> and <c>sort</c> over many chunks: rows with equal keys stay in the order in which they came.</summary>
public sealed class OrderTests
{
    private const int Count = 150_000;
    private const int Seed = 20261122;

    // The order is that of UTF-16, in which what lies outside of the first plane comes before the end of that plane.
    private static readonly string[] Beginnings = ["", "e", "é", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffee", "🌍", "🌎", "\U0010ffff"];

    private static readonly Row[] Rows = [.. Make(new Random(Seed))];
    private static readonly Database Database = Fill();

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(3000)]
    [InlineData(20_000)]
    [InlineData(70_000)]
    [InlineData(Count)]
    [InlineData(Count + 1)]
    public void Top_is_the_beginning_of_the_order(int rows)
    {
        Assert.Equal(Expected(Rows.OrderBy(r => r.Real is null ? 2 : double.IsNaN(r.Real.Value) ? 1 : 0).ThenByDescending(r => r.Real)).Take(rows), Ids($"T | top {rows} by r"));
        Assert.Equal(Expected(Rows.OrderBy(r => r.Small is null ? 0 : 1).ThenBy(r => r.Small)).Take(rows), Ids($"T | top {rows} by l asc"));
        Assert.Equal(Expected(Rows.OrderByDescending(r => r.Text, StringComparer.Ordinal)).Take(rows), Ids($"T | top {rows} by s"));
        Assert.Equal(Expected(Rows.OrderBy(r => r.Text, StringComparer.Ordinal)).Take(rows), Ids($"T | top {rows} by s asc"));
        Assert.Equal(Expected(Rows.OrderBy(r => r.Id)).Take(rows), Ids($"T | top {rows} by id asc"));
        Assert.Equal(Expected(Rows.OrderByDescending(r => r.Id)).Take(rows), Ids($"T | top {rows} by id"));
    }

    [Fact]
    public void Sort_orders_all_rows_and_brings_all_columns_along()
    {
        Assert.Equal(Expected(Rows.OrderBy(r => r.Small is null ? 0 : 1).ThenBy(r => r.Small).ThenByDescending(r => r.Text, StringComparer.Ordinal)), Ids("T | sort by l asc, s desc"));
        ResultSet sorted = KqlEngine.Execute(Database, "T | where id % 3 != 1 | sort by s asc | where id % 2 == 0", null, CancellationToken.None)[0];
        AssertRows(Rows.Where(r => r.Id % 6 is 0 or 2).OrderBy(r => r.Text, StringComparer.Ordinal), sorted);
    }

    [Fact]
    public void Top_brings_all_columns_along() =>
        AssertRows(
            Rows.Where(r => r.Id % 3 != 1).OrderBy(r => r.Text, StringComparer.Ordinal).Take(500),
            KqlEngine.Execute(Database, "T | where id % 3 != 1 | top 500 by s asc", null, CancellationToken.None)[0]);

    [Fact]
    public void Top_of_nothing_and_none_of_top_are_no_rows()
    {
        Assert.Empty(Ids("T | where id < 0 | top 5 by s"));
        Assert.Empty(Ids("T | top 0 by s"));
        Assert.Empty(Ids("T | where id < 0 | sort by s"));
    }

    private static IEnumerable<long> Expected(IEnumerable<Row> rows) => rows.Select(r => (long)r.Id);

    private static List<long> Ids(string query)
    {
        var ids = new List<long>();
        foreach (RowChunk chunk in KqlEngine.Execute(Database, query, null, CancellationToken.None)[0].Chunks)
            ids.AddRange(chunk[0].Values<long>().Take(chunk.Count));
        return ids;
    }

    private static void AssertRows(IEnumerable<Row> expected, ResultSet result)
    {
        var rows = new List<Row>();
        foreach (RowChunk chunk in result.Chunks)
        {
            for (int row = 0; row < chunk.Count; row++)
                rows.Add(new Row((int)(long)chunk[0].GetValue(row)!, (double?)chunk[1].GetValue(row), (long?)chunk[2].GetValue(row), (string)chunk[3].GetValue(row)!));
        }

        Assert.Equal(expected, rows);
    }

    private static IEnumerable<Row> Make(Random random)
    {
        for (int id = 0; id < Count; id++)
        {
            yield return new Row(
                id,
                random.Next(20) switch { 0 => null, 1 => double.NaN, 2 => double.PositiveInfinity, _ => random.Next(1000) / 8.0 },
                random.Next(10) == 0 ? null : random.Next(50),
                id < Count / 2 ? "text " + random.Next(100).ToString(CultureInfo.InvariantCulture) : Beginnings[random.Next(Beginnings.Length)] + random.Next(Count / 3).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static Database Fill()
    {
        var table = new Table("T", [new Column("id", KustoType.Long), new Column("r", KustoType.Real), new Column("l", KustoType.Long), new Column("s", KustoType.String)]);
        TableAppender appender = table.CreateAppender();
        foreach (Row row in Rows)
        {
            appender.AppendText(0, Utf8(row.Id));
            appender.AppendText(1, Utf8(row.Real));
            appender.AppendText(2, Utf8(row.Small));
            appender.AppendText(3, Encoding.UTF8.GetBytes(row.Text));
            appender.EndRow();
        }

        appender.Commit(0);
        var database = new Database("D");
        database.Tables["T"] = table;
        return database;
    }

    private static byte[] Utf8(IFormattable? value) => Encoding.UTF8.GetBytes(value?.ToString(null, CultureInfo.InvariantCulture) ?? "");

    private sealed record Row(int Id, double? Real, long? Small, string Text);
}
