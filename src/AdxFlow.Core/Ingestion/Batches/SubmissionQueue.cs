using System.Threading.Channels;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Batches;

/// <summary>
/// Hands sealed batches to the service, as many in one request as have come together meanwhile: the service counts
/// requests, and batches seal faster than it answers only when there is much to do.
/// </summary>
internal sealed class SubmissionQueue
{
    // A request that is on its way when everything ends is most likely answered by then, and what it says is worth knowing.
    private static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(1);

    private readonly ITransport _transport;
    private readonly BatchProperties _properties;
    private readonly Action<AdxIngestionBatch> _accepted;
    private readonly CancellationToken _cancel;
    private readonly Channel<SealedBatch> _sealed = Channel.CreateUnbounded<SealedBatch>(new UnboundedChannelOptions { SingleReader = true });

    public SubmissionQueue(ITransport transport, BatchProperties properties, Action<AdxIngestionBatch> accepted, CancellationToken cancel)
    {
        _transport = transport;
        _properties = properties;
        _accepted = accepted;
        _cancel = cancel;
        Completion = Task.Run(SubmitAllAsync, CancellationToken.None);
    }

    /// <summary>Ends when every batch was accepted after <see cref="Complete"/>, or with the first refusal.</summary>
    public Task Completion { get; }

    /// <summary>Adds a batch; after a refusal or the end it is taken back instead, and what has refused it is in <see cref="Completion"/>.</summary>
    public Task AddAsync(SealedBatch batch) => _sealed.Writer.TryWrite(batch) ? Task.CompletedTask : _transport.DiscardAsync(batch);

    public void Complete() => _sealed.Writer.TryComplete();

    private async Task SubmitAllAsync()
    {
        var batches = new List<SealedBatch>();
        using var end = new CancellationTokenSource();
        await using CancellationTokenRegistration ending = _cancel.Register(() => end.CancelAfter(LastAnswer));
        try
        {
            while (await _sealed.Reader.WaitToReadAsync(_cancel))
            {
                batches.Clear();
                while (batches.Count < _transport.MaxBatchesPerSubmission && _sealed.Reader.TryRead(out SealedBatch? batch))
                    batches.Add(batch);
                await IngestionMetrics.SubmitAsync(batches.Count, () => _transport.SubmitAsync([.. batches], _properties, (batch, accepted) =>
                {
                    _accepted(accepted);
                    batch.Content.Dispose();
                    lock (batches)
                        batches.Remove(batch);
                }, end.Token));
            }
        }
        catch
        {
            // What was not accepted must not lie about in the service's containers.
            _sealed.Writer.TryComplete();
            while (_sealed.Reader.TryRead(out SealedBatch? batch))
                batches.Add(batch);
            await Task.WhenAll(batches.Select(_transport.DiscardAsync));
            throw;
        }
    }
}
