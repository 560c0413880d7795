using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using AdxFlow.Adx;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.FromStorage;
using AdxFlow.Ingestion.Lines;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Spool;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion;

/// <summary>
/// One ingestion into one table: rows (<see cref="OpenRows"/>) or files (<see cref="OpenFiles"/>), then
/// <see cref="CompleteAsync"/>. Disposing without completing gives up what the service has not accepted yet and sends nothing more.
/// </summary>
public sealed class IngestionSession : IAsyncDisposable
{
    private readonly IngestionRequest _request;
    private readonly string _database;
    private readonly ITransport _transport;
    private readonly IReadOnlyList<AdxColumn>? _tableColumns;
    private readonly CancellationTokenSource _stop;
    private readonly EventQueue _events;
    private readonly ConcurrentQueue<AdxIngestionBatch> _accepted = new();
    private readonly JointWork _work;
    private readonly SubmissionQueues _submissions;
    private readonly IngestionScope _scope;
    private readonly SpoolSession? _spool;
    private readonly Guid _id;
    private readonly DateTime _startTime = DateTime.UtcNow;
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private RowIntake? _rows;
    private FileIntake? _files;
    private LineIntake? _lines;
    private Task _batching = Task.CompletedTask;
    private Task _filing = Task.CompletedTask;
    private Task _lining = Task.CompletedTask;
    private long _rejectedRows;
    private int _disposed;

    private IngestionSession(AdxConnection connection, IngestionRequest request, string database, ITransport transport, SpoolDirectory? spool, IReadOnlyList<AdxColumn>? tableColumns, EventQueue events, CancellationTokenSource stop)
    {
        _request = request;
        _database = database;
        _transport = transport;
        _tableColumns = tableColumns;
        _events = events;
        _stop = stop;
        _work = new JointWork(stop);
        _id = spool?.Manifest.Id ?? Guid.NewGuid();
        _scope = new IngestionScope(_id, database, request.Table, transport.Mode);
        _spool = spool is null ? null : _scope.Make(() => new SpoolSession(connection, spool, transport, database, request, OnQueued, stop.Token));
        _submissions = new SubmissionQueues(_scope, OnAccepted, stop.Token);
    }

    /// <summary>How far it has come; to be looked at from time to time, as by a progress bar.</summary>
    public IngestionProgress Progress => _scope.Progress;

    /// <summary>Input rows that the spool had taken before this session, which are not to be sent to it again; 0 without a spool.</summary>
    public long SpooledRows => _spool?.RowsBefore ?? 0;

    /// <summary>True when rows are kept until the service has confirmed them: see <see cref="ConfirmAsync"/>.</summary>
    public bool IsSpooled => _spool is not null;

