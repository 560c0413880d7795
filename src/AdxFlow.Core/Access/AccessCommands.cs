using AdxFlow.Adx;

namespace AdxFlow.Access;

/// <summary>The texts of the queries and commands that only see whether they are refused.</summary>
internal static class AccessCommands
{
    /// <summary>Source: <see href="https://learn.microsoft.com/kusto/query/take-operator"/>; names are resolved, and so rights looked at, before any row is read.</summary>
    public static string QueryNothing(string? table) => table is null ? "print 1" : $"{Kql.Name(table)} | take 0";

    /// <summary>Source: <see href="https://learn.microsoft.com/kusto/management/show-table-schema-command"/>, <see href="https://learn.microsoft.com/kusto/management/show-database"/>.</summary>
    public static string ShowSchema(string? table) => table is null ? ".show database identity" : $".show table {Kql.Name(table)} cslschema";
}
