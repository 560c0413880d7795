namespace AdxFlow.Samples;

/// <summary>What a sample without PowerShell writes.</summary>
internal static class Report
{
    public static void Step(string text) => Console.WriteLine($"{Environment.NewLine}== {text}");

    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void Check(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }

    public static void Print(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        string[][] lines = [[.. header], .. rows.Select(static row => row.ToArray())];
        int[] widths = [.. lines[0].Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines)
            Console.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
