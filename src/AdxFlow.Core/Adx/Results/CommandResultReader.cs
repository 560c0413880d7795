using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>
/// Reads a whole v1 answer, that of a management command.
/// Source: <see href="https://learn.microsoft.com/kusto/api/rest/response"/>.
/// </summary>
internal sealed class CommandResultReader(JsonPullReader source, RowForm form = default)
{
    private readonly List<AdxResultTable> _tables = [];

    /// <summary>All tables, the service's own among them.</summary>
    public IReadOnlyList<AdxResultTable> Tables => _tables;

    /// <summary>The failure the answer tells of, as plain objects; null where there is none.</summary>
    public object? Error { get; private set; }

    public async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        JsonToken root = await source.ReadTokenAsync(cancellationToken);
        if (root.Type != JsonTokenType.StartObject)
            throw new JsonException($"An object was expected, not {root.Type}.");

        while ((await source.ReadTokenAsync(cancellationToken)).Name is { } name)
        {
            if (name == "Tables")
            {
                await ReadTablesAsync(cancellationToken);
                continue;
            }

            object? value = await source.ReadValueAsync(cancellationToken);
            if (name is "Exceptions" or "OneApiErrors" && value is object?[] { Length: > 0 } failures)
                Error ??= failures[0];
            else if (name == "error" && value is not null)
                Error ??= value;
        }
    }

    /// <summary>
    /// The tables that answer the command, one as a rule. With more than two, the last says which ones those are;
    /// a second one alone holds properties.
    /// </summary>
    public IReadOnlyList<AdxResultTable> Results()
    {
        if (_tables.Count <= 2)
            return _tables.Count == 0 ? [new AdxResultTable(string.Empty, [], [])] : [_tables[0]];

        AdxResultTable contents = _tables[^1];
        var results = new List<AdxResultTable>();
        foreach (object?[] row in contents.Rows)
        {
            if (contents.Text(row, "Kind") == "QueryResult" && contents.Number(row, "Ordinal") is { } ordinal && ordinal >= 0 && ordinal < _tables.Count)
                results.Add(_tables[(int)ordinal]);
        }

        return results.Count == 0 ? [_tables[0]] : results;
    }

    private async ValueTask ReadTablesAsync(CancellationToken cancellationToken)
    {
        JsonToken start = await source.ReadTokenAsync(cancellationToken);
        if (start.Type == JsonTokenType.Null)
            return;
        if (start.Type != JsonTokenType.StartArray)
            throw new JsonException($"Tables were expected, not {start.Type}.");

        while ((await source.ReadTokenAsync(cancellationToken)).Type == JsonTokenType.StartObject)
            await ReadTableAsync(cancellationToken);

        foreach (AdxResultTable table in _tables)
            Inspect(table);
    }

    private async ValueTask ReadTableAsync(CancellationToken cancellationToken)
    {
        string name = string.Empty;
        IReadOnlyList<AdxResultColumn>? columns = null;
        var rows = new List<object?[]>();
        bool passedOver = false;
        bool read = false;
        while (true)
        {
            JsonToken token = await source.ReadTokenAsync(cancellationToken);
            if (token.Type == JsonTokenType.EndObject)
            {
                if (!passedOver || read)
                    break;
                source.Rewind();
                await ReadRowsAsync(columns ?? throw new JsonException("A result has no list of columns."), rows, cancellationToken);
                read = true;
            }
            else if (token.Name == "Rows")
            {
                JsonToken start = await source.ReadTokenAsync(cancellationToken);
                if (start.Type != JsonTokenType.StartArray)
                    continue;
                if (columns is not null)
                {
                    await ReadRowsAsync(columns, rows, cancellationToken);
                    read = true;
                    continue;
                }

                source.Mark();
                await source.SkipArrayAsync(start.Depth, cancellationToken);
                passedOver = true;
            }
            else
            {
                object? value = await source.ReadValueAsync(cancellationToken);
                if (token.Name == "TableName")
                    name = value as string ?? name;
                else if (token.Name == "Columns")
                    columns = ResultSchema.ReadColumns(value);
            }
        }

        _tables.Add(new AdxResultTable(name, columns ?? [], rows));
    }

    private async ValueTask ReadRowsAsync(IReadOnlyList<AdxResultColumn> columns, List<object?[]> rows, CancellationToken cancellationToken)
    {
        var reader = new RowReader(columns, form);
        while (true)
        {
            switch (reader.Read(source, rows, int.MaxValue, out object? error))
            {
                case RowReader.Outcome.End:
                    return;
                case RowReader.Outcome.Error:
                    Error ??= error;
                    break;
                default:
                    if (!await source.FillAsync(cancellationToken))
                        throw new JsonException("The answer ends in the middle.");
                    break;
            }
        }
    }

    /// <summary>A table of query status tells of a failure by a severity of 2 (error) or less.</summary>
    private void Inspect(AdxResultTable table)
    {
        if (table.Ordinal("Severity") < 0 || table.Ordinal("StatusDescription") < 0)
            return;

        foreach (object?[] row in table.Rows)
        {
            if (table.Number(row, "Severity") is <= 2)
            {
                Error ??= new Dictionary<string, object?>
                {
                    ["code"] = table.Text(row, "SeverityName"),
                    ["@message"] = table.Text(row, "StatusDescription"),
                    ["@context"] = new Dictionary<string, object?> { ["activityId"] = table.Text(row, "ActivityId") },
                };
            }
        }
    }
}
