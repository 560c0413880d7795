using System.Globalization;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.FromStorage;

/// <summary>
/// How far the service has come with a container, by its own count of blobs.
/// Source: <see href="https://learn.microsoft.com/kusto/management/data-ingestion/show-queued-ingestion-operations"/>
/// </summary>
internal sealed record StorageOperation(string State, long Discovered, long Ingested, long Failed, string? Reasons)
{
    public static StorageOperation? Read(AdxResultTable answer)
    {
        if (answer.Rows.Count == 0)
            return null;
        object?[] row = answer.Rows[0];
        long Number(string column) => answer.Ordinal(column) is >= 0 and int ordinal ? Convert.ToInt64(row[ordinal] ?? 0L, CultureInfo.InvariantCulture) : 0;
        return new StorageOperation(answer.Text(row, "State") ?? string.Empty, Number("Discovered"), Number("Ingested"), Number("Failed"), answer.Text(row, "SampleFailedReasons"));
    }

    public BatchStatus ToStatus()
    {
        AdxIngestionStatus status = State.ToUpperInvariant() switch
        {
            "COMPLETED" => Discovered == 0 ? AdxIngestionStatus.Empty : AdxIngestionStatus.Succeeded,
            "FAILED" => AdxIngestionStatus.Failed,
            "CANCELED" or "CANCELLED" => AdxIngestionStatus.Canceled,
            _ => AdxIngestionStatus.InProgress,
        };
        string reasons = string.IsNullOrEmpty(Reasons) ? "." : ": " + Http.Redaction.Clean(Reasons);
        return new BatchStatus(Guid.Empty, status, null, null, $"{Failed} of {Discovered} blobs were not ingested{reasons}");
    }
}
