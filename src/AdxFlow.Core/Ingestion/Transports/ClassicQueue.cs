using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// Queueing in the classic protocol: a row in the status table, by which the batch can be followed, then a message in one of the
/// queues. The queues for reports are shared by all clients of the cluster, so nothing is ever taken from them.
/// </summary>
internal sealed class ClassicQueue(ClassicService service, StorageServiceClient storage, AccountRanking ranking) : IBlobQueue
{
    private const int MaxQueues = 3;

    private ClassicResources? _resources;
    private int _turn = Random.Shared.Next(1024);

    // A message names one blob.
    public int MaxBlobs => 1;

    /// <summary>Fetches the resources anew; the containers among them are what the uploads need.</summary>
    public async Task<IngestionConfiguration> LoadAsync(CancellationToken cancel)
    {
        ClassicResources resources = await service.GetResourcesAsync(cancel);
        Volatile.Write(ref _resources, resources);
        return resources.Configuration;
    }

    public async Task<string?> QueueAsync(IReadOnlyList<QueuedBlob> blobs, BatchProperties properties, CancellationToken cancel)
    {
        foreach (QueuedBlob blob in blobs)
        {
            try
            {
                await QueueAsync(blob, properties, _resources!, cancel);
            }
            catch (AdxException refusal) when (refusal.StatusCode is 403 or 404)
            {
                // The signatures of queues live for hours, those of this session may be older; and what is gone the service lends anew.
                await LoadAsync(cancel);
                await QueueAsync(blob, properties, _resources!, cancel);
            }
        }
        return null;
    }

    private async Task QueueAsync(QueuedBlob blob, BatchProperties properties, ClassicResources resources, CancellationToken cancel)
    {
        SignedResource? table = resources.StatusTables.Count == 0 ? null : resources.StatusTables[0];
        byte[] message = ClassicMessage.Write(blob, properties, resources.IdentityToken, table);
        if (table is not null)
            await storage.InsertAsync(table, ClassicMessage.WriteStatusRow(blob, properties), cancel);

        SignedResource[] queues = [.. Order(resources.Queues).Take(properties.IsSingleTry ? 1 : MaxQueues)];
        for (int i = 0; ; i++)
        {
            bool isLast = i == queues.Length - 1;
            try
            {
                await storage.PutMessageAsync(queues[i], message, isLast && !properties.IsSingleTry, cancel);
                ranking.Report(queues[i].Account, success: true);
                return;
            }
            catch (AdxException failure)
            {
                ranking.Report(queues[i].Account, success: false);
                if (isLast || !(TransientRetry.IsTransient(failure) || failure.StatusCode is 403 or 404))
                    throw;
            }
        }
    }

    /// <summary>Queues taking turns, those of accounts that have failed lately behind the others.</summary>
    private IEnumerable<SignedResource> Order(IReadOnlyList<SignedResource> queues)
    {
        int first = (int)((uint)Interlocked.Increment(ref _turn) % (uint)queues.Count);
        return queues.Skip(first).Concat(queues.Take(first)).OrderBy(queue => ranking.Tier(queue.Account));
    }
}
