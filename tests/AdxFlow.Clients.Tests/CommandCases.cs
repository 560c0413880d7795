using AdxFlow.Access;
using AdxFlow.Adx;
using AdxFlow.Connector;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Status;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Clients.Tests;

/// <summary>A text made of the names and texts given.</summary>
internal delegate string CommandCase(GivenTexts given);

/// <summary>For each method that gives a command text: every sort of text that it gives.</summary>
internal static class CommandCases
{
    private static readonly AdxMappingKind[] MappingKinds = [.. Enum.GetValues<AdxMappingKind>().Where(static kind => kind != AdxMappingKind.Other)];

    /// <summary>Parts of commands, which are covered by the methods that take them.</summary>
    public static IReadOnlySet<string> Parts { get; } = new HashSet<string>
    {
        "MappingCommands.DatabaseScope",
        "MappingCommands.TableScope",
        "RoleCommands.RoleName",
    };

    /// <summary>
    /// Commands of the ingestion service (such as <c>.get ingestion resources</c>), which the parser does not know: its grammar is the
    /// engine's.
    /// </summary>
    public static IReadOnlySet<string> OfTheIngestionService { get; } = new HashSet<string>
    {
        "ClassicCommands.GetIdentityToken",
        "ClassicCommands.GetResources",
        "StorageIngestionCommands.Ingest",
        "StorageIngestionCommands.ShowOperation",
        "StorageIngestionCommands.Cancel",
    };

    public static IReadOnlyDictionary<string, CommandCase[]> All { get; } = new Dictionary<string, CommandCase[]>
    {
        ["AccessCommands.QueryNothing"] = [static _ => AccessCommands.QueryNothing(null), static given => AccessCommands.QueryNothing(given.Name())],
        ["AccessCommands.ShowSchema"] = [static _ => AccessCommands.ShowSchema(null), static given => AccessCommands.ShowSchema(given.Name())],
        ["DirectCommands.IngestInline"] =
        [
            static given => DirectCommands.IngestInline(new BatchProperties { Database = "D", Table = given.Name(), Format = AdxDataFormat.Csv }) + "1,a\n",
            static given => DirectCommands.IngestInline(new BatchProperties { Database = "D", Table = given.Name(), Format = AdxDataFormat.Json, MappingName = given.Name() }) + "{}\n",
            static given => DirectCommands.IngestInline(
                new BatchProperties
                {
                    Database = "D",
                    Table = given.Name(),
                    Format = AdxDataFormat.Psv,
                    InlineMapping = given.Text(),
                    ValidationPolicy = given.Text(),
                    Tags = ["drop-by:x"],
                    IngestIfNotExists = ["y"],
                    CreationTime = DateTime.UnixEpoch,
                    ExtendSchema = true,
                }) + "1|a\n",
        ],
        ["FailureCommands.ShowFailures"] =
        [
            static given => FailureCommands.ShowFailures(given.Text(), null, null, null),
            static given => FailureCommands.ShowFailures(given.Text(), given.Text(), new DateTime(2026, 11, 22, 6, 30, 0, DateTimeKind.Utc), null),
            static given => FailureCommands.ShowFailures(given.Text(), given.Text(), null, new Guid("3827def6-0773-4f2a-859e-c02cf395deaf")),
        ],
        ["MappingCommands.ShowTableMappings"] = [static given => MappingCommands.ShowTableMappings(given.Name())],
        ["MappingCommands.ShowDatabaseMappings"] = [static given => MappingCommands.ShowDatabaseMappings(given.Name())],
        ["MappingCommands.CreateMapping"] = [.. MappingKinds.SelectMany(CreateMapping)],
        ["MappingCommands.DropMapping"] = [.. MappingKinds.SelectMany(DropMapping)],
        ["PolicyCommands.Show"] = [.. PolicyCases.OfEveryKind(static (table, kind) => PolicyCommands.Show(table, kind))],
        ["PolicyCommands.Delete"] = [.. PolicyCases.OfEveryKind(static (table, kind) => PolicyCommands.Delete(table, kind))],
        ["PolicyCommands.Alter"] = [.. PolicyCases.OfEveryPolicy(static (table, policy) => PolicyCommands.Alter(table, policy))],
        ["PolicyCommands.AlterMerge"] = [.. PolicyCases.OfEveryPolicy(static (table, policy) => PolicyCommands.AlterMerge(table, policy))],
        ["PreflightCommands.MostRows"] = [static given => PreflightCommands.MostRows(given.Name(), given.Name(), TimeSpan.FromHours(1), new DateTime(2026, 11, 22, 6, 30, 0, DateTimeKind.Utc))],
        ["QueryCommands.Cancel"] = [static given => QueryCommands.Cancel(given.Text())],
        ["RoleCommands.ShowPrincipals"] = [.. RoleCases.OnBoth(static (database, table) => RoleCommands.ShowPrincipals(database, table))],
        ["RoleCommands.ShowOwnRoles"] = [.. RoleCases.OnBoth(static (database, table) => RoleCommands.ShowOwnRoles(database, table))],
        ["RoleCommands.AddPrincipals"] = [.. RoleCases.WithNotes(RoleCommands.AddPrincipals)],
        ["RoleCommands.SetPrincipals"] = [.. RoleCases.WithNotes(RoleCommands.SetPrincipals)],
        ["RoleCommands.DropPrincipals"] = [.. RoleCases.OfEveryRole(static (database, table, role) => RoleCommands.DropPrincipals(database, table, role, RoleCases.Principals))],
        ["RoleCommands.SetNone"] = [.. RoleCases.OfEveryRole(static (database, table, role) => RoleCommands.SetNone(database, table, role))],
        ["TableCommands.ShowDatabaseSchema"] = [static given => TableCommands.ShowDatabaseSchema(given.Name())],
        ["TableCommands.ShowTableSchema"] = [static given => TableCommands.ShowTableSchema(given.Name())],
        ["TableCommands.ShowTableDetails"] = [static given => TableCommands.ShowTableDetails(given.Name())],
        ["TableCommands.DropTable"] = [static given => TableCommands.DropTable(given.Name())],
        ["TableCommands.ClearTable"] = [static given => TableCommands.ClearTable(given.Name())],
        ["TableCommands.CreateTable"] = [.. CreateTable(merge: false), .. CreateTable(merge: true)],
    };

    private static IEnumerable<CommandCase> CreateTable(bool merge)
    {
        yield return given => TableCommands.CreateTable(Table(given), merge);
        yield return given => TableCommands.CreateTable(Table(given) with { Folder = given.Text() }, merge);
        yield return given => TableCommands.CreateTable(Table(given) with { DocString = given.Text(), Folder = given.Text() }, merge);
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

    private static IEnumerable<CommandCase> DropMapping(AdxMappingKind kind)
    {
        yield return given => MappingCommands.DropMapping(MappingCommands.TableScope(given.Name()), kind, given.Name());
        yield return given => MappingCommands.DropMapping(MappingCommands.DatabaseScope(given.Name()), kind, given.Name());
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
}
