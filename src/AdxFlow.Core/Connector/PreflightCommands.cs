using AdxFlow.Adx;

namespace AdxFlow.Connector;

/// <summary>The text of the query that counts rows by window.</summary>
internal static class PreflightCommands
{
    /// <summary>
    /// The most rows that any window of a period holds, since a time. Each column that the query reads is one of an index; no row is read whole.
    /// Source: <see href="https://learn.microsoft.com/kusto/query/bin-function"/>, <see href="https://learn.microsoft.com/kusto/query/summarize-operator"/>.
    /// </summary>
    public static string MostRows(string table, string column, TimeSpan period, DateTime since) =>
        $"{Kql.Name(table)} | where {Kql.Name(column)} > {Kql.Literal(since)} | summarize Rows = count() by Window = bin({Kql.Name(column)}, {Kql.Literal(period)}) | summarize MostRows = max(Rows)";
}
