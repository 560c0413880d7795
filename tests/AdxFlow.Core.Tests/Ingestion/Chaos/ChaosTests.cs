using System.Collections.Concurrent;
using System.Globalization;

namespace AdxFlow.Core.Tests.Ingestion.Chaos;

/// <summary>
/// Faults of every kind in random order, on every way into a table. <c>ADXFLOW_CHAOS</c> is the number of rounds,
/// <c>ADXFLOW_CHAOS_SEED</c> the seed of the first.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class ChaosTests
{
    [Fact]
    public async Task Whatever_breaks_what_was_accepted_is_in_the_table_and_what_is_told_is_true()
    {
        int rounds = Setting("ADXFLOW_CHAOS") ?? 60;
        int first = Setting("ADXFLOW_CHAOS_SEED") ?? 1;
        var failures = new List<string>();
        var unobserved = new ConcurrentQueue<Exception>();
        // What tests before this one have left is not counted.
        Collect();
        EventHandler<UnobservedTaskExceptionEventArgs> observe = (_, told) => unobserved.Enqueue(told.Exception);
        TaskScheduler.UnobservedTaskException += observe;
        try
        {
            for (int seed = first; seed < first + rounds; seed++)
            {
                var plan = new ChaosPlan(seed);
                try
                {
                    await new ChaosRound(plan).RunAsync();
                    Collect();
                    Assert.Empty(unobserved);
                }
                catch (Exception failure) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
                {
                    failures.Add($"{plan}{Environment.NewLine}{failure}");
                    unobserved.Clear();
                }
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= observe;
        }
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine + Environment.NewLine, failures));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
