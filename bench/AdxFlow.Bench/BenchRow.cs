namespace AdxFlow.Bench;

/// <summary>A row as a .NET object with typed properties.</summary>
public sealed record BenchRow(long Id, DateTime Time, string Computer, double Value, bool Ok, string Message)
{
    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The row of a number; the same wherever rows are measured.</summary>
    public static BenchRow Of(long number) =>
        new(number, Begin.AddSeconds(number), "host-" + (number % 500), number / 7.0, number % 3 != 0, "event " + number + " of the run");
}
