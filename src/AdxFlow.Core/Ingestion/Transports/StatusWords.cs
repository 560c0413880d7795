namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// The words by which the service tells what has become of a batch, the same in the REST protocol and in the status table.
/// Source: https://learn.microsoft.com/kusto/api/netfx/kusto-ingest-client-status and
/// https://learn.microsoft.com/kusto/management/data-ingestion/queued-ingest-status-http
/// </summary>
internal static class StatusWords
{
    /// <summary>What is none of the documented words is not taken for an end.</summary>
    public static AdxIngestionStatus State(string? word) => word?.ToUpperInvariant() switch
    {
        "QUEUED" or "PENDING" => AdxIngestionStatus.Queued,
        "SUCCEEDED" => AdxIngestionStatus.Succeeded,
        // Of a batch that is skipped, as where a tag keeps it out, or that came in part, not every row is in the table.
        "FAILED" or "SKIPPED" or "PARTIALLYSUCCEEDED" => AdxIngestionStatus.Failed,
        "CANCELED" or "CANCELLED" => AdxIngestionStatus.Canceled,
        _ => AdxIngestionStatus.InProgress,
    };

    /// <summary>True where sending the same batch again cannot help; null where the service does not say.</summary>
    public static bool? IsPermanent(string? failureStatus) => failureStatus?.ToUpperInvariant() switch
    {
        "PERMANENT" => true,
        // The service has given up on an exhausted one, and a later try may go through.
        "TRANSIENT" or "EXHAUSTED" => false,
        _ => null,
    };
}
