using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class RoleCommandsTests
{
    private const string Application = "aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com";
    private const string User = "aaduser=o'brien@contoso.com";

    private static readonly AdxPrincipal[] One = [AdxPrincipal.Parse(Application)];
    private static readonly AdxPrincipal[] Two = [AdxPrincipal.Parse(Application), AdxPrincipal.Parse(User)];

    [Fact]
    public void Principals_stand_in_parentheses_with_skip_results_and_then_the_note_behind()
    {
        Assert.Equal($".add table ['T'] ingestors ('{Application}') skip-results 'it\\'s'", RoleCommands.AddPrincipals("D", "T", AdxRole.Ingestor, One, "it's"));
        Assert.Equal($".add database ['D'] users ('{Application}') skip-results", RoleCommands.AddPrincipals("D", null, AdxRole.User, One, null));
        Assert.Equal($".add database ['D'] users ('{Application}') skip-results", RoleCommands.AddPrincipals("D", null, AdxRole.User, One, ""));
        Assert.Equal($".drop table ['T'] ingestors ('{Application}', 'aaduser=o\\'brien@contoso.com') skip-results", RoleCommands.DropPrincipals("D", "T", AdxRole.Ingestor, Two));
        Assert.Equal($".set table ['T'] admins ('{Application}', 'aaduser=o\\'brien@contoso.com') skip-results 'n'", RoleCommands.SetPrincipals("D", "T", AdxRole.Admin, Two, "n"));
        Assert.Equal(".set database ['D'] viewers none skip-results", RoleCommands.SetNone("D", null, AdxRole.Viewer));
        Assert.Throws<ArgumentException>(() => RoleCommands.SetPrincipals("D", null, AdxRole.Viewer, [], null));
    }

    [Fact]
    public void Roles_are_shown_of_a_database_and_of_a_table()
    {
        Assert.Equal(@".show table ['it\'s'] principals", RoleCommands.ShowPrincipals("D", "it's"));
        Assert.Equal(@".show database ['it\'s'] principals", RoleCommands.ShowPrincipals("it's", null));
        Assert.Equal(".show table ['T'] principal roles", RoleCommands.ShowOwnRoles("D", "T"));
        Assert.Equal(".show database ['D'] principal roles", RoleCommands.ShowOwnRoles("D", null));
    }

    [Theory]
    [InlineData(AdxRole.Admin, "admins", true)]
    [InlineData(AdxRole.Ingestor, "ingestors", true)]
    [InlineData(AdxRole.Monitor, "monitors", false)]
    [InlineData(AdxRole.UnrestrictedViewer, "unrestrictedviewers", false)]
    [InlineData(AdxRole.User, "users", false)]
    [InlineData(AdxRole.Viewer, "viewers", false)]
    public void A_role_exists_on_a_database_and_two_of_them_on_a_table(AdxRole role, string name, bool onTable)
    {
        Assert.Equal(name, RoleCommands.RoleName(role, null));
        Assert.Equal(role, AdxRoles.ParseRole(name));
        Assert.Equal(role, AdxRoles.ParseRole(role.ToString().ToUpperInvariant()));
        if (onTable)
        {
            Assert.Equal(name, RoleCommands.RoleName(role, "T"));
            return;
        }

        AdxException error = Assert.Throws<AdxException>(() => RoleCommands.RoleName(role, "T"));
        Assert.Equal("AdxInvalidRole", error.ErrorId);
        Assert.Contains("Admin or Ingestor", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_role_to_give_exists_nowhere()
    {
        Assert.Equal("AdxInvalidRole", Assert.Throws<AdxException>(() => RoleCommands.RoleName(AdxRole.Other, null)).ErrorId);
        Assert.Equal("AdxInvalidRole", Assert.Throws<AdxException>(() => RoleCommands.RoleName((AdxRole)99, "T")).ErrorId);
        Assert.Empty(AdxRoles.RolesOf(AdxRoleScope.Cluster));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Other")]
    [InlineData("1")]
    [InlineData("admins (x)")]
    [InlineData("AllDatabasesAdmin")]
    public void A_text_that_is_no_role_is_refused(string text) =>
        Assert.Equal("AdxInvalidRole", Assert.Throws<AdxException>(() => AdxRoles.ParseRole(text)).ErrorId);
}
