using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Making, widening, emptying and dropping tables.</summary>
/// <remarks>Source: Microsoft Learn, ".create table", ".create-merge table", ".alter-merge table",
/// ".alter table docstring", ".alter table folder", ".drop table", ".clear table data".</remarks>
internal static class TableCommands
{
    private static readonly Column[] DropColumns = [new("TableName", KustoType.String), new("DatabaseName", KustoType.String)];

    private static readonly Column[] StatusColumns = [new("Status", KustoType.String)];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("create table", Create),
        new("create-merge table", CreateMerge),
        new("alter-merge table", AlterMerge),
        new("alter table", Alter),
        new("drop table", Drop),
        new("drop tables", DropMany),
        new("clear table", Clear),
    ];

    /// <summary>Reads <c>T</c> or <c>D.T</c>, and tells the context in which the table is.</summary>
    public static (CommandContext Context, string Table) ReadQualified(CommandContext context, CommandReader reader)
    {
        string name = reader.ReadName("the name of a table");
        if (!reader.TryMark(".")) return (context, name);
        return (context with { Database = context.Services.Database(name) }, reader.ReadName("the name of a table"));
    }

    private static ResultSet Create(CommandContext context, CommandReader reader)
    {
        string name = reader.ReadName("the name of a table");
        if (MappingCommands.IsNext(reader)) return MappingCommands.Write(context, reader, name, MappingChange.Create);
        (List<Column> columns, Dictionary<string, string> properties) = ReadColumns(reader, ".create table");
        context.Database.Access.DemandCreateTable(context.Caller);
        lock (context.Database.SchemaGate)
        {
            if (!context.Database.Data.Tables.ContainsKey(name)) Add(context, name, columns, properties);
            return Schema(context, name);
        }
    }

    private static ResultSet CreateMerge(CommandContext context, CommandReader reader)
    {
        string name = reader.ReadName("the name of a table");
        (List<Column> columns, Dictionary<string, string> properties) = ReadColumns(reader, ".create-merge table");
        context.Database.Access.DemandCreateTable(context.Caller);
        lock (context.Database.SchemaGate)
        {
            if (!context.Database.Data.Tables.TryGetValue(name, out Table? table))
            {
                Add(context, name, columns, properties);
            }
            else
            {
                context.Database.Access.DemandAdminister(context.Caller, name, "TableCreateMergeCommand");
                Merge(table, columns, properties);
            }

            return Schema(context, name);
        }
    }

    private static ResultSet AlterMerge(CommandContext context, CommandReader reader)
    {
        (context, string name) = ReadQualified(context, reader);
        if (reader.Next.IsWord("policy")) return PolicyCommands.Alter(context, reader, [name], merges: true);
        (List<Column> columns, Dictionary<string, string> properties) = ReadColumns(reader, ".alter-merge table");
        context.Database.Access.DemandAdminister(context.Caller, name, "TableAlterMergeCommand");
        lock (context.Database.SchemaGate)
        {
            Merge(context.Database.Table(name), columns, properties);
            return Schema(context, name);
        }
    }

    /// <summary>What a command made of a table; told with the gate held, for the next one may drop it.</summary>
    private static ResultSet Schema(CommandContext context, string name) =>
        TableSchemaCommands.Schema(context.Database, [context.Database.Table(name)], asJson: true);

    private static void Merge(Table table, List<Column> columns, Dictionary<string, string> properties)
    {
        try
        {
            table.MergeColumns(columns);
        }
        catch (InvalidOperationException e)
        {
            throw ServiceException.BadRequest(e.Message);
        }

        table.Folder = properties.GetValueOrDefault("folder", table.Folder);
        table.DocString = properties.GetValueOrDefault("docstring", table.DocString);
    }

    /// <summary>Sets the text or the folder of a table. A new list of columns is refused: it would drop columns.</summary>
    private static ResultSet Alter(CommandContext context, CommandReader reader)
    {
        (context, string name) = ReadQualified(context, reader);
        if (reader.Next.IsWord("policy")) return PolicyCommands.Alter(context, reader, [name], merges: false);
        if (MappingCommands.IsNext(reader)) return MappingCommands.Write(context, reader, name, MappingChange.Alter);
        if (reader.Next.IsMark("(")) throw UnknownCommand.NotSupported(".alter table … (columns)");
        bool folder = reader.TryWord("folder");
        if (!folder && !reader.TryWord("docstring"))
        {
            RefuseWord(reader, ".alter table");
            throw reader.Unexpected("'docstring' or 'folder'");
        }

        string text = reader.ReadLiteral("a string literal");
        reader.ExpectEnd();
        context.Database.Access.DemandAdminister(context.Caller, name, folder ? "TableAlterFolderCommand" : "TableAlterDocStringCommand");
        lock (context.Database.SchemaGate)
        {
            Table table = context.Database.Table(name);
            if (folder)
                table.Folder = text;
            else
                table.DocString = text;
            return Schema(context, name);
        }
    }

    private static ResultSet Drop(CommandContext context, CommandReader reader)
    {
        string name = reader.ReadName("the name of a table");
        if (RoleCommands.IsTableRole(reader.Next)) return RoleCommands.ChangeTable(context, reader, RoleChange.Drop, name);
        if (MappingCommands.IsNext(reader)) return MappingCommands.Drop(context, reader, name);
        if (!reader.Next.IsWord("ifexists")) RefuseWord(reader, ".drop table");
        return DropAll(context, reader, [name]);
    }

    private static ResultSet DropMany(CommandContext context, CommandReader reader) => DropAll(context, reader, reader.ReadNames("the name of a table"));

    /// <summary>Drops all of the tables, or none where one is missing or not the caller's to drop.</summary>
    private static ResultSet DropAll(CommandContext context, CommandReader reader, List<string> names)
    {
        bool ifExists = reader.TryWord("ifexists");
        reader.ExpectEnd();
        lock (context.Database.SchemaGate)
        {
            foreach (string name in names)
            {
                context.Database.Access.DemandAdminister(context.Caller, name, "TableDropCommand");
                if (!ifExists) context.Database.Table(name);
            }

            names.ForEach(context.Database.RemoveTable);
        }

        return ResultSet.FromRows(DropColumns, TableSchemaCommands.Tables(context.Database).Select(t => new object?[] { t.Name, context.Database.Name }));
    }

    private static ResultSet Clear(CommandContext context, CommandReader reader)
    {
        string name = reader.ReadName("the name of a table");
        if (reader.Next.IsWord("cache")) return StreamingCacheCommands.ClearTable(context, reader, name);
        if (!reader.Next.IsWord("data")) RefuseWord(reader, ".clear table");
        reader.ExpectWord("data");
        reader.ExpectEnd();
        context.Database.Access.DemandAdminister(context.Caller, name, "TableClearDataCommand");
        lock (context.Database.SchemaGate)
        {
            Table table = context.Database.Table(name);
            context.Database.Schema.Clear(table);
            table.Clear();
            context.Database.ClearTags(name);
        }

        return ResultSet.FromRows(StatusColumns, [["Succeeded"]]);
    }

    /// <summary>Refuses what follows the name of a table where the service has more commands than the stand-in.</summary>
    private static void RefuseWord(CommandReader reader, string command)
    {
        if (reader.Next.IsWord("policy") || reader.Next.IsWord("ingestion") || reader.Next.IsWord("cache") || reader.Next.IsWord("column"))
            throw UnknownCommand.NotSupported($"{command} … {reader.Next.Text}");
    }

    internal static void Add(CommandContext context, string name, List<Column> columns, Dictionary<string, string> properties)
    {
        context.Database.Data.Tables[name] = new Table(name, columns, properties.GetValueOrDefault("folder", ""), properties.GetValueOrDefault("docstring", ""));
        context.Database.Access.Members(name, TableRole.Admins).Add([context.Caller.Principal], null);
    }

    private static (List<Column> Columns, Dictionary<string, string> Properties) ReadColumns(CommandReader reader, string command)
    {
        if (!reader.Next.IsMark("(") && (reader.Next.IsWord("based-on") || reader.Next.IsWord("ingestion")))
            throw UnknownCommand.NotSupported($"{command} … {reader.Next.Text}");
        RefuseWord(reader, command);
        List<Column> columns = ReadColumnList(reader);
        return (columns, ReadTableProperties(reader));
    }

    /// <summary>Columns in parentheses: <c>(A:long, ['b c']:string)</c>.</summary>
    internal static List<Column> ReadColumnList(CommandReader reader)
    {
        reader.ExpectMark("(");
        var columns = new List<Column>();
        do
        {
            string column = reader.ReadName("the name of a column");
            reader.ExpectMark(":");
            if (reader.Next.Kind != CommandTokenKind.Word) throw reader.Unexpected("the type of a column");
            string type = reader.Next.Text;
            if (!KustoTypes.TryParse(type, out KustoType parsed)) throw reader.Error($"'{type}' is not a scalar data type.");
            reader.Take();
            if (columns.Exists(c => c.Name == column)) throw reader.Error($"The column '{column}' occurs twice.");
            columns.Add(new Column(column, parsed));
        }
        while (reader.TryMark(","));
        reader.ExpectMark(")");
        return columns;
    }

    /// <summary>The folder and the description of a table, if they come, and the end of the command.</summary>
    internal static Dictionary<string, string> ReadTableProperties(CommandReader reader)
    {
        Dictionary<string, string> properties = reader.ReadProperties();
        string? unknown = properties.Keys.FirstOrDefault(p => !p.Equals("folder", StringComparison.OrdinalIgnoreCase) && !p.Equals("docstring", StringComparison.OrdinalIgnoreCase));
        if (unknown is not null) throw ServiceException.NotSupported($"The local stand-in has no property '{unknown}' of a table.");
        reader.ExpectEnd();
        return properties;
    }
}
