using System.ComponentModel;
using System.Diagnostics;
using AdxFlow.Local;

namespace AdxFlow.Clients.Tests;

/// <summary>The session with curl in about_AdxFlow_Local, as it is written there.</summary>
public sealed class CurlTests
{
    private const string Beginning = "    at=http://localhost:18080";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_session_in_the_help_works_as_written()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("The session is one of a Unix shell.");
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(NodeMachine.RepositoryRoot, "docs", "about_AdxFlow_Local.md"), Stop);
        string[] session = [.. lines.SkipWhile(static line => line != Beginning).TakeWhile(static line => !line.StartsWith('#')).Where(static line => line.StartsWith("    ", StringComparison.Ordinal)).Select(static line => line[4..])];
        Assert.NotEmpty(session);

        await using var cluster = LocalCluster.Start();
        string script = string.Join('\n', session).Replace(Beginning.Trim(), "at=" + cluster.ClusterUri.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
        string output = await RunAsync("set -e; curl --version > /dev/null\n" + script);
        // What was queued is Succeeded a moment later.
        Assert.Matches("\"status\":\"(Queued|InProgress|Succeeded)\"", output);
        // The last answer is Adobe's preview of the table.
        Assert.Matches("\"s\":\"two\"", output);
        Assert.Equal(["1,one", "2,two", "3,three"], await RowsAsync(cluster));
    }

    private static async Task<string> RunAsync(string script)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no sh on PATH.");
            throw;
        }
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync(Stop);
            string output = await process.StandardOutput.ReadToEndAsync(Stop);
            await process.WaitForExitAsync(Stop);
            if (process.ExitCode == 127)
                Assert.Skip($"There is no curl on PATH: {await error}");
            Assert.True(process.ExitCode == 0, $"It ended with {process.ExitCode}: {output}{await error}");
            return output;
        }
    }

    /// <summary>The rows, once the queued one has been ingested.</summary>
    private static async Task<IReadOnlyList<string>> RowsAsync(LocalCluster cluster)
    {
        IReadOnlyList<string> rows = [];
        await Eventually.HoldsAsync(async () => (rows = await OwnClient.RowsAsync(cluster.ClusterUri, "T | order by n asc")).Count == 3, "three rows are in the table");
        return rows;
    }
}
