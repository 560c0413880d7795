using System.Text;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Core.Tests.Ingestion.Files;

public sealed class RecordScannerTests
{
    public static TheoryData<string, string[]> Csv => new()
    {
        { "", [] },
        { "a,b", [] },
        { "a,b\n", ["a,b\n"] },
        { "a,b\r\nc,d\r\n", ["a,b\r\n", "c,d\r\n"] },
        { "a,b\nc", ["a,b\n"] },
        { "\n\n", [] },
        { "\na\n", ["\na\n"] },
        { "\r\n\r\na\r\n", ["\r\n\r\na\r\n"] },
        { "\"a\nb\",c\nd\n", ["\"a\nb\",c\n", "d\n"] },
        { "a,\"b\r\nc\"\r\nd\r\n", ["a,\"b\r\nc\"\r\n", "d\r\n"] },
        { "\"a \"\"x\"\"\nb\",c\nd\n", ["\"a \"\"x\"\"\nb\",c\n", "d\n"] },
        { "\"\"\"\n\"\"\",c\nd\n", ["\"\"\"\n\"\"\",c\n", "d\n"] },
        { "\"\",x\ny\n", ["\"\",x\n", "y\n"] },
        { "\"\"\ny\n", ["\"\"\n", "y\n"] },
        // A quote that does not open a field is text, alone or in pairs.
        { "5\",b\nc\n", ["5\",b\n", "c\n"] },
        { "5\"\",b\nc\n", ["5\"\",b\n", "c\n"] },
        { "5\"\"\",b\nc\n", ["5\"\"\",b\n", "c\n"] },
        { "a\"\"\"\"b\nc\n", ["a\"\"\"\"b\n", "c\n"] },
        { "x 5\"\",\"two\nlines\"\nc\n", ["x 5\"\",\"two\nlines\"\n", "c\n"] },
        { "\"a\"b\"\"\nc\n", ["\"a\"b\"\"\n", "c\n"] },
        { " \"a\nb\n", [" \"a\n", "b\n"] },
        { "\"open\na\nb\n", [] },
        { "a\n\"open", ["a\n"] },
        { "é,\"ü\n🌍\"\nx\n", ["é,\"ü\n🌍\"\n", "x\n"] },
    };

    [Theory]
    [MemberData(nameof(Csv), DisableDiscoveryEnumeration = true)]
    public void Records_end_at_line_feeds_outside_of_quotes(string text, string[] records) =>
        Assert.Equal(records, Scan([text], (byte)',', long.MaxValue));

    [Theory]
    [MemberData(nameof(Csv), DisableDiscoveryEnumeration = true)]
    public void One_record_at_a_time_gives_the_same_records(string text, string[] records) =>
        Assert.Equal(records, Scan([text], (byte)',', 1));

