using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Batches;

/// <summary>A batch whose bytes are whole where they belong, and which the service does not know of yet.</summary>
internal sealed record SealedBatch(Guid SourceId, long Rows, long RawBytes, BatchContent Content)
{
    /// <summary>The batch once the service has queued it; without an operation where the protocol has none.</summary>
    public AdxIngestionBatch Accepted(string? operationId) => Told(operationId, AdxIngestionStatus.Queued);

    /// <summary>The batch once its rows are in the table, as the service's answer said.</summary>
    public AdxIngestionBatch Ingested() => Told(null, AdxIngestionStatus.Succeeded);

    private AdxIngestionBatch Told(string? operationId, AdxIngestionStatus status) => new()
    {
        SourceId = SourceId,
        OperationId = operationId,
        Rows = Rows,
        RawBytes = RawBytes,
        SentBytes = Content.Sent,
        Status = status,
    };
}
