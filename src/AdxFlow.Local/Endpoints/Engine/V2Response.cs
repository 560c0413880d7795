using System.Text.Json;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>The response of <c>/v2/rest/query</c>: an array of frames, written while the rows are computed.</summary>
/// <remarks>Source: Microsoft Learn, "Query V2 HTTP response", and the <c>results_*</c> options of "Request properties".</remarks>
internal sealed class V2Response : IAsyncDisposable
{
    private static readonly Column[] PropertiesColumns = [new("TableId", KustoType.Int), new("Key", KustoType.String), new("Value", KustoType.Dynamic)];

    private static readonly Column[] CompletionColumns =
    [
        new("Timestamp", KustoType.DateTime), new("ClientRequestId", KustoType.String), new("ActivityId", KustoType.Guid),
        new("SubActivityId", KustoType.Guid), new("ParentActivityId", KustoType.Guid), new("Level", KustoType.Int),
        new("LevelName", KustoType.String), new("StatusCode", KustoType.Int), new("StatusCodeName", KustoType.String),
        new("EventType", KustoType.Int), new("EventTypeName", KustoType.String), new("Payload", KustoType.String),
    ];

    private readonly Exchange _exchange;
    private readonly ResultWriter _writer;
    private readonly bool _fragments;
    private readonly bool _newlines;
    private readonly string _errorPlacement;
    private readonly List<ServiceException> _errors = [];
    private bool _first = true;

    private V2Response(Exchange exchange, EngineRequest request, CancellationToken cancel)
    {
        _exchange = exchange;
        _fragments = request.Flag("results_v2_fragment_primary_tables");
        _newlines = request.Flag("results_v2_newlines_between_frames");
        _errorPlacement = request.Option("results_error_reporting_placement") switch
        {
            "end_of_table" => "end_of_table",
            "end_of_dataset" => "end_of_dataset",
            _ => "in_data",
        };
        _writer = new ResultWriter(exchange.StartResponse(200, "application/json", null), cancel);
    }

    private Utf8JsonWriter Json => _writer.Json;

