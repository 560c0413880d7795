namespace AdxFlow.Ingestion.Spool;

/// <summary>A line of the journal: how far a batch has come. The last one of a batch holds.</summary>
internal sealed record SpoolRecord
{
    public required int Batch { get; init; }

    public required AdxSpoolBatchState State { get; init; }

    public required Guid SourceId { get; init; }

    public required long Rows { get; init; }

    /// <summary>Bytes before compression.</summary>
    public required long RawBytes { get; init; }

    /// <summary>Bytes of its file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Input rows taken once its last row is.</summary>
    public required long Position { get; init; }

    /// <summary>How often it was queued.</summary>
    public int Attempts { get; init; }

    public string? OperationId { get; init; }

    public string? ErrorCode { get; init; }

    public string? Error { get; init; }

    public bool? IsPermanent { get; init; }

    public AdxIngestionBatch ToBatch() => new()
    {
        SourceId = SourceId,
        OperationId = OperationId,
        Rows = Rows,
        RawBytes = RawBytes,
        SentBytes = Bytes,
        Status = State switch
        {
            AdxSpoolBatchState.Confirmed => AdxIngestionStatus.Succeeded,
            AdxSpoolBatchState.Refused => AdxIngestionStatus.Failed,
            _ => AdxIngestionStatus.Queued,
        },
        ErrorCode = ErrorCode,
        IsPermanent = IsPermanent,
        Error = Error,
    };
}
