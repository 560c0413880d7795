using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>Runs queries on a database with a table of all ten types and some others, and writes results as text.</summary>
internal static class QueryRunner
{
    public const string Schema = "i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic";

    public const string SecondSchema = "i:int, s:string, u:real";
    public const string ThirdSchema = "i:long, x:string";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Database Database { get; } = CreateDatabase();

    public static string Columns(ResultSet result) =>
        string.Join(", ", result.Columns.Select(c => $"{c.Name}:{KustoTypes.Name(c.Type)}"));

    public static string Rows(ResultSet result)
    {
        var lines = new StringBuilder();
        foreach (RowChunk chunk in result.Chunks)
        {
            Assert.Equal(result.Columns.Select(c => c.Type), chunk.Columns.Select(c => c.Type));
            for (int row = 0; row < chunk.Count; row++)
            {
                var buffer = new ArrayBufferWriter<byte>();
                using (var writer = new Utf8JsonWriter(buffer, Relaxed))
                {
                    writer.WriteStartArray();
                    foreach (Vector column in chunk.Columns)
                        column.WriteJson(writer, row);
                    writer.WriteEndArray();
                }

                lines.Append(Encoding.UTF8.GetString(buffer.WrittenSpan)).Append('\n');
            }
        }

        return lines.ToString().TrimEnd('\n');
    }

    public static ResultSet Run(string query, IReadOnlyDictionary<string, string>? parameters = null) =>
        KqlEngine.Execute(Database, query, parameters, CancellationToken.None)[^1];

    public static void Fill(Table table, params string[] csvRows)
    {
        TableAppender appender = table.CreateAppender();
        foreach (string row in csvRows)
        {
            string[] cells = row.Split('|');
            for (int i = 0; i < cells.Length; i++)
                Assert.True(appender.AppendText(i, Encoding.UTF8.GetBytes(cells[i])), cells[i]);
            appender.EndRow();
        }

        appender.Commit(0);
    }

    public static Table CreateTable(string name, string schema) => new(name, schema.Split(", ").Select(c =>
    {
        Assert.True(KustoTypes.TryParse(c.Split(':')[1], out KustoType type));
        return new Column(c.Split(':')[0], type);
    }));

    private static Database CreateDatabase()
    {
        var database = new Database("NetDefaultDB");
        Table table = CreateTable("T", Schema);
        Fill(table,
            """1|10|1.5|1.10|true|2024-01-01T10:00:00Z|01:00:00|74be27de-1e4e-49d9-b579-fe0b331d3642|apple pie|{"x":1,"a":{"b":[1,2]},"k":"one"}""",
            """2|20|-2.5|2.20|false|2024-01-01T22:30:00.1234567Z|1.00:00:00||Banana|{"x":2,"k":"two"}""",
            """3|30||3|true|2024-01-02T00:00:00Z|-00:00:01||apple|[1,2,3]""",
            """|||||||||""",
            """2|50|1.5||false|2023-12-31T23:59:59Z||74be27de-1e4e-49d9-b579-fe0b331d3642||plain""");
        database.Tables["T"] = table;
        Table second = CreateTable("U", SecondSchema);
        Fill(second, "1|one|1.5", "2|two|2.5", "9|nine|");
        database.Tables["U"] = second;
        Table third = CreateTable("T2", ThirdSchema);
        Fill(third, "5|five");
        database.Tables["T2"] = third;
        database.Tables["a table"] = CreateTable("a table", "n:long");
        return database;
    }
}
