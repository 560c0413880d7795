using System.Text;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Connections;
using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Reads the rows of a run from the stand-in's own ADX, and holds them against the schema that they are mapped to.</summary>
internal sealed class RunReader(AdxAccess adx)
{
    /// <summary>What ADX gives a query that does not ask for more: rows, and bytes.</summary>
    private const long MostRows = 500_000;
    private const long MostBytes = 64L * 1024 * 1024;

    public RunOutcome Read(Workspace workspace, FlowRun run)
    {
        if (workspace.Flows.Find(run.FlowId) is not { } flow) return RunOutcome.NotCopied("The flow is gone.");
        FlowResource? source = workspace.SourceConnections.Find(run.SourceId);
        if (source is null || workspace.Connections.Find(JsonValues.Text(source.Body["baseConnectionId"]) ?? "") is not { } connection)
            return RunOutcome.NotCopied("The connection to the source is gone.");
        try
        {
            HostedDatabase database = adx.Open(JsonValues.At(connection.Body, "auth", "params"));
            string name = JsonValues.Text(JsonValues.At(source.Body, "params", "tableName")) ?? "";
            if (!database.Data.Tables.TryGetValue(name, out Table? table)) return RunOutcome.NotCopied($"Semantic error: SEM0100: 'where' operator: Failed to resolve table or column expression named '{name}'");
            return Read(workspace, run, flow, table, source);
        }
        catch (AdxAccessException e)
        {
            return RunOutcome.NotCopied(e.Message);
        }
    }

    private static RunOutcome Read(Workspace workspace, FlowRun run, FlowResource flow, Table table, FlowResource source)
    {
        IReadOnlyList<Column> columns = table.Columns;
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonNode? column in JsonValues.At(source.Body, "params", "columns")!.AsArray())
        {
            string name = JsonValues.Text(JsonValues.At(column, "name"))!;
            int ordinal = IndexOf(columns, name);
            if (ordinal < 0) return RunOutcome.NotCopied($"Semantic error: SEM0100: 'project' operator: Failed to resolve scalar expression named '{name}'");
            ordinals[name] = ordinal;
        }

        int delta = -1;
        if (run.Window.DeltaColumn is { } deltaName && (!ordinals.TryGetValue(deltaName, out delta) || columns[delta].Type is not (KustoType.DateTime or KustoType.String)))
            return RunOutcome.NotCopied($"The delta column '{deltaName}' is no datetime and no text.");

        var fields = new FieldChecks(workspace, flow, ordinals);
        long rows = 0, bytes = 0, failed = 0;
        var samples = new List<JsonObject>();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var counter = new RowWriter(columns, [.. ordinals.Values]);
        foreach (RowChunk chunk in table.Snapshot())
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                if (delta >= 0 && !(Ticks(chunk[delta], row) is { } ticks && run.Window.Contains(ticks))) continue;
                rows++;
                bytes += counter.Measure(chunk, row);
                if (rows > MostRows || bytes > MostBytes)
                    return RunOutcome.NotCopied($"Query execution has exceeded the allowed limits (80DA0003): E_QUERY_RESULT_SET_TOO_LARGE. The limits are {MostRows} rows and 64 MB.");
                IReadOnlyList<JsonObject> problems = fields.Problems(chunk, row);
                if (problems.Count == 0) continue;
                failed++;
                foreach (string code in problems.Select(p => JsonValues.Text(p["code"])!).Distinct())
                    counts[code] = counts.GetValueOrDefault(code) + 1;
                if (samples.Count < FieldChecks.MostSamples) samples.Add(counter.Describe(chunk, row, problems));
            }
        }

        string dataSetId = JsonValues.Text(JsonValues.At(workspace.TargetConnections.Find(run.TargetId)?.Body, "params", "dataSetId")) ?? "";
        if (workspace.DataSets.Find(dataSetId) is not { } dataSet) return RunOutcome.NotPromoted(rows, bytes, $"Unable to find object at /dataSets/{dataSetId}.");
        return Judge(flow, dataSet, new RunOutcome { InputRecords = rows, InputBytes = bytes, FailedRecords = failed, FailedRows = samples }, counts);
    }

    /// <summary>
    /// Partial ingestion decides: without it one failed record fails the run, with it as many as the threshold allows do not. Which records failed, and
    /// of what, is told where the flow or the dataset asks for diagnostics; partial ingestion has them always.
    /// </summary>
    private static RunOutcome Judge(FlowResource flow, DataSet dataSet, RunOutcome outcome, Dictionary<string, long> counts)
    {
        if (outcome.FailedRecords == 0) return outcome;
        double? threshold = JsonValues.Number(JsonValues.At(flow.Body, "options", "partialIngestionPercent"));
        double allowed = threshold ?? 0;
        bool succeeded = outcome.FailedRecords * 100.0 / outcome.InputRecords <= allowed;
        string text = succeeded
            ? $"Encountered {outcome.FailedRecords} errors in the data. Successfully ingested {outcome.InputRecords - outcome.FailedRecords} rows. Review the associated diagnostic files for additional details."
            : $"Encountered {outcome.FailedRecords} errors in the data, more than the threshold of {allowed.ToString(System.Globalization.CultureInfo.InvariantCulture)} percent. No rows were ingested. Review the associated diagnostic files for additional details.";
        bool isDiagnosed = threshold is not null || JsonValues.Boolean(JsonValues.At(flow.Body, "options", "errorDiagnosticsEnabled")) == true || JsonValues.Boolean(dataSet.Body["enableErrorDiagnostics"]) == true;
        IEnumerable<RunDetail> found = RowProblem.All.Where(p => counts.ContainsKey(p.Code)).Select(p => new RunDetail(p, counts[p.Code]));
        return outcome with
        {
            Succeeded = succeeded,
            Errors = [new RunError("CONNECTOR-2001-500", "Error occurred at promotion activity.")],
            Details = isDiagnosed ? [new RunDetail(new RunError("INGEST-1212-400", text), null), .. found] : [new RunDetail(RowProblem.NotDiagnosed, null)],
            FailedRows = isDiagnosed ? outcome.FailedRows : [],
        };
    }

    private static int IndexOf(IReadOnlyList<Column> columns, string name)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == name) return i;
        }

        return -1;
    }

    private static long? Ticks(Vector column, int row)
    {
        if (column.IsNull(row)) return null;
        if (column.Type == KustoType.DateTime) return column.Values<long>()[row];
        return ValueText.TryDateTime(Encoding.UTF8.GetBytes(column.Values<string>()[row]), out long ticks) ? ticks : null;
    }
}
