using AdxFlow.Adx;
using AdxFlow.Ingestion.Status;
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

    /// <summary>
    /// Has the service stop with containers, as far as it is not done with them. What is in the table stays there; what is
    /// under way at this moment may still come.
    /// </summary>
    /// <param name="ingestion">What <see cref="StartAsync"/> gave, or an operation by its id.</param>
    /// <param name="cancel">Breaks off waiting.</param>
    /// <exception cref="AdxException"><c>AdxIngestionNotCancelable</c>: its batches were queued one by one, which nobody can take back. <c>AdxIngestionNotFound</c>: the service knows no such operation. Or it refuses.</exception>
    public async Task<CanceledIngestion> CancelAsync(AdxIngestion ingestion, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ingestion);
        var batches = new List<AdxIngestionBatch>(ingestion.Batches.Count);
        long discovered = 0;
        long ingested = 0;
        foreach (AdxIngestionBatch batch in ingestion.Batches)
        {
            if (AdxIngestion.IsFinal(batch.Status))
            {
                batches.Add(batch);
                continue;
            }
            if (batch is not { OperationId: { } operationId } || batch.SourceId != Guid.Empty)
            {
                throw new AdxException("AdxIngestionNotCancelable", AdxErrorKind.InvalidArgument, $"The batches of {ingestion} were queued one by one, and the service takes none of these back.")
                {
                    RecommendedAction = "What -Container began can be cancelled. To take other rows out of the table again, see .drop extents, with the tags that they were sent with, or .purge.",
                };
            }
            StorageOperation operation = await ExecuteAsync(StorageIngestionCommands.Cancel(operationId), operationId, ingestion, cancel);
            discovered += operation.Discovered;
            ingested += operation.Ingested;
            batches.Add(OperationBatches.Merge(batch, operation.ToStatus()));
        }
        return new CanceledIngestion(ingestion.With(batches, ingestion.StartTime, DateTime.UtcNow - ingestion.StartTime), discovered, ingested);
    }

    internal async Task<BatchStatus> GetStatusAsync(string operationId, AdxIngestion ingestion, CancellationToken cancel) =>
        (await ExecuteAsync(StorageIngestionCommands.ShowOperation(operationId), operationId, ingestion, cancel)).ToStatus();

    private async Task<StorageOperation> ExecuteAsync(string command, string operationId, AdxIngestion ingestion, CancellationToken cancel)
    {
        AdxRequestOptions options = new() { Database = ingestion.Database, Table = ingestion.Table, Operation = "IngestFromStorage", NeededRole = $"Ingestor on table '{ingestion.Table}'" };
        AdxException? absent = null;
        try
        {
            if (StorageOperation.Read(await _service.ExecuteCommandAsync(command, options, cancel)) is { } operation)
                return operation;
        }
        catch (AdxException refusal) when (refusal.ErrorId is not ("AdxTableNotFound" or "AdxDatabaseNotFound") && (refusal.Kind == AdxErrorKind.NotFound || refusal.ServiceCode == "BadRequest_EntityNotFound"))
        {
            absent = refusal;
        }
        throw OperationBatches.NotFound(operationId, ingestion, absent);
    }

    private static string? Text(AdxResultTable answer, string column) => answer.Rows.Count > 0 ? answer.Text(answer.Rows[0], column) : null;
}
