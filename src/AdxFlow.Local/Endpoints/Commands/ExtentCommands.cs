using System.Text.Json;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Showing extents. Here an extent is what came into a table at once; nothing merges them.</summary>
/// <remarks>Source: Microsoft Learn, ".show extents"; the columns are also those of the official grammar.</remarks>
internal static class ExtentCommands
{
    private const string Kind = "AdxFlowLocal";

    private static readonly Column[] Columns =
    [
        new("ExtentId", KustoType.Guid), new("DatabaseName", KustoType.String), new("TableName", KustoType.String), new("MaxCreatedOn", KustoType.DateTime),
        new("OriginalSize", KustoType.Real), new("ExtentSize", KustoType.Real), new("CompressedSize", KustoType.Real), new("IndexSize", KustoType.Real),
        new("Blocks", KustoType.Long), new("Segments", KustoType.Long), new("ExtentContainerId", KustoType.String), new("RowCount", KustoType.Long),
        new("MinCreatedOn", KustoType.DateTime), new("Tags", KustoType.String), new("Kind", KustoType.String), new("DeletedRowCount", KustoType.Long),
    ];

    public static IReadOnlyList<Command> All { get; } = [new("show cluster extents", ShowCluster)];

    /// <summary>The extents of some tables.</summary>
    public static ResultSet ShowTables(CommandContext context, CommandReader reader, IReadOnlyList<string> tables)
    {
        ExtentFilter filter = ReadFilter(reader, "table");
        context.Database.Access.DemandShowSchema(context.Caller, "ExtentsShowCommand");
        return Show([.. tables.Select(context.Database.Table).Distinct().Select(t => (context.Database, t))], filter);
    }

    /// <summary>The extents of a database.</summary>
    public static ResultSet ShowDatabase(CommandContext context, CommandReader reader, HostedDatabase database)
    {
        ExtentFilter filter = ReadFilter(reader, "database");
        database.Access.DemandShowSchema(context.Caller, "ExtentsShowCommand");
        return Show(TablesOf(database), filter);
    }

    private static ResultSet ShowCluster(CommandContext context, CommandReader reader)
    {
        ExtentFilter filter = ReadFilter(reader, "cluster");
        AccessControl.Demand(context.Caller.IsAdministrator, context.Caller, "ExtentsShowCommand", $"'{context.Services.ClusterUri}'");
        return Show(context.Services.Databases.SelectMany(TablesOf), filter);
    }

    private static ExtentFilter ReadFilter(CommandReader reader, string scope)
    {
        ExtentFilter filter = ExtentFilter.Read(reader);
        if (reader.Next.Kind == CommandTokenKind.Word) throw UnknownCommand.NotSupported($".show {scope} … extents {reader.Next.Text}");
        reader.ExpectEnd();
        return filter;
    }

    private static IEnumerable<(HostedDatabase Database, Table Table)> TablesOf(HostedDatabase database) => TableSchemaCommands.Tables(database).Select(t => (database, t));

    private static ResultSet Show(IEnumerable<(HostedDatabase Database, Table Table)> tables, ExtentFilter filter) => ResultSet.FromRows(
        Columns,
        from place in tables
        from extent in place.Table.Extents
        where filter.Takes(extent)
        let size = (double)extent.OriginalSize
        select new object?[]
        {
            extent.Id, place.Database.Name, place.Table.Name, extent.CreatedOn, size, size, size, 0.0, 1L, 1L, place.Database.Id.ToString(), extent.RowCount,
            extent.CreatedOn, extent.Tags.Count == 0 ? "" : JsonSerializer.Serialize(extent.Tags, LocalJson.Serializer), Kind, 0L,
        });
}
