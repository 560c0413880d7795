namespace AdxFlow.Ingestion.Transports;

/// <summary>What the service says of one batch of an operation.</summary>
internal sealed record BatchStatus(Guid SourceId, AdxIngestionStatus Status, string? ErrorCode, bool? IsPermanent, string? Details)
{
    /// <summary>When the service began with it, in UTC, where it says so.</summary>
    public DateTime? StartTime { get; init; }
}
