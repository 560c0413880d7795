namespace AdxFlow.Ingestion.Batches;

/// <summary>The queues of an ingestion: one for each format, with its own properties and transport.</summary>
/// <param name="scope">What the queues' work belongs to.</param>
/// <param name="accepted">Told of each batch that the service has accepted.</param>
/// <param name="cancel">Ends them.</param>
internal sealed class SubmissionQueues(IngestionScope scope, Action<AdxIngestionBatch> accepted, CancellationToken cancel)
{
    private readonly List<SubmissionQueue> _queues = [];

    /// <summary>Opens a queue.</summary>
    public SubmissionQueue Open(FormatRoute route)
    {
        SubmissionQueue queue = scope.Make(() => new SubmissionQueue(route.Transport, route.Properties, accepted, cancel));
        lock (_queues)
            _queues.Add(queue);
        return queue;
    }

    /// <summary>Waits until every queue has had its batches accepted. No more come.</summary>
    /// <exception cref="AdxException">A batch was refused.</exception>
    public async Task CompleteAsync()
    {
        foreach (SubmissionQueue queue in All())
        {
            queue.Complete();
            await queue.Completion;
        }
    }

    /// <summary>Says to every queue that no more come.</summary>
    public void Close()
    {
        foreach (SubmissionQueue queue in All())
            queue.Complete();
    }

    /// <summary>Waits until every queue has ended, well or not.</summary>
    public async Task SettleAsync()
    {
        foreach (SubmissionQueue queue in All())
            await queue.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private SubmissionQueue[] All()
    {
        lock (_queues)
            return [.. _queues];
    }
}
