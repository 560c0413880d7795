namespace AdxFlow.Local.Tests.Kql;

/// <summary>Reads lists of cases: a line that begins with "&gt; " is a query, the lines below it are what is expected.</summary>
internal static class QueryCases
{
    public static TheoryData<string, string> Parse(string text)
    {
        var cases = new TheoryData<string, string>();
        foreach (string block in $"\n{text.ReplaceLineEndings("\n")}".Split("\n> ", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = block.TrimEnd('\n').Split('\n', 2);
            cases.Add(parts[0], parts.Length > 1 ? parts[1] : "");
        }

        return cases;
    }
}
