using System.ComponentModel;
using System.Reflection;

namespace AdxFlow.ModuleTests;

/// <summary>Where the tests run, and what is there.</summary>
internal static class TestMachine
{
    private const string PesterCheck =
        "if (Get-Module Pester -ListAvailable | Where-Object Version -ge '5.0') { exit 0 } else { exit 3 }";

    /// <summary>The clone the tests were compiled in.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The configuration the tests, and with them the module, were compiled in.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Says why the module cannot be tested here, or gives <see langword="null"/>.</summary>
    public static async Task<string?> FindWhatIsMissingAsync()
    {
        try
        {
            (int exitCode, string output) = await PowerShellProcess.RunAsync(
                TimeSpan.FromMinutes(2), new Dictionary<string, string>(), "-Command", PesterCheck);
            return exitCode switch
            {
                0 => null,
                3 => "The module tests need Pester 5 or later: Install-PSResource Pester.",
                _ => throw new InvalidOperationException($"pwsh ended with exit code {exitCode}.\n{output}"),
            };
        }
        catch (Win32Exception)
        {
            return "The module tests need PowerShell 7.4 or later: there is no pwsh on PATH.";
        }
    }

    private static string Metadata(string key) =>
        typeof(TestMachine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
