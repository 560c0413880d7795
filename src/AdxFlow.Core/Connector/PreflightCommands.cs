using AdxFlow.Adx;

namespace AdxFlow.Connector;

/// <summary>The text of the query that counts rows by window.</summary>
internal static class PreflightCommands
{
    /// <summary>
    /// The most rows that any window of a period holds, since a time. It reads one column, which is a datetime; to say so again costs nothing
    /// and lets the text be checked without the table.
    /// Source: <see href="https://learn.microsoft.com/kusto/query/bin-function"/>, <see href="https://learn.microsoft.com/kusto/query/summarize-operator"/>.
    /// </summary>
    public static string MostRows(string table, string column, TimeSpan period, DateTime since) =>
        $"{Kql.Name(table)} | project Time = todatetime({Kql.Name(column)}) | where Time > {Kql.Literal(since)} | summarize Rows = count() by Window = bin(Time, {Kql.Literal(period)}) | summarize MostRows = max(Rows)";
}
