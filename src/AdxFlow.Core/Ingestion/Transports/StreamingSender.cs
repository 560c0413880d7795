using System.Diagnostics;
using AdxFlow.Http;
using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Transports;

/// <summary>Streams batches, and tries again what failed for a passing reason: after 1 s, 2 s, 4 s and so on, with jitter, or as the service asks.</summary>
internal sealed class StreamingSender(StreamingClient client, Action<IngestionEvent> tell)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Sends a batch.</summary>
    /// <param name="batch">The batch, for its id.</param>
    /// <param name="gzip">Its bytes.</param>
    /// <param name="properties">Where to.</param>
    /// <param name="maxTries">After how many tries to give up.</param>
    /// <param name="window">For how long after the first failure another try may begin.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="AdxException">The service refuses the batch, or it was tried often enough.</exception>
    public async Task SendAsync(SealedBatch batch, ReadOnlyMemory<byte> gzip, BatchProperties properties, int maxTries, TimeSpan window, CancellationToken cancel)
    {
        Stopwatch? sinceFailure = null;
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            StreamingAnswer answer = await client.SendAsync(batch.SourceId, attempt, gzip, properties, cancel);
            if (answer.UpdatePolicyFailure is { } reason)
                tell(new IngestionNote($"Batch {batch.SourceId}: its rows are in the table, but an update policy failed: {reason}"));
            if (answer.Failure is not { } failure)
                return;
            bool isAgain = TransientRetry.IsTransient(failure) && attempt < maxTries && (sinceFailure ??= Stopwatch.StartNew()).Elapsed < window;
            if (answer.IsAmbiguous)
                tell(new IngestionNote($"Batch {batch.SourceId}: the answer to try {attempt} was lost: {failure.Message} At least once is the promise, so the batch may be sent again; if that try had gone through, its rows are in the table twice."));
            if (!isAgain)
                throw failure;
            if (answer.RetryAfter is { } asked && asked > pause)
                await Task.Delay(asked, cancel);
            else
                await Jitter.WaitAsync(pause, cancel);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            Telemetry.CountRetry(failure);
        }
    }
}
