using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class TableCommandsTests
{
    [Fact]
    public void A_table_is_made_with_quoted_names_and_described_in_words()
    {
        var definition = new AdxTableDefinition
        {
            Name = "it's [x]",
            Columns = [new AdxColumn("where", AdxType.Long), new AdxColumn("b c", AdxType.Dynamic)],
            Folder = "a/b",
            DocString = "it's",
        };
        Assert.Equal(@".create table ['it\'s [x]'] (['where']:long, ['b c']:dynamic) with (docstring='it\'s', folder='a/b')", TableCommands.CreateTable(definition, merge: false));
        Assert.Equal(".create-merge table ['T'] (['a']:string)", TableCommands.CreateTable(new AdxTableDefinition { Name = "T", Columns = [new AdxColumn("a", AdxType.String)] }, merge: true));
    }

    [Fact]
    public void What_is_shown_is_named_by_the_one_rule()
    {
        Assert.Equal(@".show table ['it\'s'] schema as json", TableCommands.ShowTableSchema("it's"));
        Assert.Equal(@".show database ['it\'s'] schema", TableCommands.ShowDatabaseSchema("it's"));
        Assert.Equal(@".show table ['it\'s'] details", TableCommands.ShowTableDetails("it's"));
    }

    [Fact]
    public void What_is_dropped_or_cleared_is_named_by_the_one_rule()
    {
        Assert.Equal(@".drop table ['it\'s [x]']", TableCommands.DropTable("it's [x]"));
        Assert.Equal(@".clear table ['it\'s [x]'] data", TableCommands.ClearTable("it's [x]"));
    }
}
