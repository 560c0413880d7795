using System.Security.Cryptography;
using System.Text;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Status;

/// <summary>Brings together what is known of an ingestion's batches and what the service tells of its operations.</summary>
internal static class OperationBatches
{
    public static AdxIngestion Unknown(string operationId, string database, string table) => new()
    {
        Id = IdOf(operationId),
        Database = database,
        Table = table,
        Mode = AdxIngestionMode.Queued,
        StartTime = DateTime.UtcNow,
        Elapsed = TimeSpan.Zero,
        RejectedRows = 0,
        // It stands for all that the operation may have, so that an operation which tells of no batch yet is not taken for empty.
        Batches = [Told(operationId, new BatchStatus(Guid.Empty, AdxIngestionStatus.Queued, null, null, null))],
    };

    /// <summary>The ingestion as it is after these answers.</summary>
    /// <param name="ingestion">What was known.</param>
    /// <param name="answers">What operations tell, by their ids.</param>
    /// <param name="alone">What is told of batches that belong to no operation, by their own ids.</param>
    public static AdxIngestion Update(AdxIngestion ingestion, Dictionary<string, IReadOnlyList<BatchStatus>> answers, Dictionary<Guid, BatchStatus> alone)
    {
        var batches = new List<AdxIngestionBatch>(ingestion.Batches.Count);
        var replaced = new HashSet<string>();
        DateTime start = ingestion.StartTime;
        foreach (AdxIngestionBatch batch in ingestion.Batches)
        {
            if (batch.OperationId is null)
            {
                batches.Add(alone.TryGetValue(batch.SourceId, out BatchStatus? status) ? Merge(batch, status) : batch);
            }
            else if (!answers.TryGetValue(batch.OperationId, out IReadOnlyList<BatchStatus>? statuses) || statuses.Count == 0)
            {
                batches.Add(batch);
            }
            else if (!IsOnlyTold(batch))
            {
                batches.Add(statuses.LastOrDefault(status => status.SourceId == batch.SourceId) is { } told ? Merge(batch, told) : batch);
            }
            else if (replaced.Add(batch.OperationId))
            {
                // It may have batches by now that it did not have before, and some may have no id to tell them by.
                batches.AddRange(statuses.Select(status => Told(batch.OperationId, status)));
                if (statuses.Min(static status => status.StartTime) is { } began && began < start)
                    start = began;
            }
        }
        return ingestion.With(batches, start, DateTime.UtcNow - start);
    }

    /// <summary>The batches that have failed between two looks.</summary>
    public static IEnumerable<AdxIngestionBatch> NewlyFailed(AdxIngestion before, AdxIngestion now)
    {
        var known = before.Batches.Where(static batch => AdxIngestion.IsFinal(batch.Status)).Select(static batch => (batch.OperationId, batch.SourceId)).ToHashSet();
        return now.Batches.Where(batch => batch.Status == AdxIngestionStatus.Failed && !known.Contains((batch.OperationId, batch.SourceId)));
    }

    public static AdxException NotFound(string operationId, AdxIngestion ingestion, AdxException? absent) =>
        new("AdxIngestionNotFound", AdxErrorKind.NotFound, $"The service knows no operation '{operationId}' of table '{ingestion.Database}.{ingestion.Table}'.", absent)
        {
            ServiceCode = absent?.ServiceCode,
            StatusCode = absent?.StatusCode,
            ActivityId = absent?.ActivityId,
            ClientRequestId = absent?.ClientRequestId,
            RecommendedAction = "Check the operation's id, the table and the database, and that this is the cluster that the data went to. The service does not keep operations for ever.",
        };

    /// <summary>Whether all that is known of a batch is what the service told: whoever sends one counts its bytes.</summary>
    public static bool IsOnlyTold(AdxIngestionBatch batch) => batch.SentBytes is null;

    private static AdxIngestionBatch Told(string operationId, BatchStatus status) => Merge(
        new AdxIngestionBatch
        {
            SourceId = status.SourceId,
            OperationId = operationId,
            Rows = null,
            RawBytes = null,
            SentBytes = null,
            Status = status.Status,
        },
        status);

    public static AdxIngestionBatch Merge(AdxIngestionBatch batch, BatchStatus status) => new()
    {
        SourceId = batch.SourceId,
        OperationId = batch.OperationId,
        Rows = batch.Rows,
        RawBytes = batch.RawBytes,
        IsRawBytesEstimated = batch.IsRawBytesEstimated,
        IsListedByService = batch.IsListedByService,
        SentBytes = batch.SentBytes,
        Status = status.Status,
        ErrorCode = status.ErrorCode,
        IsPermanent = status.IsPermanent,
        Error = status.Status is AdxIngestionStatus.Failed or AdxIngestionStatus.Unknown ? Http.Redaction.Clean(status.Details ?? "The service gave no reason.") : null,
    };

    /// <summary>The same id for the same operation, so that asking twice shows one ingestion and not two.</summary>
    private static Guid IdOf(string operationId) => new(SHA256.HashData(Encoding.UTF8.GetBytes(operationId)).AsSpan(0, 16));
}
