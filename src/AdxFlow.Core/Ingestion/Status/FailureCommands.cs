using AdxFlow.Adx;

namespace AdxFlow.Ingestion.Status;

/// <summary>The command that shows failed ingestions.</summary>
internal static class FailureCommands
{
    /// <summary>Source: <see href="https://learn.microsoft.com/kusto/management/ingestion-failures"/>. Names of databases have no case, those of tables have.</summary>
    public static string ShowFailures(string database, string? table, DateTime? since, Guid? operationId)
    {
        string only = operationId is { } id ? $" with (OperationId={Kql.String(id.ToString())})" : string.Empty;
        string ofTable = table is null ? string.Empty : $" and Table == {Kql.String(table)}";
        string afterwards = since is { } time ? $" and FailedOn >= {Kql.Literal(time)}" : string.Empty;
        return $".show ingestion failures{only} | where Database =~ {Kql.String(database)}{ofTable}{afterwards}";
    }
}
