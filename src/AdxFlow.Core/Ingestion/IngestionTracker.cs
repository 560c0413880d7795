using System.Diagnostics;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion;

/// <summary>Follows what has been sent, until the service has finished with it.</summary>
public sealed class IngestionTracker(AdxConnection connection)
{
    // The service answers within the batching time, minutes by default; a stand-in or a small batch within moments.
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(10);

    /// <summary>Asks once for every batch that is not finished.</summary>
    /// <param name="ingestion">What is known so far.</param>
    /// <param name="cancel">Stops asking.</param>
    /// <returns>What is known now; a new object.</returns>
    /// <exception cref="AdxException">The service refuses to say, or cannot be reached.</exception>
    public async Task<AdxIngestion> RefreshAsync(AdxIngestion ingestion, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ingestion);
        if (ingestion.IsFinished)
            return ingestion;
        var service = new IngestionServiceClient(connection, ingestion.Database, ingestion.Table);
        var known = new Dictionary<Guid, BatchStatus>();
        foreach (string operationId in ingestion.Batches.Where(static batch => !AdxIngestion.IsFinal(batch.Status)).Select(static batch => batch.OperationId).OfType<string>().Distinct())
        {
            foreach (BatchStatus status in await service.GetStatusAsync(operationId, cancel))
                known[status.SourceId] = status;
        }
        // The classic protocol has no operations; its batches are found by their own ids.
        if (ingestion.Batches.Where(static batch => batch.OperationId is null && !AdxIngestion.IsFinal(batch.Status)).Select(static batch => batch.SourceId).ToArray() is { Length: > 0 } classic)
        {
            foreach (BatchStatus status in await new ClassicStatus(connection, ingestion.Database, ingestion.Table).GetAsync(classic, cancel))
                known[status.SourceId] = status;
        }
        AdxIngestionBatch[] batches = [.. ingestion.Batches.Select(batch => known.TryGetValue(batch.SourceId, out BatchStatus? status) ? Merge(batch, status) : batch)];
        return ingestion.With(batches, DateTime.UtcNow - ingestion.StartTime);
    }

    /// <summary>Asks, ever more seldom, until every batch is finished or the time is over.</summary>
    /// <param name="ingestion">What is known so far.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="progress">Told of each answer.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>What is known at the end; not finished if the time was over.</returns>
    /// <exception cref="AdxException">The service refuses to say, or cannot be reached.</exception>
    public async Task<AdxIngestion> WaitAsync(AdxIngestion ingestion, TimeSpan timeout, IProgress<AdxIngestion>? progress = null, CancellationToken cancel = default)
    {
        var waited = Stopwatch.StartNew();
        TimeSpan pause = FirstPoll;
        while (true)
        {
            ingestion = await RefreshAsync(ingestion, cancel);
            progress?.Report(ingestion);
            TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? LongestPoll : timeout - waited.Elapsed;
            if (ingestion.IsFinished || left <= TimeSpan.Zero)
                return ingestion;
            await Task.Delay(pause < left ? pause : left, cancel);
            pause = pause * 1.5 < LongestPoll ? pause * 1.5 : LongestPoll;
        }
    }

    private static AdxIngestionBatch Merge(AdxIngestionBatch batch, BatchStatus status) => new()
    {
        SourceId = batch.SourceId,
        OperationId = batch.OperationId,
        Rows = batch.Rows,
        RawBytes = batch.RawBytes,
        SentBytes = batch.SentBytes,
        Status = status.Status,
        ErrorCode = status.ErrorCode,
        IsPermanent = status.IsPermanent,
        Error = status.Status is AdxIngestionStatus.Failed or AdxIngestionStatus.Unknown ? status.Details ?? "The service gave no reason." : null,
    };
}
