namespace AdxFlow;

/// <summary>
/// One ingestion as its spool on disk holds it: what was taken, what is on its way and what was refused. It is as it stood
/// when this object was made.
/// </summary>
public sealed class AdxSpool
{
    /// <summary>The id of the ingestion; the tags of its batches hold it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name given with <c>-SpoolName</c>; null without one.</summary>
    public string? Name { get; init; }

    /// <summary>The directory of this ingestion.</summary>
    public required string Path { get; init; }

    /// <summary>The cluster it goes to.</summary>
    public required Uri Cluster { get; init; }

    /// <summary>The database it goes to.</summary>
    public required string Database { get; init; }

    /// <summary>The table it goes to.</summary>
    public required string Table { get; init; }

    /// <summary>What was promised of each row.</summary>
    public required AdxDeliveryGuarantee DeliveryGuarantee { get; init; }

    /// <summary>
    /// Input rows taken for good, in their order and from the first: those in the table, those in the spool, and those that
    /// were rejected before them. Whoever starts over may leave out exactly so many.
    /// </summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of the batches on disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>Batches whose rows the service says are in the table. They take no more room.</summary>
    public required int ConfirmedBatches { get; init; }

    /// <summary>The batches on disk, in their order.</summary>
    public required IReadOnlyList<AdxSpoolBatch> Batches { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public required DateTime CreatedOn { get; init; }

    /// <summary>Who made it: the user and the machine.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>True while a process sends from it or into it.</summary>
    public required bool IsInUse { get; init; }

    /// <summary>True when no batch is left in it.</summary>
    public bool IsEmpty => Batches.Count == 0;

    /// <summary>Batches that take rows, or did so when their process ended.</summary>
    public int OpenBatches => Count(AdxSpoolBatchState.Open);

    /// <summary>Batches that are whole and were not accepted yet.</summary>
    public int SealedBatches => Count(AdxSpoolBatchState.Sealed);

    /// <summary>Batches that were accepted and not confirmed yet.</summary>
    public int QueuedBatches => Count(AdxSpoolBatchState.Queued);

    /// <summary>Batches that were refused.</summary>
    public int RefusedBatches => Count(AdxSpoolBatchState.Refused);

    /// <summary>Why batches were refused, each reason once.</summary>
    public IReadOnlyList<string> Errors => [.. Batches.Select(static batch => batch.Error).OfType<string>().Distinct()];

    /// <summary>The table, the rows and the batches left.</summary>
    public override string ToString() => $"{Database}.{Table}: {Rows} rows taken, {Batches.Count} batches left";

    private int Count(AdxSpoolBatchState state) => Batches.Count(batch => batch.State == state);
}
