using System.Text;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Core.Tests.Ingestion.Files;

public sealed class FieldCountTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("a", 1)]
    [InlineData("a,b,c\n", 3)]
    [InlineData(",,\r\n", 3)]
    [InlineData("\"a,b\",c", 2)]
    [InlineData("\"a\"\"b,c\"\"\",d", 2)]
    [InlineData("\"\",\"\"", 2)]
    [InlineData("\"two\nlines, one field\",x\n", 2)]
    [InlineData("5\",b", 2)]
    [InlineData("5\"\",b,c", 3)]
    [InlineData("a\"\"\"\",b,c", 3)]
    [InlineData("é,ü", 2)]
    public void Commas_inside_of_quotes_are_no_delimiters(string record, int fields) =>
        Assert.Equal(fields, FieldCount.Of(Encoding.UTF8.GetBytes(record), AdxDataFormat.Csv));

    [Theory]
    [InlineData(AdxDataFormat.Tsv, "a\tb,c", 2)]
    [InlineData(AdxDataFormat.Psv, "a|b|c", 3)]
    [InlineData(AdxDataFormat.Scsv, "a;b,c;d", 3)]
    [InlineData(AdxDataFormat.Json, "{\"a\":1,\"b\":2}", 0)]
    [InlineData(AdxDataFormat.Txt, "a,b", 0)]
    public void Each_format_has_its_own_delimiter(AdxDataFormat format, string record, int fields) =>
        Assert.Equal(fields, FieldCount.Of(Encoding.UTF8.GetBytes(record), format));
}
