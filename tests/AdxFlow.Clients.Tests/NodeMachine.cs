using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace AdxFlow.Clients.Tests;

/// <summary>Node on this machine, and the packages of tests/clients.</summary>
internal static class NodeMachine
{
    // A registry that does not answer must not hold up all other tests for long.
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);

    /// <summary>The clone the tests were compiled in.</summary>
    public static string RepositoryRoot { get; } =
        typeof(NodeMachine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static entry => entry.Key == "RepositoryRoot").Value!;

    public static string ClientsFolder { get; } = Path.Combine(RepositoryRoot, "tests", "clients");

    private static readonly Lazy<Task<string?>> Missing = new(FindWhatIsMissingAsync);

    /// <summary>Ends the test as skipped where Node or the packages are not to be had. Installs them as the lock file has them, once.</summary>
    public static async Task SkipIfMissingAsync()
    {
        if (await Missing.Value is { } missing)
            Assert.Skip(missing);
    }

    /// <summary>Says why the packages cannot be there, or gives null.</summary>
    private static async Task<string?> FindWhatIsMissingAsync()
    {
        try
        {
            if (await RunAsync("node", InstallLimit, "--version") is { ExitCode: not 0 } broken)
                return $"This needs Node, which does not run here: {broken.Output}";
        }
        catch (Win32Exception)
        {
            return "This needs Node: there is no node on PATH.";
        }
        if (AreInstalled())
            return null;

        try
        {
            (int exitCode, string output) = OperatingSystem.IsWindows()
                ? await RunAsync("cmd", InstallLimit, "/c", "npm", "ci", "--no-audit", "--no-fund")
                : await RunAsync("npm", InstallLimit, "ci", "--no-audit", "--no-fund");
            return exitCode == 0 ? null : $"What this needs comes from npm, which cannot install it: {output}";
        }
        catch (Win32Exception)
        {
            return "What this needs comes from npm: there is no npm on PATH.";
        }
        catch (TimeoutException)
        {
            return $"What this needs comes from npm, which did not answer within {InstallLimit}.";
        }
    }

    public static ProcessStartInfo Start(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = ClientsFolder,
    };

    /// <summary>npm notes what it installed; where that is older than what is wanted, it is not believed.</summary>
    private static bool AreInstalled()
    {
        var installed = new FileInfo(Path.Combine(ClientsFolder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(ClientsFolder, "package-lock.json"));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, TimeSpan limit, params string[] arguments)
    {
        using Process process = Process.Start(Start(program, arguments))!;
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
            throw new TimeoutException($"{program} did not end within {limit}.");
        }
        return (process.ExitCode, (await output + await error).Trim());
    }
}
