namespace AdxFlow.Ingestion.Spool;

/// <summary>The batches of a spool that were sent, as last heard: what is noted goes into the journal as well.</summary>
/// <param name="spool">The spool; stays the caller's.</param>
internal sealed class SpoolLedger(SpoolDirectory spool)
{
    private readonly SortedDictionary<int, AdxIngestionBatch> _batches =
        new(spool.Records(AdxSpoolBatchState.Queued).ToDictionary(static record => record.Batch, static record => record.ToBatch()));

    /// <summary>What was sent, or was found queued, in the order of the spool.</summary>
    public IReadOnlyList<AdxIngestionBatch> Batches
    {
        get
        {
            lock (_batches)
                return [.. _batches.Values];
        }
    }

    /// <summary>Notes where a batch stands.</summary>
    public SpoolRecord Note(SpoolRecord record)
    {
        spool.Note(record);
        Hear(record, record.ToBatch());
        return record;
    }

    /// <summary>Keeps what the service tells of a batch that stands where it stood.</summary>
    public void Hear(SpoolRecord record, AdxIngestionBatch answer)
    {
        lock (_batches)
            _batches[record.Batch] = answer;
    }
}
