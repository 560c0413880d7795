using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Flow.Connections;

/// <summary>Looks through a base connection: whether it works, its tables, their columns, the first of their rows.</summary>
/// <remarks>Source: Experience League, "Explore data tables using the Flow Service API".</remarks>
internal sealed class ConnectionExplorer(FlowHost host)
{
    private const int PreviewedRows = 100;

    /// <summary>Whether ADX lets the connection in.</summary>
    public FlowAnswer Test(FlowResource connection)
    {
        bool works;
        try
        {
            host.Adx.Open(Parameters(connection));
            works = true;
        }
        catch (AdxAccessException)
        {
            works = false;
        }

        return FlowAnswer.Ok(new JsonObject { ["result"] = works });
    }

    public FlowAnswer Explore(FlowRequest request, FlowResource connection)
    {
        if (request.Value("filters") is not null)
            throw FlowException.Connector(1353, "The filter at source is not yet supported for azure-data-explorer connector. Please check the supported connectors in the documentation.");
        string kind = (request.Value("objectType") ?? throw Missing("objectType")).ToLowerInvariant();
        string path = request.Value("object") ?? "";
        if (kind is not ("root" or "table")) throw FlowException.Connector(1358, "The provided param 'objectType' is invalid. Please provide a valid objectType and try again.");
        if (kind == "table" && path.Length == 0) throw FlowException.Connector(1337, "The object cannot be empty for objectType=table. Please provide valid object and try again.");
        HostedDatabase database;
        try
        {
            database = host.Adx.Open(Parameters(connection));
        }
        catch (AdxAccessException e)
        {
            throw FlowException.Connector(1308, $"The request could not be processed. Error message: {e.Message}");
        }

        if (kind == "root") return FlowAnswer.Ok(Tables(database));
        if (!database.Data.Tables.TryGetValue(path, out Table? table))
            throw FlowException.Connector(1330, $"No columns were found for table {path}. Please provide a valid table name and try again.");
        var answer = new JsonObject
        {
            ["format"] = "flat",
            ["schema"] = new JsonObject { ["columns"] = new JsonArray([.. table.Columns.Select(ExploredColumn.Describe)]) },
        };
        if (string.Equals(request.Value("preview"), "true", StringComparison.OrdinalIgnoreCase)) answer["data"] = Rows(table);
        return FlowAnswer.Ok(answer);
    }

    private static JsonNode? Parameters(FlowResource connection) => JsonValues.At(connection.Body, "auth", "params");

    private static JsonArray Tables(HostedDatabase database) =>
        [.. database.Data.Tables.Keys.Order(StringComparer.Ordinal).Select(name => new JsonObject
        {
            ["type"] = "table",
            ["name"] = name,
            ["path"] = name,
            ["canPreview"] = true,
            ["canFetchSchema"] = true,
        })];

    private static JsonArray Rows(Table table)
    {
        IReadOnlyList<Column> columns = table.Columns;
        var rows = new JsonArray();
        foreach (RowChunk chunk in table.Snapshot())
        {
            for (int row = 0; row < chunk.Count && rows.Count < PreviewedRows; row++)
            {
                rows.Add(LocalJson.ParseRow(LocalJson.Write(writer =>
                {
                    writer.WriteStartObject();
                    for (int i = 0; i < columns.Count; i++)
                    {
                        writer.WritePropertyName(columns[i].Name);
                        chunk[i].WriteJson(writer, row);
                    }

                    writer.WriteEndObject();
                })));
            }
        }

        return rows;
    }

    private static FlowException Missing(string parameter) =>
        FlowException.Connector(1359, $"The param {parameter} is missing in the request. Please provide a valid {parameter} and try again.");
}
