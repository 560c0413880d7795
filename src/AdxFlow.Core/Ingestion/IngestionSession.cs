using System.Collections.Concurrent;
using System.Diagnostics;
using AdxFlow.Adx;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion;

/// <summary>
/// One ingestion into one table: rows (<see cref="OpenRows"/>) or files (<see cref="SendFileAsync"/>), then
/// <see cref="CompleteAsync"/>. Disposing without completing gives up what the service has not accepted yet and sends nothing more.
/// </summary>
public sealed class IngestionSession : IAsyncDisposable
{
    private readonly IngestionRequest _request;
    private readonly string _database;
    private readonly ITransport _transport;
    private readonly IReadOnlyList<AdxColumn>? _tableColumns;
    private readonly CancellationTokenSource _stop;
    private readonly ConcurrentQueue<IngestionEvent> _events;
    private readonly ConcurrentQueue<AdxIngestionBatch> _accepted = new();
    private readonly List<SubmissionQueue> _submissions = [];
    private readonly Guid _id = Guid.NewGuid();
    private readonly DateTime _startTime = DateTime.UtcNow;
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private RowIntake? _rows;
    private Task _batching = Task.CompletedTask;
    private long _rejectedRows;
    private int _disposed;

    private IngestionSession(IngestionRequest request, string database, ITransport transport, IReadOnlyList<AdxColumn>? tableColumns, ConcurrentQueue<IngestionEvent> events, CancellationTokenSource stop)
    {
        _request = request;
        _database = database;
        _transport = transport;
        _tableColumns = tableColumns;
        _events = events;
        _stop = stop;
    }

    /// <summary>
    /// Begins. Where batches may be queued, it asks the ingestion service for its configuration, which also shows whether it lets
    /// one in; where they may be streamed, for the table's policy and, unless they are given, its columns.
    /// </summary>
    /// <param name="connection">The connection to send over.</param>
    /// <param name="request">The table and the limits of a batch.</param>
    /// <param name="cancel">Ends the whole session, whenever it comes.</param>
    /// <exception cref="AdxException"><c>AdxInvalidBatch</c>, <c>AdxInvalidCombination</c>: the request cannot be; nothing was sent. The service refuses (<c>AdxForbidden</c>), cannot be reached, or names no container.</exception>
    public static async Task<IngestionSession> StartAsync(AdxConnection connection, IngestionRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        request.Check();
        string database = request.Database ?? connection.Database;
        var events = new ConcurrentQueue<IngestionEvent>();
        ITransport transport = await new TransportChoice(connection, database, request, events.Enqueue).MakeAsync(cancel);
        IReadOnlyList<AdxColumn>? tableColumns = request.TableColumns;
        if (transport.GoesByPlace && tableColumns is null)
            tableColumns = (await new AdxTables(new AdxClient(connection)).FindAsync(request.Table, database, cancellationToken: cancel))?.Columns;
        return new IngestionSession(request, database, transport, tableColumns, events, CancellationTokenSource.CreateLinkedTokenSource(cancel));
    }

    /// <summary>Opens the way for rows, once in a session.</summary>
    /// <param name="columns">The table's columns to fill, in the order of the cells to come.</param>
    /// <param name="typesAreKnown">False when the types are a guess: values are then written each in its own form and never rejected here.</param>
    public RowIntake OpenRows(IReadOnlyList<AdxColumn> columns, bool typesAreKnown = true)
    {
        if (_rows is not null)
            throw new InvalidOperationException("The session takes rows already.");
        RowLayout? byPlace = _transport.GoesByPlace && _tableColumns is not null ? RowLayout.ByPlace(_tableColumns, columns) : null;
        ITransport transport = _transport.GoesByPlace && byPlace is null ? _transport.ByName : _transport;
        RowLayout layout = byPlace ?? RowLayout.InOrder(columns.Count);
        _rows = new RowIntake(columns, typesAreKnown, _request.ThrottleLimit + 2, _stop.Token)
        {
            Encoder = new CsvRowEncoder(columns, typesAreKnown, layout, transport.MaxRowBytes),
        };
        SubmissionQueue submissions = Open(transport, PropertyRules.For(_request, _database, AdxDataFormat.Csv, CsvMapping.For(columns, layout)));
        var batcher = new RowBatcher(_rows, transport, submissions, _request, OnRejected, _stop.Token);
        _batching = Task.Run(() => FailTogether(batcher.RunAsync(), submissions));
        return _rows;
    }

