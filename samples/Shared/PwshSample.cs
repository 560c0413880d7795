using System.ComponentModel;
using System.Diagnostics;

namespace AdxFlow.Samples;

/// <summary>A sample as users of the module live it: <c>build.ps1</c>, then the script of the sample, in PowerShell.</summary>
internal static class PwshSample
{
    private static readonly Version Oldest = new(7, 4);

    /// <summary>Asks the pwsh on PATH for its version.</summary>
    /// <returns>The version, or <see langword="null"/> where there is no pwsh, or one too old for the module.</returns>
    public static async Task<Version?> FindPowerShellAsync()
    {
        try
        {
            using Process pwsh = Start(
                redirectOutput: true, "-Command", "'{0}.{1}.{2}' -f $PSVersionTable.PSVersion.Major, $PSVersionTable.PSVersion.Minor, $PSVersionTable.PSVersion.Patch");
            string output = await pwsh.StandardOutput.ReadToEndAsync();
            await pwsh.WaitForExitAsync();
            return Version.TryParse(output.Trim(), out Version? version) && version >= Oldest ? version : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Builds the module and runs the script; what they write goes straight to this console.</summary>
    /// <param name="script">The script, below the folder of the samples.</param>
    /// <returns>The exit code of the first step that failed, or 0.</returns>
    public static async Task<int> RunAsync(string script)
    {
        string root = Repository.FindRoot();
        int exitCode = await RunScriptAsync(Path.Combine(root, "build.ps1"));
        return exitCode != 0
            ? exitCode
            : await RunScriptAsync(Path.Combine(root, "samples", script));
    }

    private static async Task<int> RunScriptAsync(string path)
    {
        using Process pwsh = Start(redirectOutput: false, "-File", path);
        await pwsh.WaitForExitAsync();
        return pwsh.ExitCode;
    }

    private static Process Start(bool redirectOutput, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardOutput = redirectOutput,
        })!;
}
