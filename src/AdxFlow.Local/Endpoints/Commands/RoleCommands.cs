using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Giving, taking and showing security roles.</summary>
/// <remarks>Source: Microsoft Learn, "Manage database security roles" and "Manage table security roles".</remarks>
internal static class RoleCommands
{
    private static readonly Column[] PrincipalsColumns =
    [
        new("Role", KustoType.String), new("PrincipalType", KustoType.String), new("PrincipalDisplayName", KustoType.String), new("PrincipalObjectId", KustoType.String),
        new("PrincipalFQN", KustoType.String), new("Notes", KustoType.String), new("RoleAssignmentIdentifier", KustoType.String),
    ];

    private static readonly Column[] OwnRolesColumns =
    [
        new("Scope", KustoType.String), new("DisplayName", KustoType.String), new("AADObjectID", KustoType.String), new("Role", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("add database", (context, reader) => ChangeDatabase(context, reader, RoleChange.Add)),
        new("drop database", (context, reader) => ChangeDatabase(context, reader, RoleChange.Drop)),
        new("set database", (context, reader) => ChangeDatabase(context, reader, RoleChange.Set)),
        new("add table", (context, reader) => ChangeTable(context, reader, RoleChange.Add, reader.ReadName("the name of a table"))),
        new("set table", (context, reader) => ChangeTable(context, reader, RoleChange.Set, reader.ReadName("the name of a table"))),
    ];

    public static bool IsTableRole(CommandToken token) => token.Kind == CommandTokenKind.Word && Enum.TryParse(token.Text, ignoreCase: true, out TableRole _) && !char.IsDigit(token.Text[0]);

    /// <summary>Changes a role of a table; the reader stands at the role.</summary>
    public static ResultSet ChangeTable(CommandContext context, CommandReader reader, RoleChange change, string table)
    {
        TableRole role = ReadRole<TableRole>(reader);
        Assignment assignment = ReadAssignment(reader, change);
        AccessControl access = context.Database.Access;
        access.DemandAdminister(context.Caller, table, $"Table{change}PrincipalsCommand");
        lock (context.Database.SchemaGate)
        {
            context.Database.Table(table);
            Principal? stranger = change == RoleChange.Drop ? null : assignment.Principals.FirstOrDefault(p => !access.MayHold(p, role));
            if (stranger is not null)
            {
                string needed = role == TableRole.Ingestors ? "users or ingestors" : "users";
                throw ServiceException.BadRequest($"Principal '{stranger.Fqn}' must have access on the database level to be assigned table specific security roles: to become one of the {RoleName(role)} of table '{table}', it must be one of the {needed} of database '{context.Database.Name}'.");
            }

            Apply(access.Members(table, role), change, assignment);
        }

        return assignment.SkipResults ? ResultSet.FromRows(PrincipalsColumns, []) : TablePrincipals(context.Database, table);
    }

    public static ResultSet ShowTable(CommandContext context, CommandReader reader, string table)
    {
        if (reader.TryWord("principals"))
        {
            reader.ExpectEnd();
            context.Database.Access.DemandShowPrincipals(context.Caller, table);
            context.Database.Table(table);
            return TablePrincipals(context.Database, table);
        }

        reader.ExpectWord("principal");
        reader.ExpectWord("roles");
        reader.ExpectEnd();
        context.Database.Table(table);
        return OwnRoles(context.Caller, DatabaseRoles(context.Database).Concat(TableRoles(context.Database, table)));
    }

    public static ResultSet ShowDatabase(CommandContext context, CommandReader reader, HostedDatabase database)
    {
        if (reader.TryWord("principals"))
        {
            reader.ExpectEnd();
            database.Access.DemandShowPrincipals(context.Caller, null);
            return DatabasePrincipals(database);
        }

        reader.ExpectWord("principal");
        reader.ExpectWord("roles");
        reader.ExpectEnd();
        return OwnRoles(context.Caller, DatabaseRoles(database));
    }

    private static ResultSet ChangeDatabase(CommandContext context, CommandReader reader, RoleChange change)
    {
        // The name of the database may be left out; then the role comes first, and behind it no other word than none.
        HostedDatabase database = context.Database;
        CommandToken second = reader.PeekSecond();
        if (reader.Next.IsMark("[") || (second.Kind == CommandTokenKind.Word && !second.IsWord("none")))
        {
            database = context.Services.Database(reader.ReadName("the name of a database"));
            if (change == RoleChange.Drop && MappingCommands.IsNext(reader)) return MappingCommands.Drop(context with { Database = database }, reader, null);
        }

        DatabaseRole role = ReadRole<DatabaseRole>(reader);
        Assignment assignment = ReadAssignment(reader, change);
        database.Access.DemandAdminister(context.Caller, $"Database{change}PrincipalsCommand");
        Apply(database.Access.Members(role), change, assignment);
        return assignment.SkipResults ? ResultSet.FromRows(PrincipalsColumns, []) : DatabasePrincipals(database);
    }

    private static TRole ReadRole<TRole>(CommandReader reader)
        where TRole : struct, Enum
    {
        if (reader.Next.Kind == CommandTokenKind.Word && !char.IsDigit(reader.Next.Text[0]) && Enum.TryParse(reader.Next.Text, ignoreCase: true, out TRole role))
        {
            reader.Take();
            return role;
        }

        throw reader.Unexpected("one of the roles " + string.Join(", ", Enum.GetValues<TRole>().Select(RoleName)));
    }

    private static Assignment ReadAssignment(CommandReader reader, RoleChange change)
    {
        var principals = new List<Principal>();
        if (change != RoleChange.Set || !reader.TryWord("none"))
        {
            reader.ExpectMark("(");
            do principals.Add(Principal.Parse(reader.ReadLiteral("a principal")));
            while (reader.TryMark(","));
            reader.ExpectMark(")");
        }

        bool skip = reader.TryWord("skip-results");
        string? notes = reader.Next.Kind == CommandTokenKind.Literal ? reader.ReadLiteral("notes") : null;
        reader.ExpectEnd();
        return new Assignment(principals, skip, notes);
    }

    private static void Apply(RoleMembers members, RoleChange change, Assignment assignment)
    {
        if (change == RoleChange.Add)
            members.Add(assignment.Principals, assignment.Notes);
        else if (change == RoleChange.Drop)
            members.Drop(assignment.Principals);
        else
            members.Set(assignment.Principals, assignment.Notes);
    }

    private static ResultSet DatabasePrincipals(HostedDatabase database) => ResultSet.FromRows(PrincipalsColumns, Rows(DatabaseRoles(database)));

    private static ResultSet TablePrincipals(HostedDatabase database, string table) => ResultSet.FromRows(PrincipalsColumns, Rows(TableRoles(database, table)));

    private static IEnumerable<object?[]> Rows(IEnumerable<(string Scope, string Role, RoleMembers Members)> roles) =>
        roles.SelectMany(r => r.Members.Assignments.Select(a => new object?[]
        {
            $"{r.Scope} {r.Role}", a.Principal.TypeName, a.Principal.Id, Guid.TryParse(a.Principal.Id, out _) ? a.Principal.Id : "", a.Principal.Fqn, a.Notes, a.Id.ToString(),
        }));

    private static ResultSet OwnRoles(Caller caller, IEnumerable<(string Scope, string Role, RoleMembers Members)> roles) => ResultSet.FromRows(
        OwnRolesColumns,
        Implied(caller).Concat(roles.Where(r => r.Members.Contains(caller)).Select(r => (r.Scope, r.Role)))
            .Select(r => new object?[] { r.Scope, caller.Principal.Id, caller.ObjectId, r.Role }));

    /// <summary>Who sends no token has every right, which on a cluster is a role on all of its databases.</summary>
    private static IEnumerable<(string Scope, string Role)> Implied(Caller caller) => caller.IsAdministrator ? [("Cluster", "AllDatabasesAdmin")] : [];

    private static IEnumerable<(string Scope, string Role, RoleMembers Members)> DatabaseRoles(HostedDatabase database) =>
        Enum.GetValues<DatabaseRole>().Select(role => ($"Database {database.Name}", Singular(role.ToString()), database.Access.Members(role)));

    private static IEnumerable<(string Scope, string Role, RoleMembers Members)> TableRoles(HostedDatabase database, string table) =>
        Enum.GetValues<TableRole>().Select(role => ($"Table {table}", Singular(role.ToString()), database.Access.Members(table, role)));

    private static string Singular(string role) => role[..^1];

    private static string RoleName<TRole>(TRole role)
        where TRole : struct, Enum => role.ToString().ToLowerInvariant();

    private sealed record Assignment(IReadOnlyList<Principal> Principals, bool SkipResults, string? Notes);
}
