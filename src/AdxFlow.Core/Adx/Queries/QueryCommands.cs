namespace AdxFlow.Adx;

/// <summary>The commands about running queries.</summary>
internal static class QueryCommands
{
    /// <summary>Source: <see href="https://learn.microsoft.com/kusto/management/cancel-query-command"/>.</summary>
    public static string Cancel(string clientRequestId) => $".cancel query {Kql.String(clientRequestId)}";
}
