namespace AdxFlow.Ingestion.Batches;

/// <summary>Where batches of rows are made: on their way to the service, or in a spool first.</summary>
internal interface IBatchSink
{
    /// <summary>Bytes before compression that a batch may hold at most.</summary>
    long MaxBatchBytes { get; }

    /// <summary>Opens the next batch.</summary>
    /// <param name="since">When its first row came, in <see cref="Environment.TickCount64"/>.</param>
    /// <param name="cancel">Stops waiting for room.</param>
    ValueTask<IOpenBatch> OpenAsync(long since, CancellationToken cancel);
}
