using System.Diagnostics;
using System.Globalization;
using AdxFlow.Ingestion.Spool;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion.Spool;

/// <summary>A process that is killed again and again while it sends, and what is in the table afterwards.</summary>
public sealed class SpoolCrashTests
{
    private const int Kills = 24;
    private const int RowsARound = 20_000;
    private const int Seed = 20_261_122;

    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long)];

    [Fact]
    public async Task Rows_of_a_process_that_is_killed_at_any_moment_are_in_the_table_once_each()
    {
        using var place = new SpoolPlace();
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        var random = new Random(Seed);
        int killed = 0;
        long taken = 0;
        for (int round = 1; round <= Kills; round++)
        {
            // In every second round nobody is told that all is in the table, so that the process is there to be killed, however slow
            // this one is to do it.
            var told = new TaskCompletionSource();
            int held = round % 2 == 0 ? table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Status, HoldUntil = told.Task, Count = int.MaxValue }) : 0;
            using Process sender = Start(table, place, round * RowsARound);
            Assert.Equal("started", await sender.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().EndsAsync());
            // The moment is what is random here; that it comes is all that matters.
            Task ended = sender.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (await Task.WhenAny(ended, Task.Delay(random.Next(0, 250), TestContext.Current.CancellationToken)) != ended)
            {
                sender.Kill();
                killed++;
            }
            table.Cluster.RemoveFault(held);
            told.SetResult();
            await ended.EndsAsync();
            AdxSpool spool = AdxSpools.Read(Path.Combine(place.Root, "numbers"));
            Assert.False(spool.IsInUse);
            Assert.InRange(spool.Rows, taken, round * RowsARound);
            taken = spool.Rows;
            // Another time it is not the same producer that goes on, but somebody who only cleans up.
            if (round % 5 == 0)
                await AdxSpools.ResumeAsync(table.Connection, spool.Path, new SpoolResumption { Wait = round % 10 == 0 }, TestContext.Current.CancellationToken).EndsAsync();
        }
        using (Process last = Start(table, place, Kills * RowsARound))
        {
            await last.WaitForExitAsync(TestContext.Current.CancellationToken).EndsAsync();
            Assert.Equal(0, last.ExitCode);
        }
        Assert.True(killed >= Kills / 2, $"Only {killed} processes were killed before they had ended.");

        AdxSpool done = AdxSpools.Read(Path.Combine(place.Root, "numbers"));
        Assert.Equal((Kills * (long)RowsARound, true), (done.Rows, done.IsEmpty));
        long[] numbers = [.. (await table.RowsAsync()).Select(static row => (long)row[0]!)];
        Assert.Equal(Kills * RowsARound, numbers.Length);
        Assert.Equal(Kills * RowsARound, numbers.Distinct().Count());
        Assert.Equal((0, (Kills * RowsARound) - 1), (numbers.Min(), numbers.Max()));
    }

    private static Process Start(LocalTable table, SpoolPlace place, long end)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AdxFlow.SpoolSender.dll"));
        start.ArgumentList.Add(table.Cluster.ClusterUri.AbsoluteUri);
        start.ArgumentList.Add(place.Root);
        start.ArgumentList.Add(end.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }
}
