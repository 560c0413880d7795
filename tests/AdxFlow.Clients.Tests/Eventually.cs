using System.Diagnostics;

namespace AdxFlow.Clients.Tests;

/// <summary>Waits for something that others bring about. The limit is only there so that a test ends when it never comes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
            Assert.True(waited.Elapsed < Limit, "It never came to that: " + what);
    }
}
