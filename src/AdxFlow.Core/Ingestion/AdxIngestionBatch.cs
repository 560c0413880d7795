namespace AdxFlow;

/// <summary>One batch of an ingestion: one blob, with an id that it keeps through every retry.</summary>
public sealed class AdxIngestionBatch
{
    /// <summary>
    /// The id under which the service knows the batch (its <c>sourceId</c>); all zeros where it tells none, or where the batch stands for
    /// all the blobs that the service itself found in a container.
    /// </summary>
    public required Guid SourceId { get; init; }

    /// <summary>The id of the queued operation, by which its status is asked for; null when it was never accepted.</summary>
    public string? OperationId { get; init; }

    /// <summary>
    /// Rows in the batch; null where that is not known: of a batch that another session has sent, and where only the service can count them,
    /// as in blobs that exist already, binary formats and multi-line JSON.
    /// </summary>
    public required long? Rows { get; init; }

    /// <summary>
    /// Bytes before compression; the service plans its work by this figure. Exact, but for what <see cref="IsRawBytesEstimated"/> marks;
    /// null where nothing is known of it.
    /// </summary>
    public required long? RawBytes { get; init; }

    /// <summary>True where <see cref="RawBytes"/> was not counted, as the size of a file in a binary format, which compresses within itself.</summary>
    public bool IsRawBytesEstimated { get; init; }

    /// <summary>Bytes sent, after compression; null where that is not known.</summary>
    public required long? SentBytes { get; init; }

    /// <summary>What has become of it.</summary>
    public required AdxIngestionStatus Status { get; init; }

    /// <summary>The service's error code, such as <c>BadRequest_InvalidMapping</c>; null without an error.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>True when sending the same batch again cannot help; null without an error, or when the service does not say.</summary>
    public bool? IsPermanent { get; init; }

    /// <summary>What went wrong, in the service's words; null without an error.</summary>
    public string? Error { get; init; }

    /// <summary>True where the batch stands for all the blobs that the service itself found in a container, and is followed as a whole.</summary>
    public bool IsListedByService { get; init; }

    /// <summary>The source id and the status.</summary>
    public override string ToString() => $"{SourceId} {Status}";
}