    public static async Task SendAsync(Exchange exchange, EngineRequest request, IReadOnlyList<QueryResult> results, CancellationToken cancel)
    {
        await using var response = new V2Response(exchange, request, cancel);
        await response.WriteAsync(results);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteAsync(IReadOnlyList<QueryResult> results)
    {
        await _writer.WriteRawAsync("["u8.ToArray());
        await BeginFrameAsync("DataSetHeader");
        Json.WriteBoolean("IsProgressive", false);
        Json.WriteString("Version", "v2.0");
        Json.WriteBoolean("IsFragmented", _fragments);
        Json.WriteString("ErrorReportingPlacement", _errorPlacement);
        Json.WriteEndObject();

        await WriteTableAsync(0, "QueryProperties", "@ExtendedProperties", PropertiesColumns, Enumerable.Range(1, results.Count).Select(id => new object?[] { id, "Visualization", "{\"Visualization\":null}" }));
        int tableId = 1;
        foreach (QueryResult result in results)
        {
            if (_fragments)
                await WriteFragmentsAsync(tableId++, result);
            else
                await WritePrimaryAsync(tableId++, result);
        }

        await WriteTableAsync(tableId, "QueryCompletionInformation", "QueryCompletionInformation", CompletionColumns, Completion());
        await BeginFrameAsync("DataSetCompletion");
        Json.WriteBoolean("HasErrors", _errors.Count > 0);
        Json.WriteBoolean("Cancelled", false);
        if (_errors.Count > 0) WriteErrors(_errors);
        Json.WriteEndObject();
        await _writer.WriteRawAsync(_newlines ? "\n]"u8.ToArray() : "]"u8.ToArray());
    }

    private async Task WritePrimaryAsync(int tableId, QueryResult result)
    {
        await BeginTableAsync("DataTable", tableId, "PrimaryResult", "PrimaryResult", result.Columns);
        await WriteRowsAsync(result);
        if (Fail(result) && _errorPlacement == "in_data") WriteErrorRow(result.Error!);
        Json.WriteEndArray();
        Json.WriteEndObject();
    }

    private async Task WriteFragmentsAsync(int tableId, QueryResult result)
    {
        await BeginTableAsync("TableHeader", tableId, "PrimaryResult", "PrimaryResult", result.Columns);
        Json.WriteEndObject();
        while (result.Next() is { } chunk)
        {
            await BeginFragmentAsync(tableId, result.Columns.Count);
            await _writer.WriteRowsAsync(chunk);
            Json.WriteEndArray();
            Json.WriteEndObject();
        }

        bool failed = Fail(result);
        if (failed && _errorPlacement == "in_data")
        {
            await BeginFragmentAsync(tableId, result.Columns.Count);
            WriteErrorRow(result.Error!);
            Json.WriteEndArray();
            Json.WriteEndObject();
        }

        await BeginFrameAsync("TableCompletion");
        Json.WriteNumber("TableId", tableId);
        Json.WriteNumber("RowCount", result.Rows);
        if (failed && _errorPlacement == "end_of_table") WriteErrors([result.Error!]);
        Json.WriteEndObject();
    }

    private async Task BeginFragmentAsync(int tableId, int fields)
    {
        await BeginFrameAsync("TableFragment");
        Json.WriteString("TableFragmentType", "DataAppend");
        Json.WriteNumber("TableId", tableId);
        Json.WriteNumber("FieldCount", fields);
        Json.WriteStartArray("Rows");
    }

    private async Task WriteTableAsync(int tableId, string kind, string name, Column[] columns, IEnumerable<object?[]> rows)
    {
        using QueryResult result = QueryResult.Begin(ResultSet.FromRows(columns, rows), long.MaxValue);
        await BeginTableAsync("DataTable", tableId, kind, name, columns);
        await WriteRowsAsync(result);
        Json.WriteEndArray();
        Json.WriteEndObject();
    }

    private async Task WriteRowsAsync(QueryResult result)
    {
        while (result.Next() is { } chunk)
            await _writer.WriteRowsAsync(chunk);
    }

    private async Task BeginTableAsync(string frame, int tableId, string kind, string name, IReadOnlyList<Column> columns)
    {
        await BeginFrameAsync(frame);
        Json.WriteNumber("TableId", tableId);
        Json.WriteString("TableKind", kind);
        Json.WriteString("TableName", name);
        Json.WriteStartArray("Columns");
        foreach (Column column in columns)
        {
            Json.WriteStartObject();
            Json.WriteString("ColumnName", column.Name);
            Json.WriteString("ColumnType", KustoTypes.Name(column.Type));
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
        if (frame == "DataTable") Json.WriteStartArray("Rows");
    }

    /// <summary>Begins a frame; what separates it from the one before is written raw, for the writer writes no newlines.</summary>
    private async Task BeginFrameAsync(string type)
    {
        if (_newlines || !_first) await _writer.WriteRawAsync(_newlines ? (_first ? "\n"u8.ToArray() : "\n,"u8.ToArray()) : ","u8.ToArray());
        _first = false;
        Json.Reset();
        Json.WriteStartObject();
        Json.WriteString("FrameType", type);
    }

    private bool Fail(QueryResult result)
    {
        if (result.Error is null) return false;
        _errors.Add(result.Error);
        return true;
    }

    private void WriteErrorRow(ServiceException error)
    {
        Json.WriteStartObject();
        WriteErrors([error]);
        Json.WriteEndObject();
    }

    private void WriteErrors(IEnumerable<ServiceException> errors)
    {
        Json.WriteStartArray("OneApiErrors");
        foreach (ServiceException error in errors)
            ErrorBody.Write(Json, error, _exchange);
        Json.WriteEndArray();
    }

    private IEnumerable<object?[]> Completion()
    {
        Guid activity = Guid.Parse(_exchange.ActivityId);
        DateTime now = DateTime.UtcNow;
        if (_errors.Count == 0)
            yield return [now, _exchange.ClientRequestId, activity, activity, activity, 4, "Info", 0, "S_OK (0)", 4, "QueryInfo", "{\"Count\":1,\"Text\":\"Query completed successfully\"}"];
        foreach (ServiceException error in _errors)
            yield return [now, _exchange.ClientRequestId, activity, activity, activity, 2, "Error", unchecked((int)0x80DA0003), "E_QUERY_RESULT_SET_TOO_LARGE", 4, "QueryInfo", System.Text.Json.JsonSerializer.Serialize(new { Count = 1, Text = error.Message })];
    }
}
