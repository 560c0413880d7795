using System.Text;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

/// <summary>Records are those that a reader finds which looks at one character after the other, whatever comes.</summary>
public sealed class DelimitedReaderTests
{
    private const int Seed = 20261122;

    [Fact]
    public void Records_are_those_that_a_plain_reader_finds()
    {
        var random = new Random(Seed);
        int malformed = 0;
        for (int i = 0; i < 30_000; i++)
        {
            byte delimiter = (byte)",\t|;"[random.Next(4)];
            byte[] text = Text(random, delimiter);
            string expected = Plain(text, delimiter);
            if (expected.EndsWith('!')) malformed++;
            Assert.Equal(expected, OneByOne(new DelimitedReader(new Portions(text, random), delimiter)));
            Assert.Equal(expected, InBlocks(new DelimitedReader(new Portions(text, random), delimiter), random));
        }

        Assert.InRange(malformed, 100, 20_000);
    }

    [Fact]
    public void A_record_of_many_fields_and_a_field_of_many_bytes_fit()
    {
        string wide = string.Join(',', Enumerable.Range(0, 100_000));
        string large = "\"" + new string('x', 3_000_000) + "\"\"\"";
        byte[] text = Encoding.UTF8.GetBytes($"{wide}\n{large},1\n{wide}");
        var random = new Random(Seed);
        Assert.Equal(Plain(text, (byte)','), InBlocks(new DelimitedReader(new Portions(text, random, 100_000), (byte)','), random));
    }

    private static byte[] Text(Random random, byte delimiter)
    {
        string separator = ((char)delimiter).ToString();
        string[] parts = ["a", "bc", "é", "\"", "\"\"", "\"", "\r", " ", "x\"y", "\"q\"", $"\"q{separator}r\"", "\"l\nm\"", "\"d\"\"e\"", new string('v', random.Next(200))];
        var text = new StringBuilder(random.Next(10) == 0 ? "\uFEFF" : "");

        // Quotes that stand anywhere spoil most texts; half of them shall be well-formed.
        int from = random.Next(2) == 0 ? 0 : 9;
        for (int left = random.Next(60); left > 0; left--)
        {
            if (random.Next(3) > 0) text.Append(parts[from == 0 ? random.Next(parts.Length) : random.Next(4) == 0 ? random.Next(3) : random.Next(from, parts.Length)]);
            text.Append(random.Next(4) switch { 0 => "\n", 1 => "\r\n", _ => separator });
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string OneByOne(DelimitedReader reader)
    {
        var found = new StringBuilder();
        try
        {
            while (reader.Read())
            {
                for (int i = 0; i < reader.FieldCount; i++)
                    found.Append('[').Append(Encoding.UTF8.GetString(reader.Value(i))).Append(']');
                found.Append('\n');
            }
        }
        catch (IngestionException e)
        {
            return found + e.Code + reader.Records + "!";
        }

        return found.ToString();
    }

    private static string InBlocks(DelimitedReader reader, Random random)
    {
        var found = new StringBuilder();
        try
        {
            int most = random.Next(1, 30);
            while (reader.TryReadBlock(most, out RecordBlock records))
            {
                Assert.InRange(records.Count, 1, most);
                for (int record = 0; record < records.Count; record++)
                {
                    int count = records.FieldCount(record);
                    for (int i = 0; i < count; i++)
                        found.Append('[').Append(Encoding.UTF8.GetString(records.Field(record, i))).Append(']');
                    Assert.True(records.Field(record, count).IsEmpty);
                    found.Append('\n');
                }
            }
        }
        catch (IngestionException e)
        {
            return found + e.Code + reader.Records + "!";
        }

        return found.ToString();
    }

    /// <summary>RFC 4180, a character at a time.</summary>
    private static string Plain(byte[] text, byte delimiter)
    {
        var found = new StringBuilder();
        int records = 0;
        int at = text.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        bool Ends(int place) => place == text.Length || text[place] == '\n' || (text[place] == '\r' && (place + 1 == text.Length || text[place + 1] == '\n'));
        while (at < text.Length)
        {
            if (Ends(at))
            {
                at = Math.Min(text.Length, at + (text[at] == '\r' ? 2 : 1));
                continue;
            }

            var record = new StringBuilder();
            while (true)
            {
                var field = new List<byte>();
                if (at < text.Length && text[at] == '"')
                {
                    at++;
                    while (true)
                    {
                        if (at == text.Length) return found + "Stream_ClosingQuoteMissing" + records + "!";
                        if (text[at] == '"' && (at + 1 == text.Length || text[at + 1] != '"')) break;
                        if (text[at] == '"') at++;
                        field.Add(text[at++]);
                    }

                    at++;
                    if (!Ends(at) && text[at] != delimiter) return found + "BadRequest_UnexpectedCharacterInInputStream" + records + "!";
                }
                else
                {
                    while (!Ends(at) && text[at] != delimiter)
                        field.Add(text[at++]);
                }

                record.Append('[').Append(Encoding.UTF8.GetString([.. field])).Append(']');
                if (at == text.Length || text[at] != delimiter) break;
                at++;
            }

            found.Append(record).Append('\n');
            records++;
            if (at < text.Length) at = Math.Min(text.Length, at + (text[at] == '\r' ? 2 : 1));
        }

        return found.ToString();
    }

    /// <summary>Gives its bytes in portions as they may come.</summary>
    private sealed class Portions(byte[] bytes, Random random, int most = 40) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, most)));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, random.Next(1, most))]);
    }
}
