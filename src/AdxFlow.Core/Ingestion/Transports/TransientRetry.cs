using System.Diagnostics;
using AdxFlow.Http;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// Goes on trying for a while what failed for a passing reason. The pipeline's own retries span seconds; a service that is
/// being updated is away for minutes, and rows that are in hand must not be lost for that. Meanwhile the sender waits.
/// </summary>
/// <param name="window">For how long after the first failure another try may begin; zero for no further try.</param>
internal sealed class TransientRetry(TimeSpan window)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>For something that is waited for a while: no longer than that.</summary>
    public static TransientRetry Within(TimeSpan window, TimeSpan timeout) => new(timeout == Timeout.InfiniteTimeSpan || window < timeout ? window : timeout);

    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancel)
    {
        Stopwatch? sinceFailure = null;
        TimeSpan pause = FirstPause;
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (AdxException failure) when (IsTransient(failure) && (sinceFailure ??= Stopwatch.StartNew()).Elapsed < window)
            {
                await Jitter.WaitAsync(pause, cancel);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                Telemetry.CountRetry(failure);
            }
        }
    }

    public Task RunAsync(Func<Task> attempt, CancellationToken cancel) =>
        RunAsync(async () =>
        {
            await attempt();
            return true;
        }, cancel);

    public static bool IsTransient(AdxException failure) =>
        !failure.IsPermanent && failure.Kind is (AdxErrorKind.Throttled or AdxErrorKind.Timeout or AdxErrorKind.ConnectionFailed or AdxErrorKind.ServiceError);
}
