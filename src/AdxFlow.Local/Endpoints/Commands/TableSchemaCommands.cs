using System.Text.Json;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Showing tables and their schemas.</summary>
/// <remarks>Source: Microsoft Learn, ".show tables", ".show table details", ".show table schema".</remarks>
internal static class TableSchemaCommands
{
    private static readonly Column[] TablesColumns =
    [
        new("TableName", KustoType.String), new("DatabaseName", KustoType.String), new("Folder", KustoType.String), new("DocString", KustoType.String),
    ];

    private static readonly Column[] SchemaColumns =
    [
        new("TableName", KustoType.String), new("Schema", KustoType.String), new("DatabaseName", KustoType.String),
        new("Folder", KustoType.String), new("DocString", KustoType.String),
    ];

    private static readonly Column[] DetailsColumns =
    [
        new("TableName", KustoType.String), new("DatabaseName", KustoType.String), new("Folder", KustoType.String), new("DocString", KustoType.String),
        new("TotalExtents", KustoType.Long), new("TotalExtentSize", KustoType.Real), new("TotalOriginalSize", KustoType.Real), new("TotalRowCount", KustoType.Long),
        new("HotExtents", KustoType.Long), new("HotExtentSize", KustoType.Real), new("HotOriginalSize", KustoType.Real), new("HotRowCount", KustoType.Long),
        new("AuthorizedPrincipals", KustoType.String), new("RetentionPolicy", KustoType.String), new("CachingPolicy", KustoType.String),
        new("ShardingPolicy", KustoType.String), new("MergePolicy", KustoType.String), new("StreamingIngestionPolicy", KustoType.String),
        new("IngestionBatchingPolicy", KustoType.String), new("MinExtentsCreationTime", KustoType.DateTime), new("MaxExtentsCreationTime", KustoType.DateTime),
        new("RowOrderPolicy", KustoType.String), new("TableId", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("show tables", ShowTables),
        new("show table", ShowTable),
    ];

    /// <summary>The tables of a database, by name.</summary>
    public static IEnumerable<Table> Tables(HostedDatabase database) => database.Data.Tables.Values.OrderBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>The schemas of tables: as JSON, or in the form in which a table is created.</summary>
    public static ResultSet Schema(HostedDatabase database, IEnumerable<Table> tables, bool asJson) =>
        ResultSet.FromRows(SchemaColumns, tables.Select(t => new object?[] { t.Name, asJson ? JsonSchema(t) : CslSchema(t), database.Name, t.Folder, t.DocString }));

    /// <summary>Tables with their folders and descriptions.</summary>
    public static ResultSet List(HostedDatabase database, IEnumerable<Table> tables) =>
        ResultSet.FromRows(TablesColumns, tables.Select(t => new object?[] { t.Name, database.Name, t.Folder, t.DocString }));

    private static ResultSet ShowTables(CommandContext context, CommandReader reader)
    {
        List<string> names = reader.Next.IsMark("(") ? reader.ReadNames("the name of a table") : [];
        if (names.Count > 0 && reader.TryWord("extents")) return ExtentCommands.ShowTables(context, reader, names);
        bool details = reader.TryWord("details");
        if (reader.Next.Kind == CommandTokenKind.Word) throw UnknownCommand.NotSupported($".show tables {reader.Next.Text}");
        reader.ExpectEnd();
        context.Database.Access.DemandShowSchema(context.Caller, "TablesShowCommand");
        List<Table> tables = [.. names.Count > 0 ? names.Select(context.Database.Table) : Tables(context.Database)];
        return details
            ? Details(context.Database, tables)
            : List(context.Database, tables);
    }

    private static ResultSet ShowTable(CommandContext context, CommandReader reader)
    {
        if (reader.TryMark("*"))
            return reader.Next.IsWord("policy") ? PolicyCommands.ShowTables(context, reader, null) : throw reader.Unexpected("'policy'");
        (context, string name) = TableCommands.ReadQualified(context, reader);
        if (reader.Next.IsWord("policy")) return PolicyCommands.ShowTables(context, reader, name);
        if (MappingCommands.IsNext(reader)) return MappingCommands.Show(context, reader, name);
        if (reader.Next.IsWord("principals") || reader.Next.IsWord("principal")) return RoleCommands.ShowTable(context, reader, name);
        if (reader.TryWord("extents")) return ExtentCommands.ShowTables(context, reader, [name]);
        if (reader.TryWord("details"))
        {
            reader.ExpectEnd();
            context.Database.Access.DemandShowSchema(context.Caller, "TableShowCommand");
            return Details(context.Database, [context.Database.Table(name)]);
        }

        bool asJson = false;
        if (reader.TryWord("schema"))
        {
            reader.ExpectWord("as");
            if (reader.TryWord("json"))
                asJson = true;
            else
                reader.ExpectWord("csl");
        }
        else if (!reader.TryWord("cslschema"))
        {
            throw reader.Next.Kind == CommandTokenKind.Word
                ? UnknownCommand.NotSupported($".show table … {reader.Next.Text}")
                : reader.Unexpected("'details', 'extents', 'schema as json', 'cslschema', 'policy', 'principals' or 'principal roles'");
        }

        reader.ExpectEnd();
        context.Database.Access.DemandShowSchema(context.Caller, "TableShowSchemaCommand");
        return Schema(context.Database, [context.Database.Table(name)], asJson);
    }

    private static ResultSet Details(HostedDatabase database, IEnumerable<Table> tables) => ResultSet.FromRows(DetailsColumns, tables.Select(table =>
    {
        ExtentList list = table.Extents;
        long extents = list.Count;
        double size = table.OriginalSize;
        long rows = table.RowCount;
        return new object?[]
        {
            table.Name, database.Name, table.Folder, table.DocString, extents, size, size, rows, extents, size, size, rows,
            Principals(database, table.Name), database.Policies.Effective(table.Name, "retention"), database.Policies.Effective(table.Name, "caching"), "null", "null",
            database.Policies.Effective(table.Name, "streamingingestion"), database.Policies.Effective(table.Name, "ingestionbatching"),
            extents == 0 ? null : list.Min(e => e.CreatedOn), extents == 0 ? null : list.Max(e => e.CreatedOn), "null",
            database.TableId(table.Name).ToString(),
        };
    }));

    private static string Principals(HostedDatabase database, string table) => JsonSerializer.Serialize(
        Enum.GetValues<TableRole>().SelectMany(role => database.Access.Members(table, role).Assignments.Select(a => new { Type = a.Principal.TypeName, FullyQualifiedName = a.Principal.Fqn, a.Notes })),
        LocalJson.Serializer);

    private static string CslSchema(Table table) => string.Join(", ", table.Columns.Select(c => $"{Name(c.Name)}:{KustoTypes.Name(c.Type)}"));

    private static string JsonSchema(Table table) => JsonSerializer.Serialize(
        new
        {
            table.Name,
            table.Folder,
            table.DocString,
            OrderedColumns = table.Columns.Select(c => new { c.Name, Type = SystemType(c.Type), CslType = KustoTypes.Name(c.Type) }),
        },
        LocalJson.Serializer);

    /// <summary>A name as it can stand in a command.</summary>
    private static string Name(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => c == '_' || char.IsLetterOrDigit(c))
            ? name
            : "['" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "']";

    public static string SystemType(KustoType type) => type switch
    {
        KustoType.Bool => "System.SByte",
        KustoType.Decimal => "System.Data.SqlTypes.SqlDecimal",
        _ => "System." + KustoTypes.ClrName(type),
    };
}
