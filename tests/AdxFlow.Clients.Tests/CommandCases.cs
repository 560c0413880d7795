using AdxFlow.Access;
using AdxFlow.Adx;

namespace AdxFlow.Clients.Tests;

/// <summary>A text made of the names and texts given.</summary>
internal delegate string CommandCase(GivenTexts given);

/// <summary>For each method that gives a command text: every sort of text that it gives.</summary>
internal static class CommandCases
{
    private static readonly AdxPrincipal[] Principals =
    [
        AdxPrincipal.Parse("aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;9752a91d-8e15-44e2-aa72-e9f8e12c3ec5"),
        AdxPrincipal.Parse("aaduser=o'brien@contoso.com"),
        AdxPrincipal.Parse("aadgroup=O'Brien's team [prod];contoso.com"),
    ];

    private static readonly AdxMappingKind[] MappingKinds = [.. Enum.GetValues<AdxMappingKind>().Where(static kind => kind != AdxMappingKind.Other)];

    /// <summary>Parts of commands, which are covered by the methods that take them.</summary>
    public static IReadOnlySet<string> Parts { get; } = new HashSet<string>
    {
        "RoleCommands.RoleName",
        "MappingCommands.DatabaseScope",
        "MappingCommands.TableScope",
    };

    /// <summary>
    /// Commands of the ingestion service (such as <c>.get ingestion resources</c>), which the parser does not know: its grammar is the
    /// engine's. The core has none so far.
    /// </summary>
    public static IReadOnlySet<string> OfTheIngestionService { get; } = new HashSet<string>();

    public static IReadOnlyDictionary<string, CommandCase[]> All { get; } = new Dictionary<string, CommandCase[]>
    {
        ["TableCommands.ShowDatabaseSchema"] = [static given => TableCommands.ShowDatabaseSchema(given.Name())],
        ["TableCommands.ShowTableSchema"] = [static given => TableCommands.ShowTableSchema(given.Name())],
        ["TableCommands.ShowTableDetails"] = [static given => TableCommands.ShowTableDetails(given.Name())],
        ["TableCommands.CreateTable"] = [.. CreateTable()],
        ["RoleCommands.ShowPrincipals"] = [.. Places(static (database, table) => RoleCommands.ShowPrincipals(database, table))],
        ["RoleCommands.ShowOwnRoles"] = [.. Places(static (database, table) => RoleCommands.ShowOwnRoles(database, table))],
        ["RoleCommands.AddPrincipals"] =
        [
            .. Roles(static (database, table, role, _) => RoleCommands.AddPrincipals(database, table, role, Principals, null)),
            .. Roles(static (database, table, role, given) => RoleCommands.AddPrincipals(database, table, role, [Principals[0]], given.Text())),
        ],
        ["RoleCommands.DropPrincipals"] = [.. Roles(static (database, table, role, _) => RoleCommands.DropPrincipals(database, table, role, Principals))],
        ["RoleCommands.SetPrincipals"] =
        [
            .. Roles(static (database, table, role, _) => RoleCommands.SetPrincipals(database, table, role, [Principals[1]], null)),
            .. Roles(static (database, table, role, given) => RoleCommands.SetPrincipals(database, table, role, Principals, given.Text())),
        ],
        ["RoleCommands.SetNone"] = [.. Roles(static (database, table, role, _) => RoleCommands.SetNone(database, table, role))],
        ["AccessCommands.QueryNothing"] = [static _ => AccessCommands.QueryNothing(null), static given => AccessCommands.QueryNothing(given.Name())],
        ["AccessCommands.ShowSchema"] = [static _ => AccessCommands.ShowSchema(null), static given => AccessCommands.ShowSchema(given.Name())],
        ["MappingCommands.ShowTableMappings"] = [static given => MappingCommands.ShowTableMappings(given.Name())],
        ["MappingCommands.ShowDatabaseMappings"] = [static given => MappingCommands.ShowDatabaseMappings(given.Name())],
        ["MappingCommands.CreateMapping"] = [.. MappingKinds.SelectMany(CreateMapping)],
        ["MappingCommands.DropMapping"] =
        [
            .. MappingKinds.Select(static kind => (CommandCase)(given => MappingCommands.DropMapping(MappingCommands.TableScope(given.Name()), kind, given.Name()))),
            .. MappingKinds.Select(static kind => (CommandCase)(given => MappingCommands.DropMapping(MappingCommands.DatabaseScope(given.Name()), kind, given.Name()))),
        ],
    };

    private static IEnumerable<CommandCase> CreateTable()
    {
        foreach (bool merge in new[] { false, true })
        {
            yield return given => TableCommands.CreateTable(Table(given), merge);
            yield return given => TableCommands.CreateTable(Table(given) with { Folder = given.Text() }, merge);
            yield return given => TableCommands.CreateTable(Table(given) with { DocString = given.Text(), Folder = given.Text() }, merge);
        }
    }

    private static AdxTableDefinition Table(GivenTexts given) => new()
    {
        Name = given.Name(),
        Columns = [.. Enum.GetValues<AdxType>().Select(type => new AdxColumn(given.Name(), type))],
    };

    private static IEnumerable<CommandCase> CreateMapping(AdxMappingKind kind)
    {
        yield return given => MappingCommands.CreateMapping(MappingCommands.TableScope(given.Name()), Mapping(kind, given), replace: false);
        yield return given => MappingCommands.CreateMapping(MappingCommands.DatabaseScope(given.Name()), Mapping(kind, given), replace: true);
    }

    private static AdxMappingDefinition Mapping(AdxMappingKind kind, GivenTexts given) => MappingRules.Complete(new AdxMappingDefinition
    {
        Name = given.Name(),
        Kind = kind,
        Columns =
        [
            new AdxColumnMapping { Column = given.Name() },
            new AdxColumnMapping { Column = given.Name(), Type = AdxType.DateTime },
            new AdxColumnMapping { Column = given.Name(), ConstValue = given.Name() },
            new AdxColumnMapping { Column = given.Name(), Transform = AdxMappingTransform.SourceLocation },
        ],
    });

    /// <summary>On a database of any name, and on a table of any name, which names no database.</summary>
    private static IEnumerable<CommandCase> Places(Func<string, string?, string> make) =>
        [given => make(given.Name(), null), given => make("D", given.Name())];

    private static IEnumerable<CommandCase> Roles(Func<string, string?, AdxRole, GivenTexts, string> make) =>
    [
        .. AdxRoles.RolesOf(AdxRoleScope.Database).Select(role => (CommandCase)(given => make(given.Name(), null, role, given))),
        .. AdxRoles.RolesOf(AdxRoleScope.Table).Select(role => (CommandCase)(given => make("D", given.Name(), role, given))),
    ];
}
