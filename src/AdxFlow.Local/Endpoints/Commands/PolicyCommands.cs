using System.Text.Json;
using AdxFlow.Local.Endpoints.Policies;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Showing, setting and deleting policies of tables and databases.</summary>
/// <remarks>Source: Microsoft Learn, the pages ".show | .alter | .alter-merge | .delete table | database policy …".</remarks>
internal static class PolicyCommands
{
    private static readonly Column[] Columns =
    [
        new("PolicyName", KustoType.String), new("EntityName", KustoType.String), new("Policy", KustoType.String),
        new("ChildEntities", KustoType.String), new("EntityType", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("alter tables", (context, reader) => AlterTables(context, reader, merges: false)),
        new("alter-merge tables", (context, reader) => AlterTables(context, reader, merges: true)),
        new("alter database", (context, reader) => AlterDatabase(context, reader, merges: false)),
        new("alter-merge database", (context, reader) => AlterDatabase(context, reader, merges: true)),
        new("delete table", DeleteTable),
        new("delete database", DeleteDatabase),
    ];

    /// <summary>Sets a policy; the reader stands at <c>policy</c>.</summary>
    public static ResultSet Alter(CommandContext context, CommandReader reader, List<string> tables, bool merges)
    {
        reader.ExpectWord("policy");
        PolicyKind kind = PolicyKind.Read(reader);
        Func<string?, string> change = kind.ReadChange(reader, new PolicyScope(merges, OnDatabase: false));
        lock (context.Database.SchemaGate)
        {
            foreach (string table in tables)
            {
                context.Database.Access.DemandAdminister(context.Caller, table, "TableAlterPolicyCommand");
                context.Database.Table(table);
            }

            List<(string Table, string Policy)> changed = [.. tables.Select(t => (t, change(context.Database.Policies.Find(t, kind))))];
            changed.ForEach(c => context.Database.Policies.Set(c.Table, kind, c.Policy));
        }

        return Rows(context.Database, kind, tables);
    }

    /// <summary>Shows a policy of one table, or of each of them; the reader stands at <c>policy</c>.</summary>
    public static ResultSet ShowTables(CommandContext context, CommandReader reader, string? table)
    {
        reader.ExpectWord("policy");
        PolicyKind kind = PolicyKind.Read(reader);
        reader.ExpectEnd();
        context.Database.Access.DemandShowSchema(context.Caller, "TablePolicyShowCommand");
        return Rows(context.Database, kind, table is null ? TableSchemaCommands.Tables(context.Database).Select(t => t.Name) : [context.Database.Table(table).Name]);
    }

    /// <summary>Shows a policy of a database; the reader stands at <c>policy</c>.</summary>
    public static ResultSet ShowDatabase(CommandContext context, CommandReader reader, HostedDatabase database)
    {
        reader.ExpectWord("policy");
        PolicyKind kind = PolicyKind.Read(reader);
        reader.ExpectEnd();
        database.Access.DemandShowSchema(context.Caller, "DatabasePolicyShowCommand");
        return Row(database, kind);
    }

    private static ResultSet AlterTables(CommandContext context, CommandReader reader, bool merges)
    {
        List<string> tables = reader.ReadNames("the name of a table");
        return Alter(context, reader, tables, merges);
    }

    private static ResultSet AlterDatabase(CommandContext context, CommandReader reader, bool merges)
    {
        string name = reader.ReadName("the name of a database");
        if (MappingCommands.IsNext(reader) && !merges)
            return MappingCommands.Write(context with { Database = context.Services.Database(name) }, reader, null, MappingChange.Alter);
        HostedDatabase database = FindDatabase(context, reader, name);
        PolicyKind kind = PolicyKind.Read(reader);
        Func<string?, string> change = kind.ReadChange(reader, new PolicyScope(merges, OnDatabase: true));
        database.Access.DemandAdminister(context.Caller, "DatabaseAlterPolicyCommand");
        lock (database.SchemaGate)
            database.Policies.Set(null, kind, change(database.Policies.Find(null, kind)));
        return Row(database, kind);
    }

    private static ResultSet DeleteTable(CommandContext context, CommandReader reader)
    {
        (context, string table) = TableCommands.ReadQualified(context, reader);
        reader.ExpectWord("policy");
        PolicyKind kind = PolicyKind.Read(reader);
        reader.ExpectEnd();
        context.Database.Access.DemandAdminister(context.Caller, table, "TableDeletePolicyCommand");
        context.Database.Table(table);
        context.Database.Policies.Remove(table, kind);
        return Rows(context.Database, kind, [table]);
    }

    private static ResultSet DeleteDatabase(CommandContext context, CommandReader reader)
    {
        HostedDatabase database = ReadDatabase(context, reader);
        PolicyKind kind = PolicyKind.Read(reader);
        reader.ExpectEnd();
        database.Access.DemandAdminister(context.Caller, "DatabaseDeletePolicyCommand");
        database.Policies.Remove(null, kind);
        return Row(database, kind);
    }

    private static HostedDatabase ReadDatabase(CommandContext context, CommandReader reader) =>
        FindDatabase(context, reader, reader.ReadName("the name of a database"));

    private static HostedDatabase FindDatabase(CommandContext context, CommandReader reader, string name)
    {
        if (!reader.Next.IsWord("policy") && reader.Next.Kind == CommandTokenKind.Word) throw UnknownCommand.NotSupported($"… database … {reader.Next.Text}");
        reader.ExpectWord("policy");
        return context.Services.Database(name);
    }

    private static ResultSet Rows(HostedDatabase database, PolicyKind kind, IEnumerable<string> tables) => ResultSet.FromRows(
        Columns,
        tables.Select(t => new object?[] { kind.Name, $"[{database.Name}].[{t}]", database.Policies.Find(t, kind) ?? "null", "", "Table" }));

    private static ResultSet Row(HostedDatabase database, PolicyKind kind) => ResultSet.FromRows(
        Columns,
        [[kind.Name, $"[{database.Name}]", database.Policies.Find(null, kind) ?? "null", JsonSerializer.Serialize(TableSchemaCommands.Tables(database).Select(t => t.Name), LocalJson.Serializer), "Database"]]);
}
