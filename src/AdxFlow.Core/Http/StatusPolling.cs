using System.Diagnostics;

namespace AdxFlow.Http;

/// <summary>
/// When to ask a service again for the state of something that takes minutes: after 50 ms, then ever more seldom, at least every
/// 10 s. A stand-in, or a small batch, is done within moments.
/// </summary>
/// <param name="timeout">The time there is; <see cref="Timeout.InfiniteTimeSpan"/> for no end.</param>
internal sealed class StatusPolling(TimeSpan timeout)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _waited = Stopwatch.StartNew();
    private TimeSpan _pause = First;

    /// <summary>Waits until it is time to ask again; false, at once, when the time is over.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancel)
    {
        TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? Longest : timeout - _waited.Elapsed;
        if (left <= TimeSpan.Zero)
            return false;
        await Task.Delay(_pause < left ? _pause : left, cancel);
        _pause = _pause * 1.5 < Longest ? _pause * 1.5 : Longest;
        return true;
    }
}
