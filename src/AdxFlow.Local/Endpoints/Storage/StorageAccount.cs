using AdxFlow.Local.Endpoints.Storage.Blobs;
using AdxFlow.Local.Endpoints.Storage.Queues;
using AdxFlow.Local.Endpoints.Storage.Tables;
using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>A storage account: containers for data, a queue for ingestion messages, and in the first account what tells the outcome.</summary>
internal sealed class StorageAccount(string name, bool reports, StateLog log)
{
    public string Name => name;

    public IReadOnlyList<BlobContainer> Containers { get; } = [new(name, "ingestdata-0", log), new(name, "ingestdata-1", log)];

    /// <summary>Where clients of the classic protocol put their ingestion messages.</summary>
    public StorageQueue Ready { get; } = new("readyforaggregation-0", StateLog.None);

    /// <summary>Messages about what failed, and about what did not; null in all accounts but the first.</summary>
    public StorageQueue? Failed { get; } = reports ? new("failedingestions", log) : null;

    public StorageQueue? Successful { get; } = reports ? new("successfulingestions", log) : null;

    /// <summary>The states of ingestions, where a client asked for it; null in all accounts but the first.</summary>
    public EntityTable? Status { get; } = reports ? new("ingestionsstatus", log) : null;

    public BlobContainer? Container(string container) => Containers.FirstOrDefault(c => c.Name == container);

    public StorageQueue? Queue(string queue) => new[] { Ready, Failed, Successful }.FirstOrDefault(q => q?.Name == queue);

    public EntityTable? Table(string table) => Status?.Name.Equals(table, StringComparison.OrdinalIgnoreCase) == true ? Status : null;
}
