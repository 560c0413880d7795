namespace AdxFlow;

/// <summary>
/// An ingestion that failed, as the engine has recorded it; it keeps such records for 14 days.
/// Source: https://learn.microsoft.com/kusto/management/ingestion-failures
/// </summary>
public sealed class AdxIngestionFailure
{
    /// <summary>The id of the engine's operation, which <c>.show operations</c> knows too; all zeros where there is none. It is not the id of a queued ingestion.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>When the failure was recorded, in UTC.</summary>
    public required DateTime FailedOn { get; init; }

    /// <summary>Where the data came from, as a rule the address of a blob, without any right to read it; empty where that is not said.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>What went wrong, in the service's words.</summary>
    public string Details { get; init; } = string.Empty;

    /// <summary>The service's error code, such as <c>Stream_ClosingQuoteMissing</c>; see https://learn.microsoft.com/azure/data-explorer/error-codes.</summary>
    public string ErrorCode { get; init; } = string.Empty;

    /// <summary>The sort of failure: <c>Permanent</c> or <c>Transient</c>.</summary>
    public string FailureKind { get; init; } = string.Empty;

    /// <summary>True when sending the same data again cannot help; null when the service does not say.</summary>
    public bool? IsPermanent =>
        FailureKind.Equals("Permanent", StringComparison.OrdinalIgnoreCase) ? true
        : FailureKind.Equals("Transient", StringComparison.OrdinalIgnoreCase) ? false
        : null;

    /// <summary>Whether the service tries again by itself; null when it does not say.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>Whether an update policy failed, not the data itself; null when the service does not say.</summary>
    public bool? OriginatesFromUpdatePolicy { get; init; }

    /// <summary>The phase in which it failed, such as <c>DataIngestPull</c>.</summary>
    public string OperationKind { get; init; } = string.Empty;

    /// <summary>Who ingested, as <c>aadapp=…;…</c>.</summary>
    public string Principal { get; init; } = string.Empty;

    /// <summary>The properties of the ingestion, such as <c>Format=Csv</c>.</summary>
    public string IngestionProperties { get; init; } = string.Empty;

    /// <summary>The id by which Microsoft's support finds the work that failed.</summary>
    public string RootActivityId { get; init; } = string.Empty;

    /// <summary>How many blobs failed together; null when the service does not say.</summary>
    public long? NumberOfSources { get; init; }

    /// <summary>The table, the code and the details.</summary>
    public override string ToString() => $"{Database}.{Table}: {ErrorCode} {Details}";
}
