namespace AdxFlow.Http;

/// <summary>Pauses between tries. Many senders lose the service at the same moment; they must not all come back at the same one.</summary>
internal static class Jitter
{
    /// <summary>Waits as long as that, give or take a quarter.</summary>
    public static Task WaitAsync(TimeSpan pause, CancellationToken cancel) => Task.Delay(pause * (0.75 + (Random.Shared.NextDouble() / 2)), cancel);
}
