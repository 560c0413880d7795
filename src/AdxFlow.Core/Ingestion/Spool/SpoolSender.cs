using System.Threading.Channels;
using AdxFlow.Http;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Spool;

/// <summary>
/// Sends the sealed batches of a spool from their files, several at a time, each by a request of its own, since each has its
/// own tag; and waits for what becomes of those that were accepted.
/// </summary>
internal sealed class SpoolSender : IAsyncDisposable
{
    // Bytes of a file are in memory only while they are on their way: a few senders keep the line full.
    private const int MostSenders = 4;

    // A blob whose container vanishes in its middle is sent anew from its file, elsewhere.
    private const int MostUploads = 3;

    // A request that is on its way when everything ends is most likely answered by then: what it took is then not sent again.
    private static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(1);

    private readonly SpoolDirectory _spool;
    private readonly ITransport _transport;
    private readonly BatchProperties _properties;
    private readonly TimeSpan _retryWindow;
    private readonly Action<AdxIngestionBatch> _accepted;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<SpoolRecord> _sealed = Channel.CreateUnbounded<SpoolRecord>();
    private readonly SpoolLedger _ledger;
    private readonly SpoolInquiry _inquiry;
    private readonly object _gate = new();
    private readonly Task[] _senders;
    private TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _unsent;
    private volatile Exception? _failure;

    /// <summary>Begins to send what is sealed.</summary>
    /// <param name="spool">The spool; stays the caller's.</param>
    /// <param name="transport">The way to the service.</param>
    /// <param name="database">The database to send to.</param>
    /// <param name="senders">How many batches are sent at the same time.</param>
    /// <param name="refresh">Asks the service for the state of batches.</param>
    /// <param name="retryWindow">For how long to go on asking when the service cannot be asked.</param>
    /// <param name="accepted">Told of each batch that the service has accepted.</param>
    /// <param name="cancel">Ends it.</param>
    public SpoolSender(SpoolDirectory spool, ITransport transport, string database, int senders, Func<AdxIngestion, CancellationToken, Task<AdxIngestion>> refresh, TimeSpan retryWindow, Action<AdxIngestionBatch> accepted, CancellationToken cancel)
    {
        _retryWindow = retryWindow;
        _spool = spool;
        _transport = transport;
        _ledger = new SpoolLedger(spool);
        _inquiry = new SpoolInquiry(spool, _ledger, database, transport.Mode, refresh, Add);
        _accepted = accepted;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _stop.Token.UnsafeRegister(static end => ((CancellationTokenSource)end!).CancelAfter(LastAnswer), _end);
        _properties = new BatchProperties
        {
            Database = database,
            Table = spool.Manifest.Table,
            Format = spool.Manifest.Format,
            Tags = spool.Manifest.Tags,
            IngestIfNotExists = spool.Manifest.IngestIfNotExists,
            CreationTime = spool.Manifest.CreationTime,
            ValidationPolicy = spool.Manifest.ValidationPolicy,
            SkipBatching = spool.Manifest.SkipBatching,
            ExtendSchema = spool.Manifest.ExtendSchema,
            KeepBlob = spool.Manifest.KeepBlob,
        };
        _idle.SetResult();
        foreach (SpoolRecord record in spool.Records(AdxSpoolBatchState.Sealed))
            Add(record);
        _senders = [.. Enumerable.Range(0, Math.Min(senders, MostSenders)).Select(_ => Task.Run(SendAllAsync, CancellationToken.None))];
    }

    private bool IsExactlyOnce => _spool.Manifest.DeliveryGuarantee == AdxDeliveryGuarantee.ExactlyOnce;

    /// <summary>What was sent, or was found queued, in the order of the spool, as last heard.</summary>
    public IReadOnlyList<AdxIngestionBatch> Batches => _ledger.Batches;

    public void Add(SpoolRecord record)
    {
        lock (_gate)
        {
            if (_unsent++ == 0)
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        _sealed.Writer.TryWrite(record);
    }

    /// <summary>Throws what has made the sending fail, if it has.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
            throw _failure;
    }

