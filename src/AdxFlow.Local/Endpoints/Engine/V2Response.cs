using System.Text.Json;
using AdxFlow.Local.Endpoints.Queries;
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
    private readonly QueryOptions _options;
    private readonly ResultWriter _writer;
    private readonly List<ServiceException> _errors = [];
    private bool _first = true;

    private V2Response(Exchange exchange, QueryOptions options, ResultWriter writer)
    {
        _exchange = exchange;
        _options = options;
        _writer = writer;
    }

    private Utf8JsonWriter Json => _writer.Json;

    /// <param name="exchange">The request.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">The form of the response.</param>
    /// <param name="results">The results of its statements.</param>
    /// <param name="cancel">The end of the server; that of the query shows in the results.</param>
    public static async Task SendAsync(Exchange exchange, RunningQuery query, QueryOptions options, IReadOnlyList<QueryResult> results, CancellationToken cancel)
    {
        await using var response = new V2Response(exchange, options, new ResultWriter(await exchange.StartResultAsync(), cancel));
        await response.WriteAsync(query, results);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteAsync(RunningQuery query, IReadOnlyList<QueryResult> results)
    {
        await _writer.WriteRawAsync("["u8.ToArray());
        await BeginFrameAsync("DataSetHeader");
        Json.WriteBoolean("IsProgressive", _options.IsProgressive);
        Json.WriteString("Version", "v2.0");
        Json.WriteBoolean("IsFragmented", _options.IsFragmented);
        Json.WriteString("ErrorReportingPlacement", _options.ErrorPlacement);
        Json.WriteEndObject();

        await WriteTableAsync(0, "QueryProperties", "@ExtendedProperties", PropertiesColumns, Enumerable.Range(1, results.Count).Select(id => new object?[] { id, "Visualization", "{\"Visualization\":null}" }));
        int tableId = 1;
        foreach (QueryResult result in results)
        {
            if (_options.IsFragmented || _options.IsProgressive)
                await WriteFragmentsAsync(tableId++, result);
            else
                await WritePrimaryAsync(tableId++, result);
        }

        await WriteTableAsync(tableId, "QueryCompletionInformation", "QueryCompletionInformation", CompletionColumns, Completion(results));
        bool tells = _errors.Count > 0 && !_options.DefersFailures;
        await BeginFrameAsync("DataSetCompletion");
        Json.WriteBoolean("HasErrors", tells);
        Json.WriteBoolean("Cancelled", query.IsCancelled);
        if (tells) WriteErrors(_errors);
        Json.WriteEndObject();
        await _writer.WriteRawAsync(_options.HasNewlines ? "\n]"u8.ToArray() : "]"u8.ToArray());
        query.End(_errors.FirstOrDefault());
    }

    private async Task WritePrimaryAsync(int tableId, QueryResult result)
    {
        await BeginTableAsync("DataTable", tableId, "PrimaryResult", "PrimaryResult", result.Columns);
        await WriteRowsAsync(result);
        if (Fails(result) && _options is { ErrorPlacement: "in_data", DefersFailures: false }) WriteErrorRow(result.Error!);
        Json.WriteEndArray();
        Json.WriteEndObject();
    }

    private async Task WriteFragmentsAsync(int tableId, QueryResult result)
    {
        await BeginTableAsync("TableHeader", tableId, "PrimaryResult", "PrimaryResult", result.Columns);
        Json.WriteEndObject();
        long size = 0;
        int fragments = 0;
        while (result.Next() is { } chunk)
        {
            for (int from = 0; from < chunk.Count && !result.IsFull; from += _options.FragmentRows)
            {
                await BeginFragmentAsync(tableId, result.Columns.Count);
                size = await _writer.WriteRowsAsync(result, Slice(chunk, from), size);
                Json.WriteEndArray();
                Json.WriteEndObject();
                if (_options.IsProgressive) await WriteProgressAsync(tableId, ++fragments);
            }
        }

        bool failed = Fails(result) && !_options.DefersFailures;
        if (failed && _options.ErrorPlacement == "in_data")
        {
            await BeginFragmentAsync(tableId, result.Columns.Count);
            WriteErrorRow(result.Error!);
            Json.WriteEndArray();
            Json.WriteEndObject();
        }

        await BeginFrameAsync("TableCompletion");
        Json.WriteNumber("TableId", tableId);
        Json.WriteNumber("RowCount", result.Rows);
        if (failed && _options.ErrorPlacement == "end_of_table") WriteErrors([result.Error!]);
        Json.WriteEndObject();
    }

    private RowChunk Slice(RowChunk chunk, int from)
    {
        int count = Math.Min(_options.FragmentRows, chunk.Count - from);
        return from == 0 ? chunk.Head(count) : chunk.Select([.. Enumerable.Range(from, count)]);
    }

    /// <summary>An estimate that grows towards 100, for nobody knows how many rows will come.</summary>
    private async Task WriteProgressAsync(int tableId, int fragments)
    {
        await BeginFrameAsync("TableProgress");
        Json.WriteNumber("TableId", tableId);
        Json.WriteNumber("TableProgress", Math.Round(100.0 * fragments / (fragments + 1), 1));
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
        using QueryResult result = QueryResult.Of(ResultSet.FromRows(columns, rows));
        await BeginTableAsync("DataTable", tableId, kind, name, columns);
        await WriteRowsAsync(result);
        Json.WriteEndArray();
        Json.WriteEndObject();
    }

    private async Task WriteRowsAsync(QueryResult result)
    {
        long size = 0;
        while (result.Next() is { } chunk)
            size = await _writer.WriteRowsAsync(result, chunk, size);
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
        if (_options.HasNewlines || !_first) await _writer.WriteRawAsync(_options.HasNewlines ? (_first ? "\n"u8.ToArray() : "\n,"u8.ToArray()) : ","u8.ToArray());
        _first = false;
        Json.Reset();
        Json.WriteStartObject();
        Json.WriteString("FrameType", type);
    }

    private bool Fails(QueryResult result)
    {
        if (result.Error is null) return false;
        if (!_errors.Contains(result.Error)) _errors.Add(result.Error);
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

    private IEnumerable<object?[]> Completion(IReadOnlyList<QueryResult> results)
    {
        Guid activity = Guid.Parse(_exchange.ActivityId);
        DateTime now = DateTime.UtcNow;
        if (_errors.Count == 0)
            yield return [now, _exchange.ClientRequestId, activity, activity, activity, 4, "Info", 0, "S_OK (0)", 4, "QueryInfo", "{\"Count\":1,\"Text\":\"Query completed successfully\"}"];
        foreach (ServiceException error in _errors)
            yield return [now, _exchange.ClientRequestId, activity, activity, activity, 2, "Error", EngineErrors.StatusCode(error), error.Code, 4, "QueryInfo", JsonSerializer.Serialize(new { Count = 1, Text = error.Message })];
        foreach (string warning in results.SelectMany(r => r.Warnings))
            yield return [now, _exchange.ClientRequestId, activity, activity, activity, 3, "Warning", 0, "S_OK (0)", 4, "QueryInfo", JsonSerializer.Serialize(new { Count = 1, Text = warning })];
    }
}
