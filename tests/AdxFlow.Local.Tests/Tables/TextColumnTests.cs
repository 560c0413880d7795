using System.Buffers;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Persistence.Extents;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Tables;

/// <summary>A column of texts holds what was appended, however it keeps it.</summary>
public sealed class TextColumnTests
{
    private const int Seed = 20261122;

    [Theory]
    [InlineData(10, false)]
    [InlineData(1000, false)]
    [InlineData(1_000_000, true)]
    public void Texts_are_kept_as_strings_where_they_repeat_and_as_bytes_where_they_differ(int different, bool asBytes)
    {
        var random = new Random(Seed);
        var builder = new StringColumnBuilder();
        var expected = new List<string>();
        for (int i = 0; i < 20_000; i++)
        {
            expected.Add("text " + random.Next(different));
            builder.AppendText(Encoding.UTF8.GetBytes(expected[i]));
        }

        Vector vector = builder.Build();
        Assert.Equal(asBytes, vector is TextVector);
        Assert.Equal(expected, vector.Values<string>().Take(vector.Count));
        if (!asBytes) Assert.Equal(expected.Distinct().Count(), vector.Values<string>().Take(vector.Count).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void Whatever_is_appended_comes_back()
    {
        var random = new Random(Seed);
        int asBytes = 0;
        var builder = new StringColumnBuilder();
        for (int round = 0; round < 400; round++)
        {
            List<string> expected = Fill(builder, random);
            Assert.Equal(expected.Count, builder.Count);
            Vector vector = builder.Build();
            if (vector is TextVector) asBytes++;
            AssertHolds(expected, vector);

            int[] rows = [.. Enumerable.Range(0, random.Next(1, expected.Count * 3)).Select(_ => random.Next(expected.Count))];
            AssertHolds([.. rows.Select(r => expected[r])], vector.Gather(rows));
            int start = random.Next(expected.Count);
            int count = random.Next(1, expected.Count - start + 1);
            AssertHolds(expected.GetRange(start, count), vector.Slice(start, count));
            AssertHolds(expected.GetRange(0, count), vector.Head(count));
            AssertHolds(expected.GetRange(start, count).GetRange(0, 1), vector.Slice(start, count).Head(1));
            AssertHolds([.. Enumerable.Repeat(expected[0], 3)], vector.Repeat(3));
            AssertHolds([.. expected, .. expected.GetRange(start, count)], Concatenation.Of([vector, vector.Slice(start, count)]));
            AssertHolds([.. expected, "é"], Concatenation.Of([vector, new Vector<string>(KustoType.String, ["é"], 1, null)]));

            var copy = new StringColumnBuilder();
            for (int row = 0; row < vector.Count; row++)
                copy.AppendFrom(vector, row);
            AssertHolds(expected, copy.Build());
            AssertHolds(expected, Kept(vector));
        }

        Assert.InRange(asBytes, 50, 350);
    }

    [Fact]
    public void A_chunk_ends_before_its_texts_are_too_many_bytes()
    {
        var table = new Table("T", [new Column("a", KustoType.String)]);
        TableAppender appender = table.CreateAppender();
        byte[] text = new byte[100 * 1024];
        for (int i = 0; i < 2600; i++)
        {
            text.AsSpan().Fill((byte)('a' + (i % 26)));
            appender.AppendText(0, text);
            appender.EndRow();
        }

        appender.Commit(0);
        Assert.All(table.Snapshot(), c => Assert.InRange(Assert.IsType<TextVector>(c[0]).ByteCount, 1, TextVector.MaxBytes + text.Length));
        Assert.InRange(table.Snapshot().Count, 3, 10);
        Assert.Equal(2600, table.Snapshot().Sum(c => c.Count));
    }

    /// <summary>Appends in all ways; half of the time few different texts.</summary>
    private static List<string> Fill(StringColumnBuilder builder, Random random)
    {
        var expected = new List<string>();
        int different = random.Next(2) == 0 ? 20 : 1_000_000;
        bool broken = random.Next(8) == 0;
        for (int left = random.Next(1, 600); left > 0; left--)
        {
            string text = random.Next(10) switch
            {
                0 => "",
                1 => "Zürich 🌍 " + random.Next(different),
                2 when random.Next(20) == 0 => new string('x', random.Next(1000)),
                _ => "value-" + random.Next(different),
            };
            switch (random.Next(12))
            {
                case 0:
                    builder.AppendNull();
                    text = "";
                    break;
                case 1:
                    // No UTF-8 can hold half a surrogate pair.
                    if (broken) text += "\ud83c";
                    builder.AppendObject(text);
                    break;
                case 2:
                    byte[] invalid = [.. Encoding.UTF8.GetBytes(text), 0xC3];
                    builder.AppendText(invalid);
                    text = Encoding.UTF8.GetString(invalid);
                    break;
                case 3 when expected.Count > 0:
                    int kept = random.Next(Math.Max(0, expected.Count - 5), expected.Count);
                    builder.Truncate(kept);
                    expected.RemoveRange(kept, expected.Count - kept);
                    builder.AppendText(Encoding.UTF8.GetBytes(text));
                    break;
                case 4:
                    var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(text));
                    reader.Read();
                    builder.AppendJson(ref reader);
                    break;
                default:
                    builder.AppendText(Encoding.UTF8.GetBytes(text));
                    break;
            }

            expected.Add(text);
        }

        return expected;
    }

    private static void AssertHolds(List<string> expected, Vector vector)
    {
        Assert.Equal(KustoType.String, vector.Type);
        Assert.Equal(expected.Count, vector.Count);
        for (int row = 0; row < vector.Count; row++)
        {
            Assert.False(vector.IsNull(row));
            Assert.Equal(expected[row], vector.GetValue(row));
            if (vector is TextVector) Assert.Equal(JsonSerializer.Serialize(expected[row]), Json(vector, row));
        }

        Assert.Equal(expected, vector.Values<string>().Take(vector.Count));
    }

    private static string Json(Vector vector, int row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            vector.WriteJson(writer, row);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static Vector Kept(Vector vector)
    {
        var file = new MemoryStream();
        using (var writer = new RowsWriter(file))
            writer.Write([new RowChunk([vector], vector.Count)]);
        file.Position = 0;
        using var reader = new RowsReader(file);
        return Assert.Single(reader.Read())[0];
    }
}
