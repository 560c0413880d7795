using AdxFlow.Adx;

namespace AdxFlow.Clients.Tests;

/// <summary>Every role on a database and on a table.</summary>
internal static class RoleCases
{
    // On a table the database is not part of the command.
    private const string Nowhere = "not part of the command";

    public static AdxPrincipal[] Principals { get; } =
    [
        AdxPrincipal.Parse("aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;9752a91d-8e15-44e2-aa72-e9f8e12c3ec5"),
        AdxPrincipal.Parse("aaduser=ada@contoso.com"),
    ];

    public static IEnumerable<CommandCase> OnBoth(Func<string, string?, string> make)
    {
        yield return given => make(given.Name(), null);
        yield return given => make(Nowhere, given.Name());
    }

    public static IEnumerable<CommandCase> OfEveryRole(Func<string, string?, AdxRole, string> make) =>
    [
        .. RoleCommands.RolesOf(AdxRoleScope.Database).Select(role => (CommandCase)(given => make(given.Name(), null, role))),
        .. RoleCommands.RolesOf(AdxRoleScope.Table).Select(role => (CommandCase)(given => make(Nowhere, given.Name(), role))),
    ];

    public static IEnumerable<CommandCase> WithNotes(Func<string, string?, AdxRole, IReadOnlyList<AdxPrincipal>, string?, string> make) =>
    [
        .. RoleCommands.RolesOf(AdxRoleScope.Database).Select(role => (CommandCase)(given => make(given.Name(), null, role, Principals, given.Text()))),
        .. RoleCommands.RolesOf(AdxRoleScope.Table).Select(role => (CommandCase)(given => make(Nowhere, given.Name(), role, Principals[..1], given.Text()))),
        given => make(Nowhere, given.Name(), AdxRole.Ingestor, Principals, null),
    ];
}
