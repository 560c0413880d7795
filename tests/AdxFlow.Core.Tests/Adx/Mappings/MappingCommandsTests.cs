using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class MappingCommandsTests
{
    [Fact]
    public void A_mapping_is_one_literal_with_its_name_as_a_text()
    {
        var mapping = new AdxMappingDefinition
        {
            Name = "it's",
            Kind = AdxMappingKind.Json,
            Columns = [new AdxColumnMapping { Column = "a", Type = AdxType.DateTime, Path = "$['b c']", Transform = AdxMappingTransform.DateTimeFromUnixSeconds }],
        };
        const string Json = """[{\"Column\":\"a\",\"DataType\":\"datetime\",\"Properties\":{\"Path\":\"$[\'b c\']\",\"Transform\":\"DateTimeFromUnixSeconds\"}}]""";
        Assert.Equal($@".create table ['T'] ingestion json mapping 'it\'s' '{Json}'", MappingCommands.CreateMapping(MappingCommands.TableScope("T"), mapping, replace: false));
        Assert.Equal($@".create-or-alter database ['D'] ingestion json mapping 'it\'s' '{Json}'", MappingCommands.CreateMapping(MappingCommands.DatabaseScope("D"), mapping, replace: true));
    }

    [Theory]
    [InlineData(AdxMappingKind.Csv, "csv")]
    [InlineData(AdxMappingKind.Json, "json")]
    [InlineData(AdxMappingKind.Avro, "avro")]
    [InlineData(AdxMappingKind.Parquet, "parquet")]
    [InlineData(AdxMappingKind.Orc, "orc")]
    [InlineData(AdxMappingKind.W3CLogFile, "w3clogfile")]
    public void A_mapping_is_dropped_by_kind_and_name(AdxMappingKind kind, string word) =>
        Assert.Equal($".drop table ['T'] ingestion {word} mapping 'm'", MappingCommands.DropMapping(MappingCommands.TableScope("T"), kind, "m"));

    [Fact]
    public void Mappings_are_shown_of_a_table_and_of_a_database()
    {
        Assert.Equal(@".show table ['it\'s'] ingestion mappings", MappingCommands.ShowTableMappings("it's"));
        Assert.Equal(@".show database ['it\'s'] ingestion mappings", MappingCommands.ShowDatabaseMappings("it's"));
    }

    [Fact]
    public void What_is_no_name_or_kind_is_refused()
    {
        Assert.Equal("AdxInvalidName", Assert.Throws<AdxException>(() => MappingCommands.DropMapping("table T", AdxMappingKind.Csv, "a\nb")).ErrorId);
        Assert.Equal("AdxInvalidMapping", Assert.Throws<AdxException>(() => MappingCommands.DropMapping("table T", AdxMappingKind.Other, "m")).ErrorId);
    }
}
