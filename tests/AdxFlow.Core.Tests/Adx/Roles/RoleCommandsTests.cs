using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class RoleCommandsTests
{
    private const string Principal = "aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com";

    [Fact]
    public void A_role_is_given_in_parentheses_with_the_note_behind()
    {
        AdxPrincipal principal = AdxPrincipal.Parse(Principal);
        Assert.Equal($".add table ['T'] ingestors ('{Principal}') 'it\\'s'", RoleCommands.AddPrincipal(RoleCommands.TableScope("T"), AdxRole.Ingestor, principal, "it's"));
        Assert.Equal($".add database ['D'] users ('{Principal}')", RoleCommands.AddPrincipal(RoleCommands.DatabaseScope("D"), AdxRole.User, principal, null));
        Assert.Equal($".drop table ['T'] ingestors ('{Principal}')", RoleCommands.DropPrincipal(RoleCommands.TableScope("T"), AdxRole.Ingestor, principal));
        Assert.Equal("AdxInvalidRole", Assert.Throws<AdxException>(() => RoleCommands.DropPrincipal(RoleCommands.TableScope("T"), AdxRole.Other, principal)).ErrorId);
    }

    [Fact]
    public void Roles_are_shown_of_a_database_and_of_a_table()
    {
        Assert.Equal(@".show table ['it\'s'] principals", RoleCommands.ShowTablePrincipals("it's"));
        Assert.Equal(@".show database ['it\'s'] principals", RoleCommands.ShowDatabasePrincipals("it's"));
    }
}
