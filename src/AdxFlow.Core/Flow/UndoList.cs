namespace AdxFlow.Flow;

/// <summary>What several steps have made, so that it can be taken back if a later step fails: the last first, as one depends on the other.</summary>
internal sealed class UndoList
{
    // Who stops a call does not want to wait for long, nor to leave anything behind.
    private static readonly TimeSpan LongestUndo = TimeSpan.FromSeconds(30);

    private readonly Stack<(string What, Func<CancellationToken, Task> Remove)> _made = [];

    /// <summary>Runs the steps; a failure takes back what was made, and is told together with what could not be.</summary>
    public static async Task<T> RunAsync<T>(Func<UndoList, Task<T>> steps)
    {
        var made = new UndoList();
        try
        {
            return await steps(made);
        }
        catch (AdxException failure)
        {
            IReadOnlyList<string> left = await made.TakeBackAsync();
            if (left.Count == 0)
                throw;
            throw WithRemainder(failure, left);
        }
        catch (OperationCanceledException)
        {
            await made.TakeBackAsync();
            throw;
        }
    }

    /// <summary>
    /// Makes one thing and remembers how to take it back. A call that is stopped waits for the answer, if not for ever: it alone says what was made,
    /// so that it can be taken back.
    /// </summary>
    /// <param name="make">Makes it.</param>
    /// <param name="what">What it is called where it could not be taken back.</param>
    /// <param name="remove">Takes it back.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<T> MakeAsync<T>(Func<CancellationToken, Task<T>> make, Func<T, string> what, Func<T, CancellationToken, Task> remove, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource();
        T thing;
        using (cancellationToken.UnsafeRegister(static waiting => ((CancellationTokenSource)waiting!).CancelAfter(LongestUndo), patience))
            thing = await make(patience.Token);
        _made.Push((what(thing), cancel => remove(thing, cancel)));
        cancellationToken.ThrowIfCancellationRequested();
        return thing;
    }

    /// <summary>Removes everything, and gives what could not be removed.</summary>
    private async Task<IReadOnlyList<string>> TakeBackAsync()
    {
        var left = new List<string>();
        using var patience = new CancellationTokenSource(LongestUndo);
        while (_made.TryPop(out (string What, Func<CancellationToken, Task> Remove) step))
        {
            try
            {
                await step.Remove(patience.Token);
            }
            catch (Exception failure) when (failure is AdxException or OperationCanceledException)
            {
                left.Add(step.What);
            }
        }
        return left;
    }

    private static FlowException WithRemainder(AdxException failure, IReadOnlyList<string> left) =>
        new(failure.ErrorId, failure.Kind, $"{failure.Message} What had been made before could not be taken back: {string.Join(", ", left)}.", failure)
        {
            ServiceCode = failure.ServiceCode,
            StatusCode = failure.StatusCode,
            IsPermanent = failure.IsPermanent,
            Prefix = (failure as FlowException)?.Prefix,
            RequestId = (failure as FlowException)?.RequestId,
            RecommendedAction = $"{failure.RecommendedAction} Remove what is left by its id.".Trim(),
        };
}
