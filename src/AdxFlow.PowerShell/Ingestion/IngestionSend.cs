using System.Data;
using System.Management.Automation;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.FromStorage;
using AdxFlow.Ingestion.Lines;
using AdxFlow.Ingestion.Rows;
using AdxFlow.PowerShell.Ingestion.Reading;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>One call of Send-AdxData: brings together the table's columns, the reading of objects, and the session that sends them.</summary>
internal sealed class IngestionSend(AdxCmdlet cmdlet, AdxConnection connection, IngestionRequest request, IReadOnlyList<string>? only, CancellationToken stop) : IDisposable
{
    // A look at what the workers did, without paying for it with every row.
    private const int RowsBetweenEvents = 1024;

    private readonly SendReport _report = new(cmdlet, $"{connection.Database}.{request.Table}", request.SpoolPath);
    private readonly RowColumns _columns = new(connection, request.Table, only);
    private readonly InputColumns _input = new(cmdlet, request.Table, only);
    private IngestionSession? _session;
    private RowIntake? _rows;
    private ObjectReader? _reader;
    // Rows that the spool has already, and inputs that were no rows before it was open.
    private long _skip;
    private long _notRows;
    private LineIntake? _lines;
    private long _texts;
    private long _rejectedBefore;

    /// <summary>Rows that the caller has left out already, from the first of a spool that it goes on with.</summary>
    public long SkippedRows { get; init; }

    public SendProgress Progress => _report.Progress;

    /// <summary>What the service had accepted when the pipeline ended before its time; null if nothing.</summary>
    public AdxIngestion? Abandoned { get; private set; }

    /// <summary>Looks the table up, so that a wrong name is told before anything is sent.</summary>
    public void FindTable(bool mayCreate)
    {
        try
        {
            request.Check();
            _columns.FindAsync(mayCreate, stop).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is AdxException or OperationCanceledException)
        {
            throw Ended(failure);
        }
    }

    public void AddObject(PSObject input)
    {
        try
        {
            if (_reader is null)
                OpenObjects(input);
            if (_skip > 0)
            {
                _skip--;
                return;
            }
            _reader!.Read(input, _rows!.BeginRow());
            EndRow();
        }
        catch (AdxException failure) when (failure.ErrorId is SendErrors.InputNotRow or SendErrors.ValueRefused)
        {
            // A spool counts it among the rows taken, so that whoever starts over with the same input comes out right.
            if (request.SpoolPath is not null)
                SkipRow();
            Reject(failure, input);
        }
        catch (Exception failure) when (failure is AdxException or OperationCanceledException)
        {
            throw Ended(failure);
        }
    }

    /// <summary>Takes a line of text, or bytes, of a format.</summary>
    public void AddText(object input, AdxDataFormat format, bool ignoreFirstRecord)
    {
        try
        {
            if (input is not (string or byte[] or byte))
                throw SendErrors.NotText(input.GetType());
            if (_lines is null)
            {
                _session ??= Start();
                _lines = _session.OpenLines(format, ignoreFirstRecord);
            }
            switch (input)
            {
                case string text:
                    _lines.Add(text);
                    break;
                case byte[] bytes:
                    _lines.Add(bytes);
                    break;
                case byte one:
                    _lines.Add([one]);
                    break;
            }
            if (++_texts % RowsBetweenEvents == 0)
                _report.TellEvents(_session!);
        }
        catch (AdxException failure) when (failure.ErrorId == SendErrors.InputNotRow)
        {
            Reject(failure, input);
        }
        catch (Exception failure) when (failure is AdxException or OperationCanceledException)
        {
            throw Ended(failure);
        }
    }

    public void AddReader(IDataReader reader)
    {
        try
        {
            _rows ??= OpenRows(() => DataReaderRows.Columns(reader));
            var source = new DataReaderRows(reader, _rows.Columns);
            _input.Unknown(_rows.Columns).Add(source.Unknown);
            while (_skip > 0 && reader.Read())
                _skip--;
            while (source.Read(_rows))
                EndRow();
        }
        catch (Exception failure) when (failure is AdxException or OperationCanceledException)
        {
            throw Ended(failure);
        }
    }

    public void AddFile(string path, AdxDataFormat? format, bool ignoreFirstRecord)
    {
        try
        {
            var file = new FileIngestion { Path = path, Format = format, IgnoreFirstRecord = ignoreFirstRecord };
            FileIntake.Check(file);
            _session ??= Start();
            _session.OpenFiles().Add(file);
            _report.TellEvents(_session);
        }
        catch (AdxFileException failure)
        {
            Progress.FilesRefused++;
            _report.WriteError(failure.ToErrorRecord(path), _session);
        }
        catch (Exception failure) when (failure is AdxException or OperationCanceledException)
        {
            throw Ended(failure);
        }
    }

