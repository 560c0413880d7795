using System.Text.Json;
using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class MappingJsonTests
{
    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        AdxColumnMapping[] columns =
        [
            new() { Column = "a", Type = AdxType.Long, Ordinal = 3 },
            new() { Column = "it's \"b\" 日🙂", Path = "$['x\\'y']", Transform = AdxMappingTransform.DropMappedFields },
            new() { Column = "c", Field = "cs(User-Agent)" },
            new() { Column = "d", ConstValue = "" },
            new() { Column = "e", TransformText = "FromTheFuture" },
        ];
        IReadOnlyList<AdxColumnMapping> read = MappingJson.Read(MappingJson.Write(columns));
        Assert.Equal(columns, read);
        Assert.Equal(AdxMappingTransform.Other, read[4].Transform);
    }

    [Theory]
    [InlineData("""[{"Name":"n","DataType":"int","CsvDataType":null,"Ordinal":0,"ConstValue":null}]""", "n=0")]
    [InlineData("""[{"Name":"n","DataType":"System.Int32","CsvDataType":null,"Ordinal":-1,"ConstValue":"x"}]""", "n='x'")]
    [InlineData("""[{"column":"n","path":"$['n']","datatype":"int","transform":null}]""", "n=$['n']")]
    [InlineData("""[{"Properties":{"Path":"$.n"},"column":"n","datatype":"int"}]""", "n=$.n")]
    [InlineData("""[{"column":"n","Datatype":"int","Properties":{"path":"$.n","transform":"SourceLineNumber"}}]""", "n=$.n (SourceLineNumber)")]
    [InlineData("""[{"Column":"n","DataType":"int","Properties":{"Ordinal":"7","Transform":"None"}},]""", "n=7")]
    [InlineData("""[{"Column":"n","DataType":"int","Properties":{"Transform":"SourceLocation"}}]""", "n=SourceLocation")]
    public void Every_form_the_service_writes_is_read(string json, string expected)
    {
        AdxColumnMapping column = Assert.Single(MappingJson.Read(json));
        Assert.Equal(expected, column.ToString());
        Assert.Equal(AdxType.Int, column.Type);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"Properties":{"Path":"$.n"}}]""")]
    [InlineData("""[{"Column":"n","Properties":{"Ordinal":"first"}}]""")]
    public void What_is_no_mapping_is_told(string json) => Assert.ThrowsAny<JsonException>(() => MappingJson.Read(json));

    [Fact]
    public void A_type_that_is_empty_or_unknown_is_none() =>
        Assert.All(MappingJson.Read("""[{"Column":"a","DataType":""},{"Column":"b","DataType":"varchar"}]"""), static column => Assert.Null(column.Type));
}
