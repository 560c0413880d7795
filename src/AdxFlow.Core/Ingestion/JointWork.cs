namespace AdxFlow.Ingestion;

/// <summary>Work of which one part is of no use without the others: where one fails, all stop.</summary>
/// <param name="stop">What stops them; stays the caller's.</param>
internal sealed class JointWork(CancellationTokenSource stop)
{
    /// <summary>Ends both when one fails: there is no use in sealing batches that nobody takes, nor in waiting for ones that will not come.</summary>
    public async Task FailTogetherAsync(Task batching, Task submitting)
    {
        if (await Task.WhenAny(batching, submitting) == submitting && submitting.IsFaulted)
        {
            await stop.CancelAsync();
            await SettleAsync(batching);
            await submitting;
        }
        await StopOnFailureAsync(batching);
    }

    /// <summary>Stops everything when this part fails.</summary>
    public async Task StopOnFailureAsync(Task work)
    {
        try
        {
            await work;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    /// <summary>Waits until a part has ended, well or not.</summary>
    public static async Task SettleAsync(Task work) => await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
