using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>
/// Reads a v2 answer frame by frame and sorts its rows into tables. It goes one step at a time, so that a caller
/// can hand out rows between steps.
/// </summary>
internal sealed class QueryFrameReader(JsonPullReader source, RowForm form = default)
{
    private const int BlockRows = 4096;

    private readonly Dictionary<long, QueryTable> _byId = [];
    private readonly Queue<QueryTable> _announced = new();
    private QueryFrame? _frame;
    private QueryTable? _rowsOf;
    private QueryTable? _whole;
    private bool _begun;

    /// <summary>The answer has ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The service said that the answer is complete.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Rows given may be replaced by later ones, so a table counts only when it is whole.</summary>
    public bool IsProgressive { get; private set; }

    /// <summary>The service says there were errors, somewhere.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The query was cancelled in the service.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>The error of the answer as a whole, as plain objects.</summary>
    public object? Error { get; private set; }

    /// <summary>What the service warns of, in its own words. It comes behind the rows.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The next table of the result that nobody took yet.</summary>
    public bool TryTakeTable(out QueryTable? table) => _announced.TryDequeue(out table);

    /// <summary>Reads on until something has changed: a table was announced, rows came, a table or the answer ended.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        if (_rowsOf is { } table)
            await ReadRowsAsync(table, cancellationToken);
        else if (_frame is { } frame)
            await ReadPropertiesAsync(frame, cancellationToken);
        else
            await BeginFrameAsync(cancellationToken);
    }

    private async ValueTask BeginFrameAsync(CancellationToken cancellationToken)
    {
        JsonToken token = await source.ReadTokenAsync(cancellationToken);
        if (!_begun)
        {
            _begun = true;
            if (token.Type == JsonTokenType.StartArray)
                return;
        }

        switch (token.Type)
        {
            case JsonTokenType.EndArray:
                IsEnded = true;
                await ReadToEndAsync(cancellationToken);
                break;
            case JsonTokenType.StartObject:
                _frame = new QueryFrame();
                break;
            default:
                throw new JsonException($"A frame was expected, not {token.Type}.");
        }
    }

    /// <summary>Reading to the very end lets the connection be used again. One that breaks then takes nothing from the answer.</summary>
    private async ValueTask ReadToEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await source.FillAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is IOException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // It is not used again.
        }
    }

    private async ValueTask ReadPropertiesAsync(QueryFrame frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonToken token = await source.ReadTokenAsync(cancellationToken);
            if (token.Type == JsonTokenType.EndObject)
            {
                if (frame.RowsPassedOver && !frame.RowsRead)
                {
                    source.Rewind();
                    BindRows(frame);
                    return;
                }

                EndFrame(frame, isRoot: token.Depth == 0);
                return;
            }

            if (token.Name != "Rows")
            {
                frame.Set(token.Name!, await source.ReadValueAsync(cancellationToken));
                continue;
            }

            JsonToken start = await source.ReadTokenAsync(cancellationToken);
            if (start.Type == JsonTokenType.Null)
                continue;
            if (start.Type != JsonTokenType.StartArray)
                throw new JsonException($"Rows were expected, not {start.Type}.");
            if (frame.DescribesRows)
            {
                BindRows(frame);
                return;
            }

            source.Mark();
            await source.SkipArrayAsync(start.Depth, cancellationToken);
            frame.RowsPassedOver = true;
        }
    }

    private void BindRows(QueryFrame frame)
    {
        frame.RowsRead = true;
        switch (frame.Type)
        {
            case "DataTable":
                _rowsOf = _whole = Announce(frame);
                break;
            case "TableFragment":
                if (!_byId.TryGetValue(frame.TableId, out QueryTable? table))
                    throw new JsonException($"There are rows of a table ({frame.TableId}) that was not announced.");
                if (frame.Replaces)
                    Replace(table);
                _rowsOf = table;
                break;
            default:
                // Rows nobody can place must not be lost in silence.
                throw new JsonException($"There are rows in a frame of an unknown type ('{frame.Type}').");
        }
    }

    private static void Replace(QueryTable table)
    {
        if (table.HandedOut)
            throw new JsonException("Rows are to be replaced, though the answer did not say that it is progressive.");
        table.Pending.Clear();
    }

    private QueryTable Announce(QueryFrame frame)
    {
        var table = new QueryTable(frame.TableName, frame.TableKind ?? "Unknown", frame.Columns, form);
        if (frame.TableId >= 0)
            _byId[frame.TableId] = table;
        if (table.IsPrimary)
            _announced.Enqueue(table);
        return table;
    }

    private async ValueTask ReadRowsAsync(QueryTable table, CancellationToken cancellationToken)
    {
        int before = table.Pending.Count;
        RowReader.Outcome outcome = table.Reader.Read(source, table.Pending, before + BlockRows, out object? error);
        if (table.IsCompletion)
            Inspect(table);
        if (!table.IsPrimary)
            table.Pending.Clear();

        switch (outcome)
        {
            case RowReader.Outcome.Error:
                table.Error ??= error;
                break;
            case RowReader.Outcome.End:
                _rowsOf = null;
                break;
            case RowReader.Outcome.NeedsMore when table.Pending.Count == before:
                if (!await source.FillAsync(cancellationToken))
                    throw new JsonException("The answer ends in the middle.");
                break;
        }
    }

    private void EndFrame(QueryFrame frame, bool isRoot)
    {
        _frame = null;
        if (isRoot)
        {
            // In the place of an array of frames there is one object: an error, if anything.
            IsEnded = IsCompleted = HasErrors = true;
            Error = frame.ToJson();
            return;
        }

        switch (frame.Type)
        {
            case "DataSetHeader":
                IsProgressive = frame.Flag("IsProgressive");
                if (frame.Text("Version") is { } version && !version.StartsWith("v2", StringComparison.OrdinalIgnoreCase))
                    throw new JsonException($"The answer has the version '{version}'; v2.0 is understood.");
                break;
            case "DataTable":
                CompleteDataTable(frame);
                break;
            case "TableHeader":
                Announce(frame);
                break;
            case "TableCompletion":
                if (_byId.TryGetValue(frame.TableId, out QueryTable? completed))
                {
                    completed.Error ??= frame.OneApiErrors;
                    completed.IsComplete = true;
                    if (completed is { IsPrimary: true, Error: null } && !IsProgressive && frame.RowCount > completed.Reader.Count)
                        throw new JsonException($"The service counts {frame.RowCount} rows, but {completed.Reader.Count} came.");
                }

                break;
            case "DataSetCompletion":
                IsCompleted = !_byId.Values.Any(static table => table is { IsPrimary: true, IsComplete: false });
                HasErrors |= frame.Flag("HasErrors");
                IsCancelled = frame.Flag("Cancelled");
                Error = frame.OneApiErrors ?? Error;
                break;
        }
    }

    private void CompleteDataTable(QueryFrame frame)
    {
        // A table without any "Rows" was not announced yet.
        QueryTable table = frame.RowsRead ? _whole! : Announce(frame);
        table.IsComplete = true;
    }

    /// <summary>
    /// With <c>deferpartialqueryfailures</c> a failure shows nowhere but here: level 2 is an error, 1 a critical one; 3 is a warning,
    /// as of a table that <c>union isfuzzy=true</c> did not find.
    /// </summary>
    private void Inspect(QueryTable table)
    {
        foreach (object?[] row in table.Pending)
        {
            if (QueryCompletion.FailureOf(table.Columns, row) is { } failure)
            {
                HasErrors = true;
                Error ??= failure;
            }
            else if (QueryCompletion.WarningOf(table.Columns, row) is { } warning)
            {
                Warnings.Add(warning);
            }
        }
    }
}
