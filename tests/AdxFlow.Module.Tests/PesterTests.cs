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
            return [new TheoryDataRow<string>("all") { TestDisplayName = "The module under Pester", Label = "", Skip = missing }];

        using ModuleUnderTest module = await ModuleUnderTest.BuildAsync();
        IReadOnlyList<PesterResult> results = await PesterSuites.RunAllAsync(module);
        return [.. results.Select(ToRow)];
    }

    [Theory]
    [MemberData(nameof(RunSuites), DisableDiscoveryEnumeration = true)]
    public static void Pester(string key)
    {
        PesterResult result = ResultsByKey[key];
        switch (result.Outcome)
        {
            case "Passed":
                break;
            case "Skipped" or "Inconclusive":
                Assert.Skip(result.Detail.Length > 0 ? result.Detail : $"Pester says {result.Outcome}.");
                break;
            default:
                Assert.Fail(result.Detail);
                break;
        }
    }

    private static TheoryDataRow<string> ToRow(PesterResult result, int index)
    {
        string key = index.ToString(CultureInfo.InvariantCulture);
        ResultsByKey.Add(key, result);
        return new TheoryDataRow<string>(key) { TestDisplayName = result.Name, Label = "" };
    }
}
