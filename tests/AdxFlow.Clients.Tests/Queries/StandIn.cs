using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Clients.Tests.Queries;

/// <summary>The embedded stand-in's query engine over empty tables, of which the official parser is told the schemas.</summary>
internal static class StandIn
{
    public static IReadOnlyDictionary<string, string> Tables { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["T"] = "i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic",
        ["U"] = "i:int, s:string, u:real",
        ["T2"] = "i:long, x:string",
    };

    private static readonly Database Database = CreateDatabase();

    /// <summary>The columns of the last result of a query, as the parser writes them.</summary>
    /// <exception cref="KqlException">The engine refuses the query.</exception>
    public static string Columns(string query) => string.Join(", ",
        KqlEngine.Execute(Database, query, null, CancellationToken.None)[^1].Columns.Select(c => $"{c.Name}:{KustoTypes.Name(c.Type)}"));

    /// <summary>What the engine has against a query; null where it takes it.</summary>
    public static KqlException? Refusal(string query)
    {
        try
        {
            Columns(query);
            return null;
        }
        catch (KqlException refusal)
        {
            return refusal;
        }
    }

    private static Database CreateDatabase()
    {
        var database = new Database("database");
        foreach ((string name, string schema) in Tables)
        {
            database.Tables[name] = new Table(name, schema.Split(", ").Select(column =>
            {
                string[] parts = column.Split(':');
                Assert.True(KustoTypes.TryParse(parts[1], out KustoType type));
                return new Column(parts[0], type);
            }));
        }

        return database;
    }
}