    public void AddBlobs(IReadOnlyList<BlobIngestion> blobs)
    {
        try
        {
            _session ??= Start();
            _session.SendBlobsAsync(blobs).GetAwaiter().GetResult();
            _report.TellEvents(_session);
        }
        catch (Exception failure) when (failure is AdxException or OperationCanceledException)
        {
            throw Ended(failure);
        }
    }

    /// <summary>Sends what is left; returns what was sent.</summary>
    public AdxIngestion Complete()
    {
        // Without any row there may still be some in the spool.
        if (_session is null && request.SpoolName is null)
            return AdxIngestion.OfNothing(connection.Database, request, _rejectedBefore);
        try
        {
            _session ??= Start();
            CheckGap(_session);
            AdxIngestion ingestion = _report.Await(_session.CompleteAsync(), _session);
            _report.TellEvents(_session);
            _report.Dispose();
            // What a spool holds is confirmed by the session that sent it.
            if (!_session.IsSpooled)
                Close();
            return ingestion;
        }
        catch (Exception failure) when (failure is AdxException or OperationCanceledException)
        {
            throw Ended(failure);
        }
    }

    /// <summary>Waits until the service has finished with what was sent.</summary>
    public Task<AdxIngestion> FollowAsync(AdxIngestion ingestion, TimeSpan timeout) =>
        _session is { IsSpooled: true } spooled ? spooled.ConfirmAsync(timeout, stop) : IngestionWait.For(cmdlet, connection, ingestion, timeout, stop);

    /// <summary>Frees everything after an end in good order.</summary>
    public void Close()
    {
        _session?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _session = null;
    }

    public void Dispose()
    {
        _report.Dispose();
        if (_session is null)
            return;
        _session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (_session.Snapshot() is { Batches.Count: > 0 } accepted)
            Abandoned = accepted;
        _session = null;
    }

    private IngestionSession Start()
    {
        IngestionSession session = IngestionSession.StartAsync(connection, request with { TableColumns = _columns.OfTable }, stop).GetAwaiter().GetResult();
        session.Reject(_rejectedBefore);
        return session;
    }

    private void Reject(AdxException failure, object input)
    {
        if (_session is null)
            _rejectedBefore++;
        else
            _session.Reject(1);
        _report.WriteError(failure.ToErrorRecord(input), _session);
    }

    private void OpenObjects(PSObject sample)
    {
        _rows ??= OpenRows(() => _input.Infer(sample));
        _reader = new ObjectReader(_rows.Columns, request.Table, _input.Unknown(_rows.Columns), cmdlet.WriteWarning);
    }

    private RowIntake OpenRows(Func<IReadOnlyList<AdxColumn>> infer)
    {
        (IReadOnlyList<AdxColumn> columns, bool isNew) = _columns.SettleAsync(infer, stop).GetAwaiter().GetResult();
        // Streaming may take minutes to hear of a new table.
        if (isNew && request.Mode == AdxIngestionMode.Auto)
            request = request with { Mode = AdxIngestionMode.Queued };
        _session = Start();
        RowIntake rows = _session.OpenRows(columns, _columns.TypesAreKnown);
        CheckGap(_session);
        _skip = _session.SpooledRows - SkippedRows;
        if (_skip > 0)
            cmdlet.WriteVerbose($"The spool has {_session.SpooledRows} rows already; the first {_skip} of the input are left out.");
        _rows = rows;
        for (; _notRows > 0; _notRows--)
            SkipRow();
        return rows;
    }

    // Also of an input without rows: those that the caller has left out may have been its last.
    private void CheckGap(IngestionSession session)
    {
        if (_rows is null && SkippedRows > session.SpooledRows)
            throw SendErrors.RowsMissing(SkippedRows, session.SpooledRows);
    }

    private void SkipRow()
    {
        if (_skip > 0)
            _skip--;
        else if (_rows is null)
            _notRows++;
        else
            _rows.SkipRow();
    }

    private void EndRow()
    {
        _rows!.EndRow();
        if (_rows.Rows % RowsBetweenEvents == 0 || _report.IsDue)
            _report.TellEvents(_session!);
    }

    /// <summary>Ends the call: by what failed first behind the rows, if that is what made them fail here.</summary>
    private Exception Ended(Exception failure)
    {
        if (failure is OperationCanceledException && !stop.IsCancellationRequested && _session is not null)
        {
            try
            {
                _session.CompleteAsync().GetAwaiter().GetResult();
            }
            catch (AdxException cause)
            {
                failure = cause;
            }
        }
        if (failure is not AdxException known)
            return new PipelineStoppedException();
        _report.WarnOfAccepted(_session);
        cmdlet.ThrowTerminatingError(known.ToErrorRecord(request.Table));
        return known;
    }
}
