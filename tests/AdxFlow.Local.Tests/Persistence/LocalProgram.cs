using System.Diagnostics;
using System.Globalization;
using AdxFlow.Local.Tests.Endpoints;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>The console program in a process of its own, which ends with the test.</summary>
internal sealed class LocalProgram : IDisposable
{
    private readonly Process _process;

    private LocalProgram(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Client = new LocalClient(address);
    }

    public Uri Address { get; }

    public LocalClient Client { get; }

    /// <summary>Starts it and waits for its address.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="environment">Variables of its environment.</param>
    public static async Task<LocalProgram> StartAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = Arguments(arguments);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return await StartAsync(start);
    }

    private static async Task<LocalProgram> StartAsync(ProcessStartInfo start)
    {
        Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new LocalProgram(process, new Uri(line!["Cluster:".Length..].Trim()));
    }

    /// <summary>Starts it on a system that lets no file grow beyond a size, as a disk that is full.</summary>
    public static Task<LocalProgram> StartOnFullDiskAsync(string path, int mostKilobytes)
    {
        ProcessStartInfo start = Arguments(["--path", path]);
        string[] program = [start.FileName, .. start.ArgumentList];
        start.FileName = "/bin/sh";
        start.ArgumentList.Clear();

        // The runtime must not map a file for its code, which would be too large, nor be ended by the signal of the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        foreach (string argument in (string[])["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", (mostKilobytes * 2).ToString(CultureInfo.InvariantCulture), .. program])
            start.ArgumentList.Add(argument);
        return StartAsync(start);
    }

    /// <summary>Starts one that must end by itself, and tells its exit code and what it complained of.</summary>
    public static async Task<(int ExitCode, string Error)> FailAsync(string[] arguments)
    {
        ProcessStartInfo start = Arguments(arguments);
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static ProcessStartInfo Arguments(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in (string[])["exec", "--roll-forward", "LatestMajor", Path.Combine(AppContext.BaseDirectory, "AdxFlow.Local.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        return start;
    }
}
