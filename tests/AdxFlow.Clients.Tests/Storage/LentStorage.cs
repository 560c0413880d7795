using System.Text.Json.Nodes;

namespace AdxFlow.Clients.Tests.Storage;

/// <summary>
/// Containers, queues and a table of Azurite, made for one test, with the rights that the ingestion service lends: to blobs
/// reading, writing and deleting, to queues adding, to the table reading, adding and changing.
/// </summary>
internal sealed class LentStorage
{
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);
    public static readonly TimeSpan Expired = TimeSpan.FromHours(-1);

    // What is lent twice has the same signature.
    private readonly DateTimeOffset _made = DateTimeOffset.UtcNow;

    private LentStorage(AzuriteStorage storage, string name, int containers, int queues)
    {
        Storage = storage;
        Containers = [.. Enumerable.Range(0, containers).Select(number => $"{name}c{number}")];
        Queues = [.. Enumerable.Range(0, queues).Select(number => $"{name}q{number}")];
        StatusTable = name + "status";
    }

    public AzuriteStorage Storage { get; }

    public IReadOnlyList<string> Containers { get; }

    public IReadOnlyList<string> Queues { get; }

    public string StatusTable { get; }

    /// <summary>False for a cluster that lends no table for the status.</summary>
    public bool HasStatusTable { get; init; } = true;

    public static async Task<LentStorage> CreateAsync(AzuriteServer azurite, int containers = 1, int queues = 1, bool hasStatusTable = true)
    {
        AzuriteStorage storage = await azurite.StorageAsync();
        var lent = new LentStorage(storage, "t" + Guid.NewGuid().ToString("N"), containers, queues) { HasStatusTable = hasStatusTable };
        foreach (string container in lent.Containers)
            await storage.CreateContainerAsync(container);
        foreach (string queue in lent.Queues)
            await storage.CreateQueueAsync(queue);
        await storage.CreateTableAsync(lent.StatusTable);
        return lent;
    }

    /// <summary>A container as it is lent.</summary>
    public string Container(int number = 0, string rights = "rwdl", TimeSpan? life = null) =>
        $"{Storage.Container(Containers[number])}?{StorageSignatures.OfContainer(Containers[number], rights, _made + (life ?? Day))}";

    public string Queue(int number = 0, TimeSpan? life = null) =>
        $"{Storage.Queue(Queues[number])}?{StorageSignatures.OfQueue(Queues[number], "a", _made + (life ?? Day))}";

    public string Table(TimeSpan? life = null) => $"{Storage.Table(StatusTable)}?{StorageSignatures.OfTable(StatusTable, "rau", _made + (life ?? Day))}";

    /// <summary>The answer to <c>.get ingestion resources</c>; the signatures of containers and queues live so long.</summary>
    public string Resources(TimeSpan? containers = null, TimeSpan? queues = null)
    {
        var rows = new JsonArray();
        for (int number = 0; number < Queues.Count; number++)
            rows.Add((JsonNode)new JsonArray("SecuredReadyForAggregationQueue", Queue(number, queues)));
        for (int number = 0; number < Containers.Count; number++)
            rows.Add((JsonNode)new JsonArray("TempStorage", Container(number, life: containers)));
        // Microsoft's client insists on queues for reports, and looks into none of them here.
        rows.Add((JsonNode)new JsonArray("FailedIngestionsQueue", Queue()));
        rows.Add((JsonNode)new JsonArray("SuccessfulIngestionsQueue", Queue()));
        if (HasStatusTable)
            rows.Add((JsonNode)new JsonArray("IngestionsStatusTable", Table()));
        return ClassicCluster.Answer(["ResourceTypeName", "StorageRoot"], rows);
    }
}
