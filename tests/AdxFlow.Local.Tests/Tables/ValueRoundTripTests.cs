using System.Buffers;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Tables;

public sealed class ValueRoundTripTests
{
    [Theory]
    [InlineData("bool", "true", "true")]
    [InlineData("bool", "False", "false")]
    [InlineData("bool", "1", "true")]
    [InlineData("int", "-2147483648", "-2147483648")]
    [InlineData("int", " 7", "7")]
    [InlineData("long", "9223372036854775807", "9223372036854775807")]
    [InlineData("real", "1.5", "1.5")]
    [InlineData("real", "1e3", "1000")]
    [InlineData("real", "NaN", "\"NaN\"")]
    [InlineData("real", "-Infinity", "\"-Infinity\"")]
    [InlineData("decimal", "2.00000000000001", "\"2.00000000000001\"")]
    [InlineData("datetime", "2007-01-01", "\"2007-01-01T00:00:00Z\"")]
    [InlineData("datetime", "2020-03-04T14:05:01.3109965Z", "\"2020-03-04T14:05:01.3109965Z\"")]
    [InlineData("datetime", "2020-03-04T14:05:01.5+02:00", "\"2020-03-04T12:05:01.5000000Z\"")]
    [InlineData("datetime", "2020-03-04 14:05", "\"2020-03-04T14:05:00Z\"")]
    [InlineData("datetime", "Sat, 8 Nov 14 15:05:02 GMT", "\"2014-11-08T15:05:02Z\"")]
    [InlineData("datetime", "08-Nov-14 15:05", "\"2014-11-08T15:05:00Z\"")]
    [InlineData("timespan", "1.00:00:01.0010001", "\"1.00:00:01.0010001\"")]
    [InlineData("timespan", "-2.00:00:02", "\"-2.00:00:02\"")]
    [InlineData("timespan", "1.5h", "\"01:30:00\"")]
    [InlineData("guid", "74BE27DE-1E4E-49D9-B579-FE0B331D3642", "\"74be27de-1e4e-49d9-b579-fe0b331d3642\"")]
    [InlineData("string", "a\tb", "\"a\\tb\"")]
    [InlineData("string", "", "\"\"")]
    [InlineData("long", "", "null")]
    [InlineData("dynamic", "{\"a\": [1, 2.5, null]}", "{\"a\":[1,2.5,null]}")]
    [InlineData("dynamic", "123", "123")]
    [InlineData("dynamic", "plain text", "\"plain text\"")]
    [InlineData("dynamic", "null", "null")]
    [InlineData("dynamic", "", "null")]
    public void Text_cell_comes_back_in_wire_form(string type, string text, string expected)
    {
        Assert.Equal(expected, RoundTrip(type, a => Assert.True(a.AppendText(0, Encoding.UTF8.GetBytes(text)))));
    }

    [Theory]
    [InlineData("bool", "yes")]
    [InlineData("int", "2147483648")]
    [InlineData("int", "1.5")]
    [InlineData("long", "12x")]
    [InlineData("real", "abc")]
    [InlineData("decimal", "--1")]
    [InlineData("datetime", "2020-02-30")]
    [InlineData("datetime", "10:30")]
    [InlineData("timespan", "fast")]
    [InlineData("guid", "74be27de")]
    public void Text_that_does_not_fit_is_null_and_is_told(string type, string text)
    {
        Assert.Equal("null", RoundTrip(type, a => Assert.False(a.AppendText(0, Encoding.UTF8.GetBytes(text)))));
    }

    [Theory]
    [InlineData("bool", "true", "true")]
    [InlineData("long", "42", "42")]
    [InlineData("long", "\"42\"", "42")]
    [InlineData("real", "1.25", "1.25")]
    [InlineData("string", "\"a\\u00e9\\n\"", "\"a\\u00E9\\n\"")]
    [InlineData("string", "17", "\"17\"")]
    [InlineData("string", "{\"x\": 1}", "\"{\\u0022x\\u0022:1}\"")]
    [InlineData("datetime", "\"2020-01-01T00:00:00Z\"", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("dynamic", "[1, \"x\", {\"a\": 1.0}]", "[1,\"x\",{\"a\":1.0}]")]
    [InlineData("dynamic", "\"123\"", "\"123\"")]
    [InlineData("long", "null", "null")]
    [InlineData("long", "[1]", "null")]
    public void Json_value_comes_back_in_wire_form(string type, string json, string expected)
    {
        Assert.Equal(expected, RoundTrip(type, a =>
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            reader.Read();
            a.AppendJson(0, ref reader);
            Assert.False(reader.Read());
        }));
    }

    [Fact]
    public void Non_ascii_and_long_strings_survive()
    {
        string text = "Zürich 🌍 " + new string('x', 10_000);
        var table = new Table("T", [new Column("a", KustoType.String)]);
        TableAppender appender = table.CreateAppender();
        appender.AppendText(0, Encoding.UTF8.GetBytes(text));
        appender.EndRow();
        appender.Commit(0);
        Assert.Equal(text, table.Snapshot()[0][0].GetValue(0));
    }

    private static string RoundTrip(string typeName, Action<TableAppender> append)
    {
        Assert.True(KustoTypes.TryParse(typeName, out KustoType type));
        var table = new Table("T", [new Column("a", type)]);
        TableAppender appender = table.CreateAppender();
        append(appender);
        appender.EndRow();
        appender.Commit(1);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            table.Snapshot()[0][0].WriteJson(writer, 0);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
