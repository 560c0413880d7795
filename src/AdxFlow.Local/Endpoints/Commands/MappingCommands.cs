using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Making, showing and dropping stored ingestion mappings of tables and databases.</summary>
/// <remarks>Source: Microsoft Learn, ".create | .alter | .create-or-alter | .show | .drop ingestion mapping".</remarks>
internal static class MappingCommands
{
    private static readonly Column[] Columns =
    [
        new("Name", KustoType.String), new("Kind", KustoType.String), new("Mapping", KustoType.String), new("LastUpdatedOn", KustoType.DateTime),
        new("Database", KustoType.String), new("Table", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("create-or-alter table", (context, reader) => Write(context, reader, reader.ReadName("the name of a table"), MappingChange.CreateOrAlter)),
        new("create-or-alter database", (context, reader) => WriteDatabase(context, reader, MappingChange.CreateOrAlter)),
    ];

    public static bool IsNext(CommandReader reader) => reader.Next.IsWord("ingestion");

    /// <summary>Sets a mapping; the reader stands at <c>ingestion</c>.</summary>
    /// <param name="context">The database.</param>
    /// <param name="reader">The command.</param>
    /// <param name="table">The table, or null for the database.</param>
    /// <param name="change">Whether it may or must be there already.</param>
    public static ResultSet Write(CommandContext context, CommandReader reader, string? table, MappingChange change)
    {
        reader.ExpectWord("ingestion");
        MappingKind kind = ReadKind(reader);
        reader.ExpectWord("mapping");
        string name = reader.ReadOneLiteral("the name of a mapping");
        MappingDefinition definition = ReadDefinition(reader, kind);
        if (reader.Next.IsWord("with")) throw UnknownCommand.NotSupported("… mapping … with (…)");
        reader.ExpectEnd();
        if (name.Length is 0 or > 1024) throw ServiceException.BadRequest("The name of a mapping must have between 1 and 1024 characters.");
        DemandIngest(context, table);
        lock (context.Database.SchemaGate)
        {
            if (table is not null) context.Database.Table(table);
            bool exists = context.Database.Mappings.Find(table, kind, name) is not null;
            if (exists && change == MappingChange.Create) throw ServiceException.AlreadyExists($"The {kind} mapping '{name}' already exists.");
            if (!exists && change == MappingChange.Alter) throw NotFound(kind, name);
            return Rows(context.Database, table, [context.Database.Mappings.Set(table, name, definition)]);
        }
    }

    public static ResultSet Drop(CommandContext context, CommandReader reader, string? table)
    {
        reader.ExpectWord("ingestion");
        MappingKind kind = ReadKind(reader);
        reader.ExpectWord("mapping");
        string name = reader.ReadLiteral("the name of a mapping");
        reader.ExpectEnd();
        DemandIngest(context, table);
        if (table is not null) context.Database.Table(table);
        return Rows(context.Database, table, [context.Database.Mappings.Remove(table, kind, name) ?? throw NotFound(kind, name)]);
    }

    public static ResultSet Show(CommandContext context, CommandReader reader, string? table)
    {
        reader.ExpectWord("ingestion");
        MappingKind? kind = reader.Next.IsWord("mappings") || reader.Next.IsWord("mapping") ? null : ReadKind(reader);
        string? name = null;
        if (kind is not null && reader.TryWord("mapping"))
            name = reader.ReadLiteral("the name of a mapping");
        else
            reader.ExpectWord("mappings");
        reader.ExpectEnd();
        AccessControl access = context.Database.Access;
        bool allowed = access.CanShowSchema(context.Caller) || (table is null ? access.CanIngestAnywhere(context.Caller) : access.CanIngest(context.Caller, table));
        AccessControl.Demand(allowed, context.Caller, "IngestionMappingShowCommand", table is null ? $"database '{context.Database.Name}'" : $"table '{table}' in database '{context.Database.Name}'");
        if (table is not null) context.Database.Table(table);
        return Rows(context.Database, table, name is null
            ? context.Database.Mappings.List(table, kind)
            : [context.Database.Mappings.Find(table, kind!.Value, name) ?? throw NotFound(kind.Value, name)]);
    }

    /// <summary>Sets a mapping of a database; the reader stands at its name.</summary>
    public static ResultSet WriteDatabase(CommandContext context, CommandReader reader, MappingChange change)
    {
        HostedDatabase database = context.Services.Database(reader.ReadName("the name of a database"));
        return Write(context with { Database = database }, reader, null, change);
    }

    private static void DemandIngest(CommandContext context, string? table)
    {
        if (table is null)
            context.Database.Access.DemandIngest(context.Caller);
        else
            context.Database.Access.DemandIngest(context.Caller, table);
    }

    private static MappingKind ReadKind(CommandReader reader)
    {
        CommandToken token = reader.Next;
        if (token.Kind == CommandTokenKind.Word && !char.IsDigit(token.Text[0]) && Enum.TryParse(token.Text, ignoreCase: true, out MappingKind kind))
        {
            reader.Take();
            return kind;
        }

        throw token.IsWord("azmonstream") || token.IsWord("sstream") ? UnknownCommand.NotSupported($"… ingestion {token.Text} mapping") : reader.Unexpected("the kind of a mapping");
    }

    private static MappingDefinition ReadDefinition(CommandReader reader, MappingKind kind)
    {
        string json = reader.ReadLiteral("a mapping");
        try
        {
            return MappingDefinition.Parse(json, kind);
        }
        catch (IngestionException e)
        {
            throw ServiceException.BadRequest(e.Message, e.Code);
        }
    }

    private static ServiceException NotFound(MappingKind kind, string name) =>
        ServiceException.BadRequest($"The {kind} mapping '{name}' was not found.", "BadRequest_EntityNotFound");

    private static ResultSet Rows(HostedDatabase database, string? table, IEnumerable<StoredMapping> mappings) => ResultSet.FromRows(
        Columns,
        mappings.Select(m => new object?[] { m.Name, m.KindName, m.Definition.ToJson(), m.UpdatedOn, database.Name, table ?? "" }));
}
