using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// One way of bringing batches to a cluster: where their bytes go, and how they are handed over. Queued over REST is the
/// first; the classic queue, streaming and direct ingestion differ in just these two.
/// </summary>
internal interface ITransport
{
    AdxIngestionMode Mode { get; }

    /// <summary>Raw bytes that a batch may hold at most.</summary>
    long MaxBatchBytes { get; }

    /// <summary>Batches that <see cref="SubmitAsync"/> takes at once.</summary>
    int MaxBatchesPerSubmission { get; }

    /// <summary>A place for the bytes of a new batch.</summary>
    ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel);

    /// <summary>Hands sealed batches over; returns the id of the operation under which the service tracks them.</summary>
    Task<string> SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, CancellationToken cancel);

    /// <summary>Takes back a sealed batch that will not be handed over, as far as the service lets one.</summary>
    Task DiscardAsync(SealedBatch batch);
}
