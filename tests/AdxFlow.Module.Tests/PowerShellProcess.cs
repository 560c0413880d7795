using System.Diagnostics;

namespace AdxFlow.ModuleTests;

/// <summary>Runs <c>pwsh</c>, the way the module's users do.</summary>
internal static class PowerShellProcess
{
    /// <summary>Runs pwsh without a profile to its end, or ends it and all it started when it takes too long.</summary>
    /// <param name="limit">After which it is taken to hang.</param>
    /// <param name="environment">Variables it gets on top of those of this process.</param>
    /// <param name="arguments">What follows <c>pwsh -NoProfile -NonInteractive</c>.</param>
    /// <returns>The exit code and everything it wrote.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no pwsh on PATH.</exception>
    /// <exception cref="TimeoutException">It took longer than the limit; the message holds what it wrote.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        TimeSpan limit, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestMachine.RepositoryRoot,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var timer = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"pwsh did not end within {limit}.\n{await output}{await error}");
        }
        return (process.ExitCode, await output + await error);
    }
}