    /// <summary>Sends a file. It counts as a whole: what proves cut or unreadable is not sent at all.</summary>
    /// <returns>Rows of the file.</returns>
    /// <exception cref="AdxException">
    /// About the file: <c>AdxFileNotFound</c>, <c>AdxPathIsDirectory</c>, <c>AdxFileEmpty</c>, <c>AdxFileTruncated</c>,
    /// <c>AdxFileEncoding</c>, <c>AdxFileUnreadable</c>, <c>AdxFormatUnknown</c>, <c>AdxRecordTooLong</c>; or about the service.
    /// </exception>
    public async Task<long> SendFileAsync(FileIngestion file)
    {
        ArgumentNullException.ThrowIfNull(file);
        FileBatcher.Check(file.Path);
        AdxDataFormat format = file.Format ?? DataFormats.FromName(file.Path) ?? throw FileErrors.FormatUnknown(file.Path);
        ITransport transport = _transport.ForFile(format, _request.MappingName);
        // Before anything of the file is uploaded: a mapping may be none for its format.
        BatchProperties properties = PropertyRules.For(_request, _database, format, null);
        IReadOnlyList<SealedBatch> batches = await new FileBatcher(transport, _request, _stop.Token).UploadAsync(file, format);
        SubmissionQueue submissions = Open(transport, properties);
        foreach (SealedBatch batch in batches)
            await submissions.AddAsync(batch);
        submissions.Complete();
        await submissions.Completion;
        return batches.Sum(static batch => batch.Rows);
    }

    /// <summary>The next thing that happened on a worker, if any. To be asked from time to time by whoever tells the user.</summary>
    public bool TryTakeEvent(out IngestionEvent? happened) => _events.TryDequeue(out happened);

    /// <summary>What the service has accepted so far.</summary>
    public AdxIngestion Snapshot() => new()
    {
        Id = _id,
        Database = _database,
        Table = _request.Table,
        Mode = _transport.Mode,
        StartTime = _startTime,
        Elapsed = _elapsed.Elapsed,
        RejectedRows = Interlocked.Read(ref _rejectedRows),
        Batches = [.. _accepted],
    };

    /// <summary>Sends what is left and waits until the service has accepted every batch; what becomes of them then is for <see cref="IngestionTracker"/>.</summary>
    /// <exception cref="AdxException">A batch could not be uploaded or was refused.</exception>
    /// <exception cref="OperationCanceledException">The session was cancelled.</exception>
    public async Task<AdxIngestion> CompleteAsync()
    {
        try
        {
            _rows?.Complete();
        }
        catch (OperationCanceledException)
        {
            // The batching ends with it, and with the reason: a failure, or that the session was cancelled.
        }
        await _batching;
        foreach (SubmissionQueue submissions in _submissions)
        {
            submissions.Complete();
            await submissions.Completion;
        }
        _elapsed.Stop();
        return Snapshot();
    }

    /// <summary>Stops every worker, gives up what was not accepted, and frees everything. Sends nothing but the taking back of blobs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        foreach (SubmissionQueue submissions in _submissions)
            submissions.Complete();
        await Settle(_batching);
        foreach (SubmissionQueue submissions in _submissions)
            await Settle(submissions.Completion);
        (_transport as IDisposable)?.Dispose();
        _stop.Dispose();
    }

    private SubmissionQueue Open(ITransport transport, BatchProperties properties)
    {
        var submissions = new SubmissionQueue(transport, properties, OnAccepted, _stop.Token);
        _submissions.Add(submissions);
        return submissions;
    }

    /// <summary>Ends both when one fails: there is no use in sealing batches that nobody takes, nor in waiting for ones that will not come.</summary>
    private async Task FailTogether(Task batching, SubmissionQueue submissions)
    {
        if (await Task.WhenAny(batching, submissions.Completion) == submissions.Completion && submissions.Completion.IsFaulted)
        {
            await _stop.CancelAsync();
            await Settle(batching);
            await submissions.Completion;
        }
        try
        {
            await batching;
        }
        catch
        {
            await _stop.CancelAsync();
            throw;
        }
    }

    private static async Task Settle(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void OnRejected(RejectedRow row)
    {
        Interlocked.Increment(ref _rejectedRows);
        _events.Enqueue(row);
    }

    private void OnAccepted(AdxIngestionBatch batch)
    {
        _accepted.Enqueue(batch);
        _events.Enqueue(new BatchQueued(batch));
    }
}
