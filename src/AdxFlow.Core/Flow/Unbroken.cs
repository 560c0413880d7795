namespace AdxFlow.Flow;

/// <summary>
/// Steps that a stop does not cut short, so that things are not left half-done: a request that was sent is waited for, as its answer alone says what
/// became of it. Who stops a call does not want to wait for long either.
/// </summary>
internal static class Unbroken
{
    /// <summary>The longest that a call goes on after it was stopped.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Runs a step, which ends by itself, or some time after the stop.</summary>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource();
        using (stop.UnsafeRegister(static waiting => ((CancellationTokenSource)waiting!).CancelAfter(Longest), patience))
            return await step(patience.Token);
    }

    /// <summary>The same for a step without a result.</summary>
    public static Task RunAsync(Func<CancellationToken, Task> step, CancellationToken stop) => RunAsync(
        async cancel =>
        {
            await step(cancel);
            return true;
        },
        stop);
}