    /// <summary>
    /// Begins. Where batches may be queued, it asks the ingestion service for its configuration, which also shows whether it lets
    /// one in; where they may be streamed, for the table's policy and, unless they are given, its columns.
    /// </summary>
    /// <param name="connection">The connection to send over.</param>
    /// <param name="request">The table and the limits of a batch.</param>
    /// <param name="cancel">Ends the whole session, whenever it comes.</param>
    /// <exception cref="AdxException"><c>AdxInvalidBatch</c>, <c>AdxInvalidCombination</c>, <c>AdxInvalidGuarantee</c>: the request cannot be; nothing was sent. Or what can be wrong with a spool. The service refuses (<c>AdxForbidden</c>), cannot be reached, or names no container.</exception>
    public static async Task<IngestionSession> StartAsync(AdxConnection connection, IngestionRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        request.Check();
        if (request.DeliveryGuarantee == AdxDeliveryGuarantee.None)
            request = request with { RetryWindow = TimeSpan.Zero };
        string database = request.Database ?? connection.Database;
        var events = new EventQueue();
        ITransport transport = await new TransportChoice(connection, database, request, events.Add).MakeAsync(cancel);
        try
        {
            IReadOnlyList<AdxColumn>? tableColumns = request.TableColumns;
            if (transport.GoesByPlace && tableColumns is null)
                tableColumns = (await new AdxTables(new AdxClient(connection)).FindAsync(request.Table, database, cancellationToken: cancel))?.Columns;
            SpoolDirectory? spool = request.SpoolPath is null ? null : SpoolSession.OpenDirectory(connection, request, database);
            return new IngestionSession(connection, request, database, transport, spool, tableColumns, events, CancellationTokenSource.CreateLinkedTokenSource(cancel));
        }
        catch
        {
            (transport as IDisposable)?.Dispose();
            throw;
        }
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
        _rows = new RowIntake(columns, typesAreKnown, _request.ThrottleLimit + 2, _stop.Token, SpooledRows)
        {
            Encoder = new CsvRowEncoder(columns, typesAreKnown, layout, transport.MaxRowBytes),
        };
        if (_spool is not null)
        {
            _batching = Task.Run(() => _scope.MeasureAsync(() => new RowBatcher(_rows, _spool.Open(columns, _request), _request, OnRejected, _stop.Token).RunAsync()));
            return _rows;
        }
        SubmissionQueue submissions = _submissions.Open(new FormatRoute(transport, PropertyRules.For(_request, _database, AdxDataFormat.Csv, CsvMapping.For(columns, layout))));
        var batcher = new RowBatcher(_rows, new DirectBatches(transport, submissions, _request), _request, OnRejected, _stop.Token);
        _batching = Task.Run(() => _scope.MeasureAsync(() => _work.FailTogetherAsync(batcher.RunAsync(), submissions.Completion)));
        return _rows;
    }

    /// <summary>
    /// The way for files. A file counts as a whole: of what proves cut or unreadable nothing is sent, which is told as
    /// <see cref="FileRejected"/>, and the others are.
    /// </summary>
    public FileIntake OpenFiles()
    {
        RequireNoSpool();
        if (_files is not null)
            return _files;
        _files = new FileIntake(_request, FileRoute, _submissions.Open, _events.Add, _stop.Token);
        _filing = Task.Run(() => _scope.MeasureAsync(() => _work.StopOnFailureAsync(_files.RunAsync())));
        return _files;
    }

    /// <summary>The way for text or bytes of a format, once in a session.</summary>
    /// <param name="format">The format; one that can be split between records.</param>
    /// <param name="ignoreFirstRecord">The first record is a header, which is not sent.</param>
    /// <exception cref="AdxException"><c>AdxInvalidFormat</c>: the format counts as a whole. <c>AdxInvalidCombination</c>, <c>AdxInvalidMapping</c>: it does not go with the mode or the mapping.</exception>
    public LineIntake OpenLines(AdxDataFormat format, bool ignoreFirstRecord = false)
    {
        RequireNoSpool();
        if (_lines is not null)
            throw new InvalidOperationException("The session takes lines already.");
        if (DataFormats.Form(format) != FormatForm.Records)
        {
            throw new AdxException("AdxInvalidFormat", AdxErrorKind.InvalidArgument, $"The format {format} has no lines that could be sent one by one.")
            {
                RecommendedAction = "Write it to a file and send that with -Path.",
            };
        }
        FormatRoute route = Route(format);
        SubmissionQueue submissions = _submissions.Open(route);
        _lines = new LineIntake(route, _request, ignoreFirstRecord, submissions, _stop.Token);
        _lining = Task.Run(() => _scope.MeasureAsync(() => _work.FailTogetherAsync(_lines.RunAsync(), submissions.Completion)));
        return _lines;
    }

