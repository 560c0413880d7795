using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

/// <summary>Data taken column by column is the same as data taken cell by cell, for every type and whatever the cells hold.</summary>
public sealed class ColumnwiseIngestionTests
{
    private const int Seed = 20261122;

    private static readonly KustoType[] Types = Enum.GetValues<KustoType>();

    private static readonly string[] Cells =
    [
        "", " ", "1", "-1", " 7 ", "0x1F", "true", "FALSE", "yes", "1.5", "-2.25e3", "NaN", "Infinity", "1e400", "2147483648", "9223372036854775808", "0.1", "-0",
        "2024-01-02", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05.1234567Z", "2024-02-30T00:00:00Z", "2024-01-02T03:04:05+01:00", "08-Nov-14 15:05",
        "01:02:03", "1.00:00:00.5", "1.5h", "74be27de-1e4e-49d9-b579-fe0b331d3642", "74BE27DE1E4E49D9B579FE0B331D3642", "{74be27de-1e4e-49d9-b579-fe0b331d3642}",
        "text", "Zürich", "\"quoted\"", "\"two \"\"quotes\"\"\"", "\"a,b\"", "\"line\nbreak\"", "\"{\"\"a\"\":1}\"", "[1]", "null", "12345678901234567890.123456789",
    ];

    [Fact]
    public void Cells_of_all_types_are_the_same()
    {
        var random = new Random(Seed);
        for (int round = 0; round < 60; round++)
        {
            Column[] columns = [.. Enumerable.Range(0, random.Next(1, 16)).Select(i => new Column("c" + i, Types[random.Next(Types.Length)]))];
            byte[] data = Data(random, columns.Length, round % 2 == 0 ? 3000 : 30);
            int records = 0;
            TableAppender expected = new Table("T", columns).CreateAppender();
            var reader = new DelimitedReader(new MemoryStream(data), (byte)',');
            for (; reader.Read(); records++)
            {
                for (int i = 0; i < Math.Min(reader.FieldCount, columns.Length); i++)
                    expected.AppendText(i, reader.Value(i));
                expected.EndRow();
            }

            TableAppender actual = new Table("T", columns).CreateAppender();
            Assert.Equal(data.Length, DelimitedIngestion.Append(new MemoryStream(data), new IngestionProperties { Format = DataFormat.Csv }, null, actual));
            Assert.Equal(records, actual.PendingRows);
            Assert.Equal(Rows(expected.TakeChunks()), Rows(actual.TakeChunks()));
        }
    }

    [Fact]
    public void More_rows_than_a_chunk_holds_come_in_order()
    {
        const int Count = 150_000;
        byte[] data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Count).Select(i => $"{i},text {i}\n")));
        TableAppender appender = new Table("T", [new Column("a", KustoType.Long), new Column("b", KustoType.String), new Column("c", KustoType.Int)]).CreateAppender();
        DelimitedIngestion.Append(new MemoryStream(data), new IngestionProperties { Format = DataFormat.Csv }, null, appender);
        IReadOnlyList<RowChunk> chunks = appender.TakeChunks();
        Assert.Equal([RowChunk.MaxRows, RowChunk.MaxRows, Count - (2 * RowChunk.MaxRows)], chunks.Select(c => c.Count));
        int next = 0;
        foreach (RowChunk chunk in chunks)
        {
            for (int row = 0; row < chunk.Count; row++, next++)
                Assert.Equal([(long)next, "text " + next, null], chunk.Columns.Select(c => c.GetValue(row)));
        }
    }

    [Fact]
    public void A_text_of_more_than_a_megabyte_is_cut_and_its_neighbours_are_not()
    {
        string large = new string('x', (1024 * 1024) - 1) + "éé";
        byte[] data = Encoding.UTF8.GetBytes($"1,{large}\n2,small\n");
        TableAppender appender = new Table("T", [new Column("a", KustoType.Long), new Column("b", KustoType.String)]).CreateAppender();
        DelimitedIngestion.Append(new MemoryStream(data), new IngestionProperties { Format = DataFormat.Csv }, null, appender);
        RowChunk chunk = Assert.Single(appender.TakeChunks());
        Assert.Equal(new string('x', (1024 * 1024) - 1), chunk[1].GetValue(0));
        Assert.Equal("small", chunk[1].GetValue(1));
    }

    private static byte[] Data(Random random, int columns, int records)
    {
        var text = new StringBuilder();
        for (int i = 0; i < records; i++)
        {
            int fields = random.Next(5) == 0 ? random.Next(1, columns + 3) : columns;
            for (int field = 0; field < fields; field++)
            {
                if (field > 0) text.Append(',');
                text.Append(random.Next(10) == 0 ? random.Next().ToString(CultureInfo.InvariantCulture) : Cells[random.Next(Cells.Length)]);
            }

            text.Append(random.Next(4) == 0 ? "\r\n" : "\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static List<string> Rows(IEnumerable<RowChunk> chunks)
    {
        var rows = new List<string>();
        foreach (RowChunk chunk in chunks)
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                var buffer = new ArrayBufferWriter<byte>();
                using (var writer = new Utf8JsonWriter(buffer))
                {
                    writer.WriteStartArray();
                    foreach (Vector column in chunk.Columns)
                        column.WriteJson(writer, row);
                    writer.WriteEndArray();
                }

                rows.Add(Encoding.UTF8.GetString(buffer.WrittenSpan));
            }
        }

        return rows;
    }
}
