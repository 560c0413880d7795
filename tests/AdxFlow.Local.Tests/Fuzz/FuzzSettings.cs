using System.Globalization;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>How long the fuzz tests go on: <c>ADXFLOW_FUZZ</c> is the number of rounds of each, <c>ADXFLOW_FUZZ_SEED</c> makes them others.</summary>
internal static class FuzzSettings
{
    private const int DefaultSeed = 20_261_122;

    public static int Seed { get; } = Setting("ADXFLOW_FUZZ_SEED") ?? DefaultSeed;

    /// <summary>The number of rounds: what is asked for, or what is enough for every day.</summary>
    public static int Rounds(int everyDay) => Setting("ADXFLOW_FUZZ") ?? everyDay;

    /// <summary>The rounds of the test that starts a stand-in in each: <c>ADXFLOW_FUZZ_FOLDERS</c>.</summary>
    public static int Folders { get; } = Setting("ADXFLOW_FUZZ_FOLDERS") ?? 200;

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
