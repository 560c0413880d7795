using System.Text.Json;
using AdxFlow.Local.Endpoints.Queries;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>The response of <c>/v1/rest/mgmt</c> and <c>/v1/rest/query</c>.</summary>
/// <remarks>Source: Microsoft Learn, "Query/management HTTP response".</remarks>
internal static class V1Response
{
    private static readonly Column[] PropertiesColumns = [new("Value", KustoType.String)];

    private static readonly Column[] StatusColumns =
    [
        new("Timestamp", KustoType.DateTime), new("Severity", KustoType.Int), new("SeverityName", KustoType.String),
        new("StatusCode", KustoType.Int), new("StatusDescription", KustoType.String), new("Count", KustoType.Int),
        new("RequestId", KustoType.Guid), new("ActivityId", KustoType.Guid), new("SubActivityId", KustoType.Guid),
        new("ClientActivityId", KustoType.String),
    ];

    private static readonly Column[] ContentsColumns =
    [
        new("Ordinal", KustoType.Long), new("Kind", KustoType.String), new("Name", KustoType.String),
        new("Id", KustoType.String), new("PrettyName", KustoType.String),
    ];

    /// <summary>Sends the result of a command: one table.</summary>
    public static async Task SendCommandAsync(Exchange exchange, ResultSet result, CancellationToken cancel)
    {
        using QueryResult rows = QueryResult.Of(result);
        await SendAsync(exchange, [rows], false, cancel);
    }

    /// <summary>Sends the results of a query: its tables, their properties, the status and the table of contents.</summary>
    public static async Task SendQueryAsync(Exchange exchange, RunningQuery query, IReadOnlyList<QueryResult> results, CancellationToken cancel)
    {
        await SendAsync(exchange, results, true, cancel);
        query.End(results.Select(r => r.Error).FirstOrDefault(e => e is not null));
    }

    private static async Task SendAsync(Exchange exchange, IReadOnlyList<QueryResult> results, bool isQuery, CancellationToken cancel)
    {
        await using var writer = new ResultWriter(await exchange.StartResultAsync(), cancel);
        Utf8JsonWriter json = writer.Json;
        json.WriteStartObject();
        json.WriteStartArray("Tables");
        int ordinal = 0;
        foreach (QueryResult result in results)
            await WriteTableAsync(writer, ordinal++, result);
        List<ServiceException> errors = [.. results.Select(r => r.Error).OfType<ServiceException>()];
        if (isQuery)
        {
            foreach (ResultSet table in Epilogue(exchange, results, errors))
            {
                using QueryResult rows = QueryResult.Of(table);
                await WriteTableAsync(writer, ordinal++, rows);
            }
        }

        json.WriteEndArray();
        if (errors.Count > 0)
        {
            json.WriteStartArray("Exceptions");
            foreach (ServiceException error in errors)
                json.WriteStringValue(error.Message);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static async Task WriteTableAsync(ResultWriter writer, int ordinal, QueryResult result)
    {
        Utf8JsonWriter json = writer.Json;
        json.WriteStartObject();
        json.WriteString("TableName", $"Table_{ordinal}");
        json.WriteStartArray("Columns");
        foreach (Column column in result.Columns)
        {
            json.WriteStartObject();
            json.WriteString("ColumnName", column.Name);
            json.WriteString("DataType", KustoTypes.ClrName(column.Type));
            json.WriteString("ColumnType", KustoTypes.Name(column.Type));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("Rows");
        long size = 0;
        while (result.Next() is { } chunk)
            size = await writer.WriteRowsAsync(result, chunk, size);
        if (result.Error is { } error)
        {
            json.WriteStartObject();
            json.WriteStartArray("Exceptions");
            json.WriteStringValue(error.Message);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<ResultSet> Epilogue(Exchange exchange, IReadOnlyList<QueryResult> results, List<ServiceException> errors)
    {
        yield return ResultSet.FromRows(PropertiesColumns, results.Select(_ => new object?[] { "{\"Visualization\":null}" }));

        Guid activity = Guid.Parse(exchange.ActivityId);
        DateTime now = DateTime.UtcNow;
        List<object?[]> status = [.. errors.Select(e => new object?[] { now, 2, "Error", EngineErrors.StatusCode(e), e.Message, 1, activity, activity, activity, exchange.ClientRequestId })];
        if (status.Count == 0)
            status.Add([now, 4, "Info", 0, "Query completed successfully", 1, activity, activity, activity, exchange.ClientRequestId]);
        foreach (string warning in results.SelectMany(r => r.Warnings))
            status.Add([now, 3, "Warning", 0, warning, 1, activity, activity, activity, exchange.ClientRequestId]);
        yield return ResultSet.FromRows(StatusColumns, status);

        List<object?[]> contents = [.. Enumerable.Range(0, results.Count).Select(i => new object?[] { (long)i, "QueryResult", "PrimaryResult", Guid.NewGuid().ToString(), "" })];
        contents.Add([(long)results.Count, "QueryProperties", "@ExtendedProperties", Guid.NewGuid().ToString(), ""]);
        contents.Add([(long)results.Count + 1, "QueryStatus", "QueryStatus", Guid.Empty.ToString(), ""]);
        yield return ResultSet.FromRows(ContentsColumns, contents);
    }
}
