using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Making and showing databases.</summary>
/// <remarks>
/// Source: Microsoft Learn, ".show databases", ".show database", ".show database schema"; making one: "Install the Azure Data
/// Explorer Kusto emulator", and for a database in memory the official grammar (<c>volatile</c>).
/// </remarks>
internal static class DatabaseCommands
{
    private static readonly Column[] CreatedColumns =
    [
        new("DatabaseName", KustoType.String), new("PersistentPath", KustoType.String), new("Created", KustoType.String),
        new("StoresMetadata", KustoType.Bool), new("StoresData", KustoType.Bool),
    ];

    private static readonly Column[] SchemaColumns =
    [
        new("DatabaseName", KustoType.String), new("TableName", KustoType.String), new("ColumnName", KustoType.String), new("ColumnType", KustoType.String),
        new("IsDefaultTable", KustoType.Bool), new("IsDefaultColumn", KustoType.Bool), new("PrettyName", KustoType.String), new("Version", KustoType.String),
        new("Folder", KustoType.String), new("DocString", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("create database", Create),
        new("show databases", ShowMany),
        new("show cluster databases", ShowMany),
        new("show database", ShowOne),
    ];

    private static ResultSet Create(CommandContext context, CommandReader reader)
    {
        string name = reader.ReadName("the name of a database");
        if (MappingCommands.IsNext(reader)) return MappingCommands.Write(context with { Database = context.Services.Database(name) }, reader, null, MappingChange.Create);
        if (reader.TryWord("persist"))
            SkipPaths(reader);
        else
            reader.ExpectWord("volatile");
        bool ifNotExists = reader.TryWord("ifnotexists");
        reader.ExpectEnd();
        AccessControl.Demand(context.Caller.IsAdministrator, context.Caller, "DatabaseCreateCommand", $"'{context.Services.ClusterUri}'");
        HostedDatabase? made = context.Services.AddDatabase(name);
        if (made is null && !ifNotExists) throw ServiceException.AlreadyExists($"Database '{name}' already exists.");
        return ResultSet.FromRows(CreatedColumns, [[(made ?? context.Services.Database(name)).Name, "", made is null ? "false" : "true", true, true]]);
    }

    /// <summary>Where the service would keep the database. Here it is in memory; the paths only have to be there.</summary>
    private static void SkipPaths(CommandReader reader)
    {
        reader.ExpectMark("(");
        do reader.ReadLiteral("the path of a folder");
        while (reader.TryMark(","));
        reader.ExpectMark(")");
    }

    /// <summary>The databases that the caller can see.</summary>
    private static ResultSet ShowMany(CommandContext context, CommandReader reader)
    {
        IEnumerable<HostedDatabase> databases = context.Services.Databases;
        if (reader.Next.IsMark("("))
            databases = [.. reader.ReadNames("the name of a database").Select(context.Services.Database).Distinct()];
        else if (DatabaseViews.TryRead(reader) is { } view)
            return view(context, Visible(context, databases));
        else if (reader.Next.Kind == CommandTokenKind.Word)
            throw UnknownCommand.NotSupported($".show databases {reader.Next.Text}");
        reader.ExpectEnd();
        return DatabaseViews.List(context, Visible(context, databases));
    }

    private static ResultSet ShowOne(CommandContext context, CommandReader reader)
    {
        HostedDatabase database = context.Database;
        if (!IsView(reader.Next) && reader.Next.Kind != CommandTokenKind.End && !reader.Next.IsMark("|"))
            database = context.Services.Database(reader.ReadName("the name of a database"));
        if (reader.Next.IsWord("principals") || reader.Next.IsWord("principal")) return RoleCommands.ShowDatabase(context, reader, database);
        if (MappingCommands.IsNext(reader)) return MappingCommands.Show(context with { Database = database }, reader, null);
        if (reader.Next.IsWord("policy")) return PolicyCommands.ShowDatabase(context, reader, database);
        if (reader.TryWord("extents")) return ExtentCommands.ShowDatabase(context, reader, database);
        if (reader.TryWord("schema")) return ShowSchema(context, reader, database);
        Func<CommandContext, IEnumerable<HostedDatabase>, ResultSet>? view = DatabaseViews.TryRead(reader);
        if (view is null && reader.Next.Kind == CommandTokenKind.Word) throw UnknownCommand.NotSupported($".show database … {reader.Next.Text}");
        reader.ExpectEnd();
        database.Access.DemandShowSchema(context.Caller, "DatabaseShowCommand");
        return (view ?? DatabaseViews.Identity)(context, [database]);
    }

    private static bool IsView(CommandToken token) =>
        token.IsWord("principals") || token.IsWord("principal") || token.IsWord("schema") || token.IsWord("policy") || token.IsWord("extents") || DatabaseViews.Names.Any(token.IsWord);

    private static IEnumerable<HostedDatabase> Visible(CommandContext context, IEnumerable<HostedDatabase> databases) =>
        databases.Where(d => d.Access.CanSee(context.Caller));

    private static ResultSet ShowSchema(CommandContext context, CommandReader reader, HostedDatabase database)
    {
        if (reader.Next.Kind == CommandTokenKind.Word) throw UnknownCommand.NotSupported($".show database … schema {reader.Next.Text}");
        reader.ExpectEnd();
        database.Access.DemandShowSchema(context.Caller, "DatabaseSchemaShowCommand");
        var rows = new List<object?[]> { new object?[] { database.Name, "", "", "", false, false, "", "v1.0", "", "" } };
        foreach (Table table in TableSchemaCommands.Tables(database))
        {
            rows.Add([database.Name, table.Name, "", "", false, false, "", "", table.Folder, table.DocString]);
            foreach (Column column in table.Columns)
                rows.Add([database.Name, table.Name, column.Name, TableSchemaCommands.SystemType(column.Type), false, false, "", "", "", ""]);
        }

        return ResultSet.FromRows(SchemaColumns, rows);
    }
}
