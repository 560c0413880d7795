using System.Diagnostics;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>Waits for something that other threads bring about. The limit is only there so that a test ends when it never comes.</summary>
internal static class Eventually
{
    /// <summary>Much longer than anything takes, however busy the machine is.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Limit, "It never came to that: " + what);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Awaits what must not hang.</summary>
    public static Task EndsAsync(this Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>Awaits what must not hang.</summary>
    public static Task<T> EndsAsync<T>(this Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);
}
