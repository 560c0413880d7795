using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Making many tables at once.</summary>
/// <remarks>Source: Microsoft Learn, ".create tables command"; the columns of the result are those of the official grammar.</remarks>
internal static class TablesCommands
{
    public static IReadOnlyList<Command> All { get; } = [new("create tables", Create)];

    /// <summary>Makes those that are not there. Those that are stay as they are, whatever the command says of them.</summary>
    private static ResultSet Create(CommandContext context, CommandReader reader)
    {
        var tables = new List<(string Name, List<Column> Columns)>();
        do
        {
            string name = reader.ReadName("the name of a table");
            EntityNames.Demand(name, "Table");
            if (tables.Exists(t => t.Name == name)) throw reader.Error($"The table '{name}' occurs twice.");
            tables.Add((name, TableCommands.ReadColumnList(reader)));
        }
        while (reader.TryMark(","));
        Dictionary<string, string> properties = TableCommands.ReadTableProperties(reader);
        context.Database.Access.DemandCreateTable(context.Caller);
        lock (context.Database.SchemaGate)
        {
            foreach ((string name, List<Column> columns) in tables)
            {
                if (!context.Database.Data.Tables.ContainsKey(name)) TableCommands.Add(context, name, columns, properties);
            }

            return TableSchemaCommands.List(context.Database, tables.Select(t => context.Database.Table(t.Name)));
        }
    }
}
