using System.Globalization;
using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxTableDefinitionTests
{
    [Theory]
    [InlineData("T")]
    [InlineData("_T_")]
    [InlineData("a__b")]
    [InlineData("it's [x] \"q\"")]
    public void A_name_that_can_be_given_is_accepted_for_table_and_column(string name) =>
        new AdxTableDefinition { Name = name, Columns = [new(name, AdxType.Long)] }.Check();

    [Theory]
    [InlineData("__T")]
    [InlineData("T__")]
    [InlineData("__T__")]
    [InlineData("line\nbreak")]
    [InlineData(" ")]
    [InlineData("")]
    public void A_reserved_or_impossible_name_is_refused_for_table_and_column(string name)
    {
        Assert.Equal("AdxInvalidName", Refused(new() { Name = name, Columns = [new("a", AdxType.Long)] }).ErrorId);
        Assert.Equal("AdxInvalidName", Refused(new() { Name = "T", Columns = [new(name, AdxType.Long)] }).ErrorId);
    }

    [Fact]
    public void A_name_may_have_1024_characters_and_no_more()
    {
        new AdxTableDefinition { Name = new string('n', 1024), Columns = [new("a", AdxType.Long)] }.Check();
        Assert.Contains("1024", Refused(new() { Name = new string('n', 1025), Columns = [new("a", AdxType.Long)] }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_may_have_10_000_columns_and_no_more()
    {
        new AdxTableDefinition { Name = "T", Columns = Columns(10_000) }.Check();
        AdxException error = Refused(new() { Name = "T", Columns = Columns(10_001) });
        Assert.Equal("AdxInvalidTable", error.ErrorId);
        Assert.Contains("10001", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_differ_in_case_are_two()
    {
        new AdxTableDefinition { Name = "T", Columns = [new("a", AdxType.Long), new("A", AdxType.Long)] }.Check();
        Assert.Equal("AdxInvalidTable", Refused(new() { Name = "T", Columns = [new("a", AdxType.Long), new("a", AdxType.Real)] }).ErrorId);
    }

    [Fact]
    public void The_difference_to_a_table_that_is_there_is_told_in_words()
    {
        var table = new AdxTable { Name = "T", Database = "D", Columns = [new("a", AdxType.Long)], Folder = "f", DocString = "d" };
        var same = new AdxTableDefinition { Name = "T", Columns = [new("a", AdxType.Long)] };
        Assert.Null(same.DifferenceTo(table));
        Assert.Null((same with { Folder = "f", DocString = "d" }).DifferenceTo(table));
        Assert.Contains("a:long", (same with { Columns = [new("a", AdxType.Real)] }).DifferenceTo(table), StringComparison.Ordinal);
        Assert.Contains("'f'", (same with { Folder = "other" }).DifferenceTo(table), StringComparison.Ordinal);
        Assert.Contains("'d'", (same with { DocString = "" }).DifferenceTo(table), StringComparison.Ordinal);
    }

    private static AdxColumn[] Columns(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new AdxColumn("c" + number.ToString(CultureInfo.InvariantCulture), AdxType.Long))];

    private static AdxException Refused(AdxTableDefinition definition) => Assert.Throws<AdxException>(definition.Check);
}
