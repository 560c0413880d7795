using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class MappingRulesTests
{
    [Theory]
    [InlineData(AdxMappingKind.Csv, "Id=0, the name=1")]
    [InlineData(AdxMappingKind.Json, "Id=$.Id, the name=$['the name']")]
    [InlineData(AdxMappingKind.Avro, "Id=Id, the name=the name")]
    [InlineData(AdxMappingKind.W3CLogFile, "Id=Id, the name=the name")]
    public void A_column_without_a_source_is_taken_by_its_place_or_name(AdxMappingKind kind, string expected) =>
        Assert.Equal(expected, Text(kind, new() { Column = "Id" }, new() { Column = "the name" }));

    [Fact]
    public void A_constant_takes_no_place_of_csv() =>
        Assert.Equal("Source='x', Id=0, Line=SourceLineNumber, Name=1", Text(AdxMappingKind.Csv,
            new() { Column = "Source", ConstValue = "x" }, new() { Column = "Id" }, new() { Column = "Line", Transform = AdxMappingTransform.SourceLineNumber }, new() { Column = "Name" }));

    [Fact]
    public void A_name_with_quotes_and_backslashes_becomes_a_path_that_means_it() =>
        Assert.Equal(@"it's \=$['it\'s \\']", Text(AdxMappingKind.Json, new AdxColumnMapping { Column = @"it's \" }));

    public static TheoryData<AdxMappingKind, AdxColumnMapping, string> Refused => new()
    {
        { AdxMappingKind.Csv, new() { Column = "a", Path = "$.a" }, "ordinal, such as 0" },
        { AdxMappingKind.Csv, new() { Column = "a", Field = "a" }, "ordinal, such as 0" },
        { AdxMappingKind.Csv, new() { Column = "a", Ordinal = -2 }, "below 0" },
        { AdxMappingKind.Csv, new() { Column = "a", Ordinal = 1, ConstValue = "x" }, "more than one source" },
        { AdxMappingKind.Csv, new() { Column = "a", Ordinal = 1, Transform = AdxMappingTransform.SourceLocation }, "SourceLocation" },
        { AdxMappingKind.Csv, new() { Column = "a", Ordinal = 1, Transform = AdxMappingTransform.DropMappedFields }, "DropMappedFields" },
        { AdxMappingKind.Json, new() { Column = "a", Ordinal = 1 }, "ordinal" },
        { AdxMappingKind.Json, new() { Column = "a", Field = "a" }, "a path, such as $.a" },
        { AdxMappingKind.Json, new() { Column = "a", Path = "a" }, "constant" },
        { AdxMappingKind.Json, new() { Column = "a", Path = "" }, "constant" },
        { AdxMappingKind.Json, new() { Column = "a", Path = "$a" }, "constant" },
        { AdxMappingKind.Json, new() { Column = "a", Path = "$.a", Transform = AdxMappingTransform.BytesAsBase64 }, "BytesAsBase64" },
        { AdxMappingKind.Json, new() { Column = "a", ConstValue = "a" + '\ud83d' }, "half of a character" },
        { AdxMappingKind.Parquet, new() { Column = "a", Path = "$.a", Field = "a" }, "more than one source" },
        { AdxMappingKind.Orc, new() { Column = "a", Field = "" }, "empty field" },
        { AdxMappingKind.W3CLogFile, new() { Column = "a", Path = "$.a" }, "cs-method" },
        { AdxMappingKind.W3CLogFile, new() { Column = "a", Field = "a", Transform = AdxMappingTransform.DateTimeFromUnixSeconds }, "DateTimeFromUnixSeconds" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_does_not_fit_its_kind_is_refused(AdxMappingKind kind, AdxColumnMapping column, string part)
    {
        AdxException error = Assert.Throws<AdxException>(() => Text(kind, column));
        Assert.Equal("AdxInvalidMapping", error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<AdxMappingKind, AdxColumnMapping> Taken => new()
    {
        { AdxMappingKind.Csv, new() { Column = "a", Ordinal = 1, Transform = AdxMappingTransform.DateTimeFromUnixSeconds } },
        { AdxMappingKind.Csv, new() { Column = "a", Transform = AdxMappingTransform.SourceLocation } },
        { AdxMappingKind.Json, new() { Column = "a", Path = "$" } },
        { AdxMappingKind.Json, new() { Column = "a", Path = "$..a" } },
        { AdxMappingKind.Json, new() { Column = "a", Path = "$.a", TransformText = "FromTheFuture" } },
        { AdxMappingKind.Avro, new() { Column = "a", Field = "a", Transform = AdxMappingTransform.BytesAsBase64 } },
        { AdxMappingKind.Orc, new() { Column = "a", Path = "$.a", Transform = AdxMappingTransform.PropertyBagArrayToDictionary } },
        { AdxMappingKind.W3CLogFile, new() { Column = "a", Transform = AdxMappingTransform.SourceLineNumber } },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public void What_fits_its_kind_stays_as_it_is(AdxMappingKind kind, AdxColumnMapping column) => Assert.Equal(column.ToString(), Text(kind, column));

    [Fact]
    public void No_columns_the_same_twice_and_half_of_the_ordinals_are_refused()
    {
        Assert.Contains("no columns", Assert.Throws<AdxException>(() => Text(AdxMappingKind.Csv)).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<AdxException>(() => Text(AdxMappingKind.Csv, new() { Column = "a" }, new() { Column = "a" })).Message, StringComparison.Ordinal);
        Assert.Contains("all of them", Assert.Throws<AdxException>(() => Text(AdxMappingKind.Csv, new() { Column = "a" }, new() { Column = "b", Ordinal = 5 })).Message, StringComparison.Ordinal);
        Assert.Equal("AdxInvalidName", Assert.Throws<AdxException>(() => Text(AdxMappingKind.Csv, new AdxColumnMapping { Column = "" })).ErrorId);
    }

    private static string Text(AdxMappingKind kind, params AdxColumnMapping[] columns) =>
        string.Join(", ", MappingRules.Complete(new AdxMappingDefinition { Name = "m", Kind = kind, Columns = columns }).Columns);
}
