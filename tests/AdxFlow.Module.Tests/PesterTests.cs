using System.Globalization;

namespace AdxFlow.ModuleTests;

/// <summary>Reports every Pester test of tests/pester as a test of this assembly.</summary>
public static class PesterTests
{
    private static readonly Dictionary<string, PesterResult> ResultsByKey = [];

    /// <summary>Builds the module and runs the suites; called when the tests run, not when they are listed.</summary>
    public static async Task<IEnumerable<ITheoryDataRow>> RunSuites()
    {
        if (await TestMachine.FindWhatIsMissingAsync() is { } missing)
            return [ToRow(new PesterResult("The module under Pester", "Skipped", missing), 0)];

        using ModuleUnderTest module = await ModuleUnderTest.BuildAsync();
        IReadOnlyList<PesterResult> results = await PesterSuites.RunAllAsync(module);
        return [.. results.Select(ToRow)];
    }

    [Theory]
    [MemberData(nameof(RunSuites), DisableDiscoveryEnumeration = true)]
    public static void Pester(string key)
    {
        PesterResult result = ResultsByKey[key];
        if (result.Outcome != "Passed")
            Assert.Fail(result.Detail.Length > 0 ? result.Detail : $"Pester says {result.Outcome}.");
    }

    private static TheoryDataRow<string> ToRow(PesterResult result, int index)
    {
        string key = index.ToString(CultureInfo.InvariantCulture);
        ResultsByKey.Add(key, result);
        var row = new TheoryDataRow<string>(key) { TestDisplayName = result.Name, Label = "" };
        if (result.Outcome is "Skipped" or "Inconclusive")
        {
            row.Skip = result.Detail.Length > 0 ? result.Detail : "Pester gives no reason.";
            // The summary of dotnet test shows names only, and the reason must not go unread.
            row.TestDisplayName = $"{result.Name}: {row.Skip}";
        }
        return row;
    }
}