    [Theory]
    [MemberData(nameof(Csv), DisableDiscoveryEnumeration = true)]
    public void Pieces_cut_anywhere_give_the_same_records(string text, string[] records)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                foreach (long most in (long[])[1, 2, long.MaxValue])
                    Assert.Equal(records, Scan([bytes[..first], bytes[first..second], bytes[second..]], (byte)',', most));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Csv), DisableDiscoveryEnumeration = true)]
    public void Single_bytes_give_the_same_records(string text, string[] records) =>
        Assert.Equal(records, Scan([.. Encoding.UTF8.GetBytes(text).Select(static one => new[] { one })], (byte)',', long.MaxValue));

    [Theory]
    [InlineData("a\n\nb\n", 2)]
    [InlineData("a\n\n\n\nb\n\n", 2)]
    [InlineData("a\r\n\r\n\r\nb\r\n", 2)]
    [InlineData("a\n\r\n\n\r\nb\n", 2)]
    [InlineData("\n\n\n", 0)]
    [InlineData("\"\"\n\n,\n", 2)]
    [InlineData("\"a\n\nb\"\n\nc\n", 2)]
    [InlineData(" \n\n", 1)]
    public void Empty_lines_are_no_records_however_the_text_is_cut(string text, int records)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (long most in (long[])[1, 2, long.MaxValue])
        {
            for (int size = 1; size <= bytes.Length; size++)
            {
                var scanner = new RecordScanner((byte)',');
                long found = 0;
                for (int position = 0; position < bytes.Length;)
                {
                    found += scanner.Scan(bytes.AsSpan(position, Math.Min(size, bytes.Length - position)), most, out _, out int read);
                    position += read;
                }
                Assert.Equal(records, found);
            }
        }
    }

    [Theory]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(';')]
    public void Quotes_open_behind_the_formats_own_delimiter_only(char delimiter)
    {
        Assert.Equal([$"a{delimiter}\"x\ny\"\n", "z\n"], Scan([$"a{delimiter}\"x\ny\"\nz\n"], (byte)delimiter, long.MaxValue));
        Assert.Equal(["a,\"x\n", "y\"\n"], Scan(["a,\"x\ny\"\n"], (byte)delimiter, long.MaxValue));
    }

    [Fact]
    public void Formats_without_delimiter_know_no_quotes()
    {
        Assert.Equal(["{\"a\":\"\n", "b\"}\n"], Scan(["{\"a\":\"\nb\"}\n"], null, long.MaxValue));
    }

    [Fact]
    public void It_stops_behind_as_many_records_as_are_asked_for()
    {
        var scanner = new RecordScanner((byte)',');
        ReadOnlySpan<byte> bytes = "a\n\"b\nb\"\nc\nd"u8;
        Assert.Equal(2, scanner.Scan(bytes, 2, out int end, out int read));
        Assert.Equal((8, 8), (end, read));
        Assert.Equal(1, scanner.Scan(bytes[8..], 2, out end, out read));
        Assert.Equal((2, 3), (end, read));
    }

    [Theory]
    [InlineData("a,\"b", true)]
    [InlineData("a,\"b\"", false)]
    [InlineData("a,\"b\"\"", true)]
    [InlineData("a,\"b\"\"\"", false)]
    [InlineData("a,b\"", false)]
    [InlineData("a,b\"\"", false)]
    public void It_knows_whether_a_quote_is_open(string text, bool open)
    {
        var scanner = new RecordScanner((byte)',');
        scanner.Scan(Encoding.UTF8.GetBytes(text), long.MaxValue, out _, out _);
        Assert.Equal(open, scanner.IsInQuotes);
    }

    private static List<string> Scan(string[] pieces, byte? delimiter, long most) => Scan([.. pieces.Select(Encoding.UTF8.GetBytes)], delimiter, most);

    /// <summary>Reads pieces as the file reader does: whole records are taken, the rest waits for the next piece.</summary>
    private static List<string> Scan(byte[][] pieces, byte? delimiter, long most)
    {
        var scanner = new RecordScanner(delimiter);
        var records = new List<string>();
        var pending = new List<byte>();
        long total = 0;
        foreach (byte[] piece in pieces)
        {
            int position = 0;
            while (position < piece.Length)
            {
                long count = scanner.Scan(piece.AsSpan(position), most, out int end, out int read);
                Assert.InRange(count, 0, most);
                Assert.Equal(count == 0, end == 0);
                Assert.True(read > 0 && end <= read);
                if (count < most)
                    Assert.Equal(piece.Length - position, read);
                else
                    Assert.Equal(end, read);
                total += count;
                pending.AddRange(piece[position..(position + end)]);
                if (count == 1)
                    Take(pending, records);
                else if (count > 1)
                    TakeAll(pending, records, delimiter);
                pending.AddRange(piece[(position + end)..(position + read)]);
                position += read;
            }
        }
        Assert.Equal(total, records.Count);
        return records;
    }

    private static void Take(List<byte> pending, List<string> records)
    {
        records.Add(Encoding.UTF8.GetString([.. pending]));
        pending.Clear();
    }

    /// <summary>Splits several records with a scanner of their own: a boundary must not depend on how much is read at once.</summary>
    private static void TakeAll(List<byte> pending, List<string> records, byte? delimiter)
    {
        var scanner = new RecordScanner(delimiter);
        byte[] bytes = [.. pending];
        int start = 0;
        while (start < bytes.Length)
        {
            Assert.Equal(1, scanner.Scan(bytes.AsSpan(start), 1, out int end, out _));
            records.Add(Encoding.UTF8.GetString(bytes.AsSpan(start, end)));
            start += end;
        }
        pending.Clear();
    }
}
