using System.Text.Json;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// The status of batches that were queued in the classic protocol: their rows in the status table, found by the source id.
/// Source: https://learn.microsoft.com/kusto/api/netfx/kusto-ingest-client-status
/// </summary>
internal sealed class ClassicStatus(AdxConnection connection)
{
    // As long as Microsoft's clients keep the resources; the signature is good for longer.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private ClassicResources? _resources;
    private long _readAt;

    /// <exception cref="AdxException"><c>AdxIngestionNotTracked</c>: the cluster has no status table. Or it refuses, or cannot be reached.</exception>
    public async Task<IReadOnlyList<BatchStatus>> GetAsync(string database, string table, IEnumerable<Guid> sourceIds, CancellationToken cancel)
    {
        bool isFresh = _resources is null || TimeSpan.FromMilliseconds(Environment.TickCount64 - _readAt) > Lifetime;
        if (isFresh)
            await LoadAsync(database, table, cancel);
        try
        {
            return await FindAsync(sourceIds, cancel);
        }
        catch (AdxException refusal) when (refusal.StatusCode == 403 && !isFresh)
        {
            // The signature has run out before the hour was over.
            await LoadAsync(database, table, cancel);
            return await FindAsync(sourceIds, cancel);
        }
    }

    private async Task LoadAsync(string database, string table, CancellationToken cancel)
    {
        _resources = await new ClassicService(connection, database, table).GetResourcesAsync(cancel);
        _readAt = Environment.TickCount64;
    }

    private async Task<IReadOnlyList<BatchStatus>> FindAsync(IEnumerable<Guid> sourceIds, CancellationToken cancel)
    {
        if (_resources!.StatusTables.Count == 0)
        {
            throw new AdxException("AdxIngestionNotTracked", AdxErrorKind.NotFound, "The cluster queues batches in its classic protocol and lends no table for their status, so what becomes of them cannot be asked.")
            {
                RecommendedAction = "Count the rows in the table; .show ingestion failures tells what was refused.",
            };
        }
        var storage = new StorageServiceClient(connection.Pipelines.Storage);
        var known = new List<BatchStatus>();
        foreach (Guid id in sourceIds)
        {
            if (await storage.FindAsync(_resources.StatusTables[0], id.ToString("D"), id.ToString("D"), cancel) is { } row)
                known.Add(Read(id, row));
        }
        return known;
    }

    private static BatchStatus Read(Guid id, BinaryData row)
    {
        using JsonDocument entity = JsonDocument.Parse(row);
        string? code = JsonMembers.Text(entity.RootElement, "ErrorCode");
        AdxIngestionStatus told = StatusWords.State(JsonMembers.Text(entity.RootElement, "Status"));
        return new BatchStatus(
            id,
            LostAnswer.Judge(told, code, JsonMembers.Text(entity.RootElement, "IngestionSourcePath"), id),
            code,
            StatusWords.IsPermanent(JsonMembers.Text(entity.RootElement, "FailureStatus")),
            JsonMembers.Text(entity.RootElement, "Details"));
    }
}
