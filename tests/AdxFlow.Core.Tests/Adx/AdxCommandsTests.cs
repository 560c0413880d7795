using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxCommandsTests
{
    private const string Principal = "aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com";

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
        Assert.Equal(@".create table ['it\'s [x]'] (['where']:long, ['b c']:dynamic) with (docstring='it\'s', folder='a/b')", AdxCommands.CreateTable(definition, merge: false));
        Assert.Equal(".create-merge table ['T'] (['a']:string)", AdxCommands.CreateTable(new AdxTableDefinition { Name = "T", Columns = [new AdxColumn("a", AdxType.String)] }, merge: true));
    }

    [Fact]
    public void A_role_is_given_in_parentheses_with_the_note_behind()
    {
        AdxPrincipal principal = AdxPrincipal.Parse(Principal);
        Assert.Equal($".add table ['T'] ingestors ('{Principal}') 'it\\'s'", AdxCommands.AddPrincipal(AdxCommands.TableScope("T"), AdxRole.Ingestor, principal, "it's"));
        Assert.Equal($".add database ['D'] users ('{Principal}')", AdxCommands.AddPrincipal(AdxCommands.DatabaseScope("D"), AdxRole.User, principal, null));
        Assert.Equal($".drop table ['T'] ingestors ('{Principal}')", AdxCommands.DropPrincipal(AdxCommands.TableScope("T"), AdxRole.Ingestor, principal));
        Assert.Equal("AdxInvalidRole", Assert.Throws<AdxException>(() => AdxCommands.DropPrincipal(AdxCommands.TableScope("T"), AdxRole.Other, principal)).ErrorId);
    }

    [Fact]
    public void What_is_shown_is_named_by_the_one_rule()
    {
        Assert.Equal(@".show table ['it\'s'] schema as json", AdxCommands.ShowTableSchema("it's"));
        Assert.Equal(@".show database ['it\'s'] schema", AdxCommands.ShowDatabaseSchema("it's"));
        Assert.Equal(@".show table ['it\'s'] principals", AdxCommands.ShowTablePrincipals("it's"));
        Assert.Equal(@".show database ['it\'s'] principals", AdxCommands.ShowDatabasePrincipals("it's"));
        Assert.Equal(@".show table ['it\'s'] details", AdxCommands.ShowTableDetails("it's"));
    }
}
