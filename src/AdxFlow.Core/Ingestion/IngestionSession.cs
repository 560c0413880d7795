using System.Collections.Concurrent;
using System.Diagnostics;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.FromStorage;
using AdxFlow.Ingestion.Lines;
using AdxFlow.Ingestion.Rows;
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
    private readonly QueuedRestTransport _transport;
    private readonly CancellationTokenSource _stop;
    private readonly ConcurrentQueue<IngestionEvent> _events = new();
    private readonly ConcurrentQueue<AdxIngestionBatch> _accepted = new();
    private readonly List<SubmissionQueue> _submissions = [];
    private readonly Guid _id = Guid.NewGuid();
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

    private IngestionSession(IngestionRequest request, string database, QueuedRestTransport transport, CancellationTokenSource stop)
    {
        _request = request;
        _database = database;
        _transport = transport;
        _stop = stop;
    }

    /// <summary>Asks the ingestion service for its configuration, which also shows whether it lets one in, and begins.</summary>
    /// <param name="connection">The connection to send over.</param>
    /// <param name="request">The table and the limits of a batch.</param>
    /// <param name="cancel">Ends the whole session, whenever it comes.</param>
    /// <exception cref="AdxException"><c>AdxInvalidBatch</c>: a limit of the request is out of its range. The service refuses (<c>AdxForbidden</c>), cannot be reached, or names no container.</exception>
    public static async Task<IngestionSession> StartAsync(AdxConnection connection, IngestionRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        request.Check();
        string database = request.Database ?? connection.Database;
        var service = new IngestionServiceClient(connection, database, request.Table);
        var transport = await QueuedRestTransport.CreateAsync(service, connection.Pipelines.Storage, request, cancel);
        return new IngestionSession(request, database, transport, CancellationTokenSource.CreateLinkedTokenSource(cancel));
    }

    /// <summary>Opens the way for rows, once in a session.</summary>
    /// <param name="columns">The table's columns to fill, in the order of the cells to come.</param>
    /// <param name="typesAreKnown">False when the types are a guess: values are then written each in its own form and never rejected here.</param>
    public RowIntake OpenRows(IReadOnlyList<AdxColumn> columns, bool typesAreKnown = true)
    {
        if (_rows is not null)
            throw new InvalidOperationException("The session takes rows already.");
        _rows = new RowIntake(columns, typesAreKnown, _request.ThrottleLimit + 2, _stop.Token);
        SubmissionQueue submissions = Open(AdxDataFormat.Csv, CsvMapping.For(columns), null);
        var batcher = new RowBatcher(_rows, _transport, submissions, _request, OnRejected, _stop.Token);
        _batching = Task.Run(() => FailTogether(batcher.RunAsync(), submissions));
        return _rows;
    }

    /// <summary>
    /// The way for files. A file counts as a whole: of what proves cut or unreadable nothing is sent, which is told as
    /// <see cref="FileRejected"/>, and the others are.
    /// </summary>
    public FileIntake OpenFiles()
    {
        if (_files is not null)
            return _files;
        _files = new FileIntake(_transport, _request, format => Open(format, null, _request.MappingName), _events.Enqueue, _stop.Token);
        _filing = Task.Run(() => StopOnFailure(_files.RunAsync()));
        return _files;
    }

    /// <summary>The way for text or bytes of a format, once in a session.</summary>
    /// <param name="format">The format; one that can be split between records.</param>
    /// <param name="ignoreFirstRecord">The first record is a header, which is not sent.</param>
    /// <exception cref="AdxException"><c>AdxInvalidFormat</c>: the format counts as a whole.</exception>
    public LineIntake OpenLines(AdxDataFormat format, bool ignoreFirstRecord = false)
    {
        if (_lines is not null)
            throw new InvalidOperationException("The session takes lines already.");
        if (DataFormats.Form(format) != FormatForm.Records)
        {
            throw new AdxException("AdxInvalidFormat", AdxErrorKind.InvalidArgument, $"The format {format} has no lines that could be sent one by one.")
            {
                RecommendedAction = "Write it to a file and send that with -Path.",
            };
        }
        SubmissionQueue submissions = Open(format, null, _request.MappingName);
        _lines = new LineIntake(_transport, _request, format, ignoreFirstRecord, submissions, _stop.Token);
        _lining = Task.Run(() => FailTogether(_lines.RunAsync(), submissions));
        return _lines;
    }

    /// <summary>Has the service ingest blobs that exist already, from where they are. They are not read here, and stay.</summary>
    /// <param name="blobs">The blobs.</param>
    /// <exception cref="AdxException">The service refuses them.</exception>
    public async Task SendBlobsAsync(IEnumerable<BlobIngestion> blobs)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        foreach (IGrouping<(AdxDataFormat Format, bool IgnoreFirstRecord), BlobIngestion> alike in blobs.GroupBy(static blob => (blob.Format, blob.IgnoreFirstRecord)))
        {
            SubmissionQueue submissions = Open(alike.Key.Format, null, _request.MappingName, keepBlob: true, alike.Key.IgnoreFirstRecord);
            foreach (BlobIngestion blob in alike)
                await submissions.AddAsync(new SealedBatch(Guid.NewGuid(), 0, 0, new ExistingBlob(blob.Location.Uri)) { IsRawSizeEstimated = true });
            submissions.Complete();
            await submissions.Completion;
        }
    }

    /// <summary>Counts rows that whoever reads them has refused, so that <see cref="AdxIngestion.RejectedRows"/> holds them too.</summary>
    /// <param name="rows">How many.</param>
    public void Reject(long rows) => Interlocked.Add(ref _rejectedRows, rows);

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
            _lines?.Complete();
        }
        catch (OperationCanceledException)
        {
            // The batching ends with it, and with the reason: a failure, or that the session was cancelled.
        }
        await _batching;
        _files?.Complete();
        await _filing;
        await _lining;
        foreach (SubmissionQueue submissions in Submissions())
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
        foreach (SubmissionQueue submissions in Submissions())
            submissions.Complete();
        await Settle(_batching);
        await Settle(_filing);
        await Settle(_lining);
        foreach (SubmissionQueue submissions in Submissions())
            await Settle(submissions.Completion);
        _transport.Dispose();
        _stop.Dispose();
    }

    private SubmissionQueue Open(AdxDataFormat format, string? inlineMapping, string? mappingName, bool keepBlob = false, bool ignoreFirstRecord = false)
    {
        var submissions = new SubmissionQueue(_transport, new BatchProperties
        {
            Database = _database,
            Table = _request.Table,
            Format = format,
            InlineMapping = inlineMapping,
            MappingName = mappingName,
            Tags = _request.Tags,
            IngestIfNotExists = _request.IngestIfNotExists,
            CreationTime = _request.CreationTime,
            KeepBlob = keepBlob,
            IgnoreFirstRecord = ignoreFirstRecord,
        }, OnAccepted, _stop.Token);
        lock (_submissions)
            _submissions.Add(submissions);
        return submissions;
    }

    private SubmissionQueue[] Submissions()
    {
        lock (_submissions)
            return [.. _submissions];
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
        await StopOnFailure(batching);
    }

    private async Task StopOnFailure(Task work)
    {
        try
        {
            await work;
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
