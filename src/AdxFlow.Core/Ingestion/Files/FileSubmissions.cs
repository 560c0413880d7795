using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Collects uploaded batches until they fill a request, which takes those of one format; a few moments at most, so that
/// what is there does not wait for what may take long.
/// </summary>
/// <param name="open">Makes the queue of a format.</param>
internal sealed class FileSubmissions(Func<FormatRoute, SubmissionQueue> open) : IAsyncDisposable
{
    private const long LongestWait = 1000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<AdxDataFormat, Waiting> _formats = [];

    public async Task AddAsync(FormatRoute route, IReadOnlyList<SealedBatch> batches)
    {
        if (batches.Count == 0)
            return;
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (!_formats.TryGetValue(route.Format, out Waiting? waiting))
                _formats.Add(route.Format, waiting = new Waiting(route.Transport, open(route)));
            if (waiting.Batches.Count == 0)
                waiting.Since = Environment.TickCount64;
            waiting.Batches.AddRange(batches);
            if (waiting.Batches.Count >= waiting.Transport.MaxBatchesPerSubmission || Environment.TickCount64 - waiting.Since > LongestWait)
                await HandOnAsync(waiting);
            // What was refused ends the session, and no file need be read any more.
            if (waiting.Queue.Completion.IsFaulted)
                await waiting.Queue.Completion;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Hands on all that waits.</summary>
    public async Task CompleteAsync()
    {
        foreach (Waiting waiting in _formats.Values)
            await HandOnAsync(waiting);
    }

    /// <summary>Takes back what was not handed on. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_formats.Values.SelectMany(static waiting => waiting.Batches.Select(waiting.Transport.DiscardAsync))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _formats.Clear();
        _turn.Dispose();
    }

    private static async Task HandOnAsync(Waiting waiting)
    {
        SealedBatch[] batches = [.. waiting.Batches];
        waiting.Batches.Clear();
        foreach (SealedBatch batch in batches)
            await waiting.Queue.AddAsync(batch);
    }

    private sealed class Waiting(ITransport transport, SubmissionQueue queue)
    {
        public ITransport Transport { get; } = transport;

        public SubmissionQueue Queue { get; } = queue;

        public List<SealedBatch> Batches { get; } = [];

        public long Since { get; set; }
    }
}