    /// <summary>Has the service ingest blobs that exist already, from where they are. They are not read here, and stay.</summary>
    /// <param name="blobs">The blobs.</param>
    /// <exception cref="AdxException"><c>AdxInvalidCombination</c>: the mode or the cluster takes no blobs. Or the service refuses them.</exception>
    public Task SendBlobsAsync(IEnumerable<BlobIngestion> blobs)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        RequireNoSpool();
        return _scope.MeasureAsync(() => new BlobSubmissions(_transport, _request, _database, _submissions).QueueAsync(blobs));
    }

    /// <summary>Counts rows that whoever reads them has refused, so that <see cref="AdxIngestion.RejectedRows"/> holds them too.</summary>
    /// <param name="rows">How many.</param>
    public void Reject(long rows) => Interlocked.Add(ref _rejectedRows, rows);

    /// <summary>The next thing that happened on a worker, if any. To be asked from time to time by whoever tells the user.</summary>
    public bool TryTakeEvent([NotNullWhen(true)] out IngestionEvent? happened) => _events.TryTake(out happened);

    /// <summary>Done when <see cref="TryTakeEvent"/> has a file that was refused, for who would end everything at that. Asked anew after each look.</summary>
    public Task FileRefusal => _events.Refusal;

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
        Batches = _spool?.Batches ?? [.. _accepted],
    };

    /// <summary>Sends what is left and waits until the service has accepted every batch; what becomes of them then is for <see cref="IngestionTracker"/>.</summary>
    /// <exception cref="AdxException">A batch could not be uploaded or was refused.</exception>
    /// <exception cref="OperationCanceledException">The session was cancelled.</exception>
    public async Task<AdxIngestion> CompleteAsync()
    {
        try
        {
            _rows?.Complete();
            _lines?.Complete();
        }
        catch (OperationCanceledException)
        {
            // The batching ends with it, and with the reason: a failure, or that the session was cancelled.
        }
        await _batching;
        if (_spool is not null)
            await _spool.DrainAsync();
        _files?.Complete();
        await _filing;
        await _lining;
        await _submissions.CompleteAsync();
        _elapsed.Stop();
        return Snapshot();
    }

    /// <summary>
    /// Waits, after <see cref="CompleteAsync"/>, until the service has put the rows in the spool into the table, or refused
    /// them, or the time is over. What it confirms leaves the spool; what failed for a passing reason is sent again.
    /// </summary>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="AdxException">The service refuses to say, or cannot be reached. The rows are safe.</exception>
    public async Task<AdxIngestion> ConfirmAsync(TimeSpan timeout, CancellationToken cancel = default)
    {
        if (_spool is null)
            throw new InvalidOperationException("The session has no spool.");
        await _spool.ConfirmAsync(timeout, cancel);
        return Snapshot();
    }

    /// <summary>Stops every worker, gives up what was not accepted, and frees everything. Sends nothing but the taking back of blobs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        _submissions.Close();
        await JointWork.SettleAsync(_batching);
        await JointWork.SettleAsync(_filing);
        await JointWork.SettleAsync(_lining);
        await _submissions.SettleAsync();
        if (_spool is not null)
            await _spool.DisposeAsync();
        (_transport as IDisposable)?.Dispose();
        _stop.Dispose();
        _scope.Dispose();
    }

    private FormatRoute Route(AdxDataFormat format) => new(_transport.ForFormat(format, _request.MappingName), PropertyRules.For(_request, _database, format));

    private FormatRoute FileRoute(AdxDataFormat format)
    {
        FormatRoute route = Route(format);
        return route with { Transport = route.Transport.ForFiles };
    }

    /// <summary>Whoever asks for a spool must not be left without one quietly.</summary>
    private void RequireNoSpool()
    {
        if (_spool is not null)
            throw SpoolErrors.InvalidGuarantee("A spool takes the rows of objects and data readers only: text, files and blobs are there to be sent again.");
    }

    private void OnRejected(RejectedRow row)
    {
        Interlocked.Increment(ref _rejectedRows);
        _scope.Reject();
        _events.Add(row);
    }

    private void OnAccepted(AdxIngestionBatch batch)
    {
        _accepted.Enqueue(batch);
        OnQueued(batch);
    }

    private void OnQueued(AdxIngestionBatch batch)
    {
        _scope.Accept(batch);
        _events.Add(new BatchQueued(batch));
    }
}
