using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Batches;

/// <summary>A batch whose bytes are whole where they belong, and which the service does not know of yet.</summary>
internal sealed record SealedBatch(Guid SourceId, long Rows, long RawBytes, BatchContent Content)
{
    /// <summary>The raw size is not what was counted but the best that could be known without reading the format.</summary>
    public bool IsRawSizeEstimated { get; init; }

    /// <summary>The raw size, as far as anything is known of it.</summary>
    public long? KnownRawBytes => IsRawSizeEstimated && RawBytes == 0 ? null : RawBytes;

    /// <summary>The batch once the service has queued it; without an operation where the protocol has none.</summary>
    public AdxIngestionBatch Accepted(string? operationId) => Told(operationId, AdxIngestionStatus.Queued);

    /// <summary>The batch once its rows are in the table, as the service's answer said.</summary>
    public AdxIngestionBatch Ingested() => Told(null, AdxIngestionStatus.Succeeded);

    private AdxIngestionBatch Told(string? operationId, AdxIngestionStatus status) => new()
    {
        SourceId = SourceId,
        OperationId = operationId,
        // A batch of no rows is not sent: none counted means that nobody could.
        Rows = Rows > 0 ? Rows : null,
        RawBytes = KnownRawBytes,
        IsRawBytesEstimated = IsRawSizeEstimated,
        SentBytes = Content.Sent,
        Status = status,
    };
}
