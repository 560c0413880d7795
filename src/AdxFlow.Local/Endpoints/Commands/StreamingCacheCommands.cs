using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Making streaming ingestion look at schemas, mappings and policies anew. Here it always does.</summary>
/// <remarks>Source: Microsoft Learn, "Clear schema cache for streaming ingestion".</remarks>
internal static class StreamingCacheCommands
{
    private static readonly Column[] Columns = [new("NodeId", KustoType.String), new("Status", KustoType.String)];

    public static IReadOnlyList<Command> All { get; } = [new("clear database cache streamingingestion schema", ClearDatabase)];

    /// <summary>Reads on behind the name of the table.</summary>
    public static ResultSet ClearTable(CommandContext context, CommandReader reader, string table)
    {
        reader.ExpectWord("cache");
        reader.ExpectWord("streamingingestion");
        reader.ExpectWord("schema");
        ResultSet result = ClearDatabase(context, reader);
        context.Database.Table(table);
        return result;
    }

    private static ResultSet ClearDatabase(CommandContext context, CommandReader reader)
    {
        reader.ExpectEnd();
        context.Database.Access.DemandIngest(context.Caller);
        return ResultSet.FromRows(Columns, [["AdxFlowLocal", "Succeeded"]]);
    }
}
