using System.Globalization;
using AdxFlow.Adx;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.FromStorage;

/// <summary>
/// Hands a whole container to the ingestion service, which lists and ingests its blobs by itself: nothing of them passes
/// this machine, and their number does not matter to it.
/// </summary>
/// <param name="connection">The connection to use.</param>
public sealed class StorageIngestion(AdxConnection connection)
{
    private readonly AdxClient _service = new(connection.ToIngestionService());

    /// <summary>Begins to ingest a container.</summary>
    /// <param name="request">The table, and what goes with the data.</param>
    /// <param name="container">The container.</param>
    /// <param name="cancel">Breaks off waiting.</param>
    /// <returns>The ingestion, with one batch that stands for all that the service finds.</returns>
    /// <exception cref="AdxException">The service refuses it.</exception>
    public async Task<AdxIngestion> StartAsync(IngestionRequest request, ContainerIngestion container, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(container);
        string database = request.Database ?? connection.Database;
        DateTime start = DateTime.UtcNow;
        AdxRequestOptions options = new() { Database = database, Table = request.Table, Operation = "IngestFromStorage", NeededRole = $"Ingestor on table '{request.Table}'" };
        AdxResultTable answer = await _service.ExecuteCommandAsync(StorageIngestionCommands.Ingest(database, request, container), options, cancel);
        string operationId = Text(answer, "IngestionOperationId") ?? throw new AdxException("AdxServiceError", AdxErrorKind.ServiceError, "The ingestion service accepted the container and named no operation to follow it by.");
        return new AdxIngestion
        {
            Id = Guid.NewGuid(),
            Database = database,
            Table = request.Table,
            Mode = AdxIngestionMode.Queued,
            StartTime = start,
            Elapsed = DateTime.UtcNow - start,
            RejectedRows = 0,
            Batches =
            [
                new AdxIngestionBatch
                {
                    SourceId = Guid.Empty,
                    OperationId = operationId,
                    Rows = null,
                    RawBytes = null,
                    IsListedByService = true,
                    SentBytes = 0,
                    Status = AdxIngestionStatus.Queued,
                },
            ],
        };
    }

    internal async Task<BatchStatus> GetStatusAsync(string operationId, string database, CancellationToken cancel)
    {
        AdxResultTable answer = await _service.ExecuteCommandAsync(StorageIngestionCommands.ShowOperation(operationId), new AdxRequestOptions { Database = database, Operation = "IngestFromStorage" }, cancel);
        long found = Number(answer, "Discovered");
        long failed = Number(answer, "Failed");
        AdxIngestionStatus status = Text(answer, "State")?.ToUpperInvariant() switch
        {
            "COMPLETED" => found == 0 ? AdxIngestionStatus.Empty : AdxIngestionStatus.Succeeded,
            "FAILED" => AdxIngestionStatus.Failed,
            "CANCELED" or "CANCELLED" => AdxIngestionStatus.Canceled,
            _ => AdxIngestionStatus.InProgress,
        };
        string? reasons = Text(answer, "SampleFailedReasons");
        return new BatchStatus(Guid.Empty, status, null, null, $"{failed} of {found} blobs were not ingested{(string.IsNullOrEmpty(reasons) ? "." : ": " + Http.Redaction.Clean(reasons))}");
    }

    private static string? Text(AdxResultTable answer, string column) => Cell(answer, column) as string;

    private static long Number(AdxResultTable answer, string column) => Convert.ToInt64(Cell(answer, column) ?? 0L, CultureInfo.InvariantCulture);

    private static object? Cell(AdxResultTable answer, string column) =>
        answer.Rows.Count > 0 && answer.Ordinal(column) is >= 0 and int ordinal ? answer.Rows[0][ordinal] : null;
}
