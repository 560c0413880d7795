using System.Text.Json;

namespace AdxFlow.ModuleTests;

/// <summary>Runs the files of tests/pester, each in a PowerShell of its own, for assemblies cannot be unloaded.</summary>
internal static class PesterSuites
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Runs every suite against the module.</summary>
    /// <returns>A result for each Pester test; a suite that ran none, crashed or hung counts as a failed one.</returns>
    public static async Task<IReadOnlyList<PesterResult>> RunAllAsync(ModuleUnderTest module)
    {
        string folder = Path.Combine(TestMachine.RepositoryRoot, "tests", "pester");
        string[] suites = [.. Directory.GetFiles(folder, "*.Tests.ps1").OrderBy(IsAboutOneCmdlet).ThenByDescending(static suite => new FileInfo(suite).Length)];
        var results = new PesterResult[suites.Length][];
        await Parallel.ForAsync(
            0,
            suites.Length,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (index, _) => results[index] = await RunAsync(suites[index], module));
        return [.. results.SelectMany(r => r)];
    }

    /// <summary>What is about all cmdlets takes longest, and a long suite takes longer: begun last, it would run on alone.</summary>
    private static bool IsAboutOneCmdlet(string suite) => Path.GetFileName(suite).Contains('-', StringComparison.Ordinal);

    private static async Task<PesterResult[]> RunAsync(string suite, ModuleUnderTest module)
    {
        string name = Path.GetFileName(suite)[..^".Tests.ps1".Length];
        string resultPath = Path.GetTempFileName();
        try
        {
            (int exitCode, string output) = await PowerShellProcess.RunAsync(
                Limit,
                new Dictionary<string, string>
                {
                    ["ADXFLOW_TEST_MODULE"] = module.Manifest,
                    ["ADXFLOW_TEST_CLONE"] = module.CloneManifest,
                },
                "-File", Path.Combine(AppContext.BaseDirectory, "Invoke-Suite.ps1"), "-Suite", suite, "-ResultPath", resultPath);
            string json = await File.ReadAllTextAsync(resultPath);
            PesterResult[] results = json.Length == 0 ? [] : JsonSerializer.Deserialize<PesterResult[]>(json)!;
            if (results.Length == 0 || exitCode != 0)
                results = [.. results, new PesterResult("the suite as a whole", "Failed", $"{results.Length} tests, exit code {exitCode}.\n{output}")];
            return [.. results.Select(r => r with { Name = $"{name}: {r.Name}" })];
        }
        catch (TimeoutException hung)
        {
            return [new PesterResult($"{name}: the suite as a whole", "Failed", hung.Message)];
        }
        finally
        {
            File.Delete(resultPath);
        }
    }
}
