namespace AdxFlow.PowerShell.Adx;

/// <summary>A role that somebody is to get or lose.</summary>
internal sealed record RoleRequest(AdxRole Role, AdxPrincipal Principal, string Database, string? Table)
{
    public string Place => Table is null ? $"database {Database}" : $"table {Database}.{Table}";
}
