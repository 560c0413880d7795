using System.Diagnostics;
using AdxFlow.Http;
using AdxFlow.Ingestion.FromStorage;
using AdxFlow.Ingestion.Status;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion;

/// <summary>Follows what has been sent, until the service has finished with it.</summary>
public sealed class IngestionTracker(AdxConnection connection)
{
    // As long as a send waits for a service that is being updated: the rows are there, it only cannot be asked.
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(10);

    private readonly ClassicStatus _classic = new(connection);

    /// <summary>
    /// An ingestion of which nothing is known but the id of its operation, to begin with: for one that another session or
    /// client has sent. What the service tells of it comes with <see cref="RefreshAsync"/> or <see cref="WaitAsync"/>.
    /// </summary>
    /// <param name="operationId">The id that the service gave when it queued the batches.</param>
    /// <param name="database">The database sent to.</param>
    /// <param name="table">The table sent to; the service finds the operation under it.</param>
    public static AdxIngestion Operation(string operationId, string database, string table) => OperationBatches.Unknown(operationId, database, table);

    /// <summary>Asks once for every operation that is not finished, however many batches it has.</summary>
    /// <param name="ingestion">What is known so far.</param>
    /// <param name="cancel">Stops asking.</param>
    /// <returns>What is known now; a new object.</returns>
    /// <exception cref="AdxException"><c>AdxIngestionNotFound</c>: the service knows no such operation of the table. Or it refuses to say, or cannot be reached.</exception>
    public async Task<AdxIngestion> RefreshAsync(AdxIngestion ingestion, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ingestion);
        if (ingestion.IsFinished)
            return ingestion;
        Telemetry.Tags = IngestionMetrics.TagsOf(ingestion.Database, ingestion.Table, ingestion.Mode);
        using Activity? span = IngestionMetrics.Start("adxflow.status", ActivityKind.Client);
        try
        {
            AdxIngestion now = await AskAsync(ingestion, cancel);
            foreach (AdxIngestionBatch failed in OperationBatches.NewlyFailed(ingestion, now))
                IngestionMetrics.Fail(IngestionMetrics.IngestStage, failed.ErrorCode ?? "unknown", Telemetry.Tags);
            span?.SetTag("status", now.Status.ToString());
            return now;
        }
        catch (Exception failure)
        {
            IngestionMetrics.End(span, failure);
            throw;
        }
    }

    /// <summary>
    /// Asks, ever more seldom, until every batch is finished or the time is over. A service that cannot be asked for a passing reason is
    /// asked again for ten minutes, or until the time is over.
    /// </summary>
    /// <param name="ingestion">What is known so far.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="progress">Told of each answer.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>What is known at the end; not finished if the time was over.</returns>
    /// <exception cref="AdxException"><c>AdxIngestionNotFound</c>: the service knows no such operation of the table. Or it refuses to say, or cannot be reached.</exception>
    public async Task<AdxIngestion> WaitAsync(AdxIngestion ingestion, TimeSpan timeout, IProgress<AdxIngestion>? progress = null, CancellationToken cancel = default)
    {
        var polling = new StatusPolling(timeout);
        var retry = TransientRetry.Within(LongestOutage, timeout);
        do
        {
            AdxIngestion known = ingestion;
            ingestion = await retry.RunAsync(() => RefreshAsync(known, cancel), cancel);
            progress?.Report(ingestion);
        }
        while (!ingestion.IsFinished && await polling.WaitAsync(cancel));
        return ingestion;
    }

    private async Task<AdxIngestion> AskAsync(AdxIngestion ingestion, CancellationToken cancel)
    {
        var service = new IngestionServiceClient(connection, ingestion.Database, ingestion.Table);
        var answers = new Dictionary<string, IReadOnlyList<BatchStatus>>();
        foreach (string operationId in ingestion.Batches.Where(static batch => !AdxIngestion.IsFinal(batch.Status)).Select(static batch => batch.OperationId).OfType<string>().Distinct())
        {
            bool isListed = ingestion.Batches.Any(batch => batch.IsListedByService && batch.OperationId == operationId);
            answers[operationId] = isListed
                ? [await new StorageIngestion(connection).GetStatusAsync(operationId, ingestion, cancel)]
                : await AskAsync(service, ingestion, operationId, cancel);
        }
        var alone = new Dictionary<Guid, BatchStatus>();
        // The classic protocol has no operations; its batches are found by their own ids.
        if (ingestion.Batches.Where(static batch => batch.OperationId is null && !AdxIngestion.IsFinal(batch.Status)).Select(static batch => batch.SourceId).ToArray() is { Length: > 0 } classic)
        {
            foreach (BatchStatus status in await _classic.GetAsync(ingestion.Database, ingestion.Table, classic, cancel))
                alone[status.SourceId] = status;
        }
        return OperationBatches.Update(ingestion, answers, alone);
    }

    private async Task<IReadOnlyList<BatchStatus>> AskAsync(IngestionServiceClient service, AdxIngestion ingestion, string operationId, CancellationToken cancel)
    {
        try
        {
            return await service.GetStatusAsync(operationId, cancel);
        }
        catch (AdxException absent) when (absent.Kind == AdxErrorKind.NotFound && (absent.ErrorId == "AdxNotFound" || absent.Message.Contains(operationId, StringComparison.OrdinalIgnoreCase)))
        {
            if (!ingestion.Batches.All(OperationBatches.IsOnlyTold))
                throw OperationBatches.NotFound(operationId, ingestion, absent);
            // Its id does not tell whether it is that of a container, for which there is another way to ask.
            try
            {
                return [await new StorageIngestion(connection).GetStatusAsync(operationId, ingestion, cancel)];
            }
            catch (AdxException)
            {
                throw OperationBatches.NotFound(operationId, ingestion, absent);
            }
        }
    }
}
