using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.FromStorage;

/// <summary>Queues blobs that exist already, those of one format together.</summary>
/// <param name="transport">The way that the ingestion takes.</param>
/// <param name="request">The table, and what goes with the data.</param>
/// <param name="database">The database.</param>
/// <param name="queues">The queues of the ingestion.</param>
internal sealed class BlobSubmissions(ITransport transport, IngestionRequest request, string database, SubmissionQueues queues)
{
    /// <summary>Queues them, and waits until the service has accepted them.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidCombination</c>: the mode or the cluster takes no blobs. Or the service refuses them.</exception>
    public async Task QueueAsync(IEnumerable<BlobIngestion> blobs)
    {
        ITransport queue = transport.ForBlobs ?? throw PropertyRules.NoBlobs(transport.Mode);
        foreach (IGrouping<(AdxDataFormat Format, bool IgnoreFirstRecord), BlobIngestion> alike in blobs.GroupBy(static blob => (blob.Format, blob.IgnoreFirstRecord)))
        {
            BatchProperties properties = PropertyRules.For(request, database, alike.Key.Format) with { KeepBlob = true, IgnoreFirstRecord = alike.Key.IgnoreFirstRecord };
            SubmissionQueue submissions = queues.Open(new FormatRoute(queue, properties));
            foreach (BlobIngestion blob in alike)
                await submissions.AddAsync(new SealedBatch(Guid.NewGuid(), 0, 0, new ExistingBlob(blob.Location.Uri)) { IsRawSizeEstimated = true });
            submissions.Complete();
            await submissions.Completion;
        }
    }
}
