namespace AdxFlow.Ingestion.Spool;

/// <summary>Asks what has become of the batches of a spool that the service has accepted.</summary>
/// <param name="spool">The spool; stays the caller's.</param>
/// <param name="ledger">Where what is heard is noted.</param>
/// <param name="database">The database that they were sent to.</param>
/// <param name="mode">The way that they went.</param>
/// <param name="refresh">Asks the service for the state of batches.</param>
/// <param name="sendAgain">Takes a batch that is to be sent once more.</param>
internal sealed class SpoolInquiry(
    SpoolDirectory spool, SpoolLedger ledger, string database, AdxIngestionMode mode, Func<AdxIngestion, CancellationToken, Task<AdxIngestion>> refresh, Action<SpoolRecord> sendAgain) : IDisposable
{
    private const int MostAtATime = 4;

    private readonly SemaphoreSlim _asking = new(1);

    /// <summary>
    /// Asks once for each batch that is queued, for several at the same time. Each has an operation of its own; those of the
    /// classic protocol have none, and are looked up together.
    /// </summary>
    public async Task AskAsync(CancellationToken cancel)
    {
        await _asking.WaitAsync(cancel);
        try
        {
            IReadOnlyList<SpoolRecord> queued = spool.Records(AdxSpoolBatchState.Queued);
            IEnumerable<SpoolRecord[]> questions = queued.Where(static record => record.OperationId is not null).Select(static record => (SpoolRecord[])[record]);
            if (queued.Where(static record => record.OperationId is null).ToArray() is { Length: > 0 } classic)
                questions = questions.Append(classic);
            await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = MostAtATime, CancellationToken = cancel }, async (records, stop) => await AskAsync(records, stop));
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task AskAsync(IReadOnlyList<SpoolRecord> records, CancellationToken cancel)
    {
        IReadOnlyList<AdxIngestionBatch> answers;
        try
        {
            answers = (await refresh(Question(records), cancel)).Batches;
        }
        catch (AdxException unknown) when (unknown.Kind == AdxErrorKind.NotFound && unknown.ErrorId is not ("AdxTableNotFound" or "AdxDatabaseNotFound" or "AdxIngestionNotTracked"))
        {
            // The service remembers operations for a while only. What it has ingested, its tags remember.
            foreach (SpoolRecord record in records)
                sendAgain(ledger.Note(record with { State = AdxSpoolBatchState.Sealed, OperationId = null }));
            return;
        }
        foreach ((SpoolRecord record, AdxIngestionBatch answer) in records.Zip(answers))
        {
            if (SpoolVerdict.Of(record, answer, spool.Manifest.DeliveryGuarantee == AdxDeliveryGuarantee.ExactlyOnce) is not { } noted)
                ledger.Hear(record, answer);
            else if (ledger.Note(noted).State == AdxSpoolBatchState.Sealed)
                sendAgain(noted);
        }
    }

    private AdxIngestion Question(IReadOnlyList<SpoolRecord> records) => new()
    {
        Id = spool.Manifest.Id,
        Database = database,
        Table = spool.Manifest.Table,
        Mode = mode,
        StartTime = spool.Manifest.CreatedOn,
        Elapsed = TimeSpan.Zero,
        RejectedRows = 0,
        Batches = [.. records.Select(static record => record.ToBatch())],
    };
}