    /// <summary>Waits until everything that was added is accepted.</summary>
    /// <exception cref="AdxException">A batch could not be sent; the others and it stay in the spool.</exception>
    public async Task DrainAsync()
    {
        Task idle;
        lock (_gate)
            idle = _idle.Task;
        await idle.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ThrowIfFailed();
        _stop.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Asks, ever more seldom, until every batch is confirmed or refused, or the time is over.</summary>
    public async Task ConfirmAsync(TimeSpan timeout, CancellationToken cancel)
    {
        var polling = new StatusPolling(timeout);
        var retry = TransientRetry.Within(_retryWindow, timeout);
        do
        {
            await DrainAsync();
            await retry.RunAsync(() => _inquiry.AskAsync(cancel), cancel);
        }
        while (_spool.Records(AdxSpoolBatchState.Sealed, AdxSpoolBatchState.Queued).Count > 0 && await polling.WaitAsync(cancel));
    }

    /// <summary>Waits until so many bytes more fit into the room of the spool: batches leave it when they are confirmed.</summary>
    /// <exception cref="AdxException"><c>AdxSpoolFull</c>: nothing is on its way that could leave. Or the sending has failed.</exception>
    public async Task WaitForRoomAsync(long bytes, long budget, CancellationToken cancel)
    {
        var polling = new StatusPolling(Timeout.InfiniteTimeSpan);
        var retry = new TransientRetry(_retryWindow);
        while (true)
        {
            ThrowIfFailed();
            if (_spool.Bytes + bytes <= budget)
                return;
            if (_spool.Records(AdxSpoolBatchState.Sealed, AdxSpoolBatchState.Queued).Count == 0)
                throw SpoolErrors.BudgetFull(_spool.Path, budget, _spool.Records(AdxSpoolBatchState.Refused).Count);
            await retry.RunAsync(() => _inquiry.AskAsync(cancel), cancel);
            if (_spool.Bytes + bytes > budget)
                await polling.WaitAsync(cancel);
        }
    }

    /// <summary>Stops. What is not accepted stays in the spool.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _sealed.Writer.TryComplete();
        await Task.WhenAll(_senders).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _end.Dispose();
        _inquiry.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (await _sealed.Reader.WaitToReadAsync(_stop.Token))
            {
                while (_sealed.Reader.TryRead(out SpoolRecord? record))
                {
                    await SendAsync(record);
                    lock (_gate)
                    {
                        if (--_unsent == 0)
                            _idle.TrySetResult();
                    }
                }
            }
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                if (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
                    _failure ??= failure is IOException or UnauthorizedAccessException ? SpoolErrors.From(failure, _spool.Path) : failure;
                _idle.TrySetResult();
            }
            // The others have nothing to look forward to either; what they have not sent stays in the spool.
            await _stop.CancelAsync();
        }
    }

    private async Task SendAsync(SpoolRecord record)
    {
        using var span = new BatchSpan(record.SourceId);
        try
        {
            (SealedBatch batch, BatchProperties properties) = await span.DoAsync(() => UploadAsync(record));
            span.End(batch, batch.Content.Sent);
            string? operationId = await SubmitAsync(batch, properties);
            SpoolRecord queued = _ledger.Note(record with { State = AdxSpoolBatchState.Queued, OperationId = operationId, Attempts = record.Attempts + 1, ErrorCode = null, Error = null, IsPermanent = null });
            await batch.Content.DisposeAsync();
            _accepted(queued.ToBatch());
        }
        catch (AdxException refusal)
        {
            if (refusal.ErrorId == SpoolErrors.Damaged || IsRefusal(refusal))
                _ledger.Note(record with { State = AdxSpoolBatchState.Refused, ErrorCode = refusal.ServiceCode ?? refusal.ErrorId, Error = refusal.Message, IsPermanent = refusal.IsPermanent });
            throw;
        }
    }

    private async Task<(SealedBatch Batch, BatchProperties Properties)> UploadAsync(SpoolRecord record)
    {
        for (int upload = 1; ; upload++)
        {
            BatchProperties properties = _properties;
            BatchContent? content = null;
            bool isWhole = false;
            try
            {
                await SpoolBatchFile.ReadAsync(_spool.Path, record, async header =>
                {
                    properties = Properties(record, header);
                    content = await _transport.OpenAsync(record.SourceId, "." + _properties.Format.ToString().ToLowerInvariant() + ".gz", _stop.Token);
                }, piece => content!.WriteAsync(piece, _stop.Token));
                await content!.CommitAsync();
                isWhole = true;
                return (new SealedBatch(record.SourceId, record.Rows, record.RawBytes, content), properties);
            }
            catch (AdxException gone) when (gone.StatusCode == 404 && upload < MostUploads)
            {
                Telemetry.CountRetry(gone);
            }
            finally
            {
                if (content is not null && !isWhole)
                {
                    await content.AbandonAsync();
                    await content.DisposeAsync();
                }
            }
        }
    }

    /// <summary>Queues the batch; returns the operation to follow it by, null where the protocol has none.</summary>
    private async Task<string?> SubmitAsync(SealedBatch batch, BatchProperties properties)
    {
        string? operationId = null;
        try
        {
            await IngestionMetrics.SubmitAsync(1, () => _transport.SubmitAsync([batch], properties, (_, accepted) => operationId = accepted.OperationId, _end.Token));
            return operationId;
        }
        catch
        {
            await _transport.DiscardAsync(batch);
            throw;
        }
    }

    private BatchProperties Properties(SpoolRecord record, SpoolBatchHeader header)
    {
        BatchProperties properties = _properties with { InlineMapping = header.Mapping };
        if (!IsExactlyOnce)
            return properties;
        string tag = SpoolTag.Of(_spool.Manifest.Id, record.Batch);
        return properties with { Tags = [.. properties.Tags, SpoolTag.Prefix + tag], IngestIfNotExists = [tag] };
    }

    /// <summary>What is wrong with the batch itself; a right that is missing, or a table, can come.</summary>
    private static bool IsRefusal(AdxException failure) => failure is { IsPermanent: true, Kind: AdxErrorKind.InvalidArgument or AdxErrorKind.InvalidData or AdxErrorKind.LimitExceeded } && failure.ErrorId != "AdxSpoolFull";
}
