namespace AdxFlow.Adx;

/// <summary>Reads the rows of <c>.show … principals</c>. The documented example lacks some columns that the service has, so all are read by name.</summary>
internal static class RoleText
{
    public static AdxRoleAssignment Read(AdxResultTable result, object?[] row, string database, string? table)
    {
        string role = result.Text(row, "Role") ?? string.Empty;
        AdxRoleScope scope = ScopeOf(role);
        return new AdxRoleAssignment
        {
            Role = RoleOf(role),
            RoleText = role,
            Scope = scope,
            Database = database,
            Table = scope == AdxRoleScope.Table ? table : null,
            PrincipalType = result.Text(row, "PrincipalType") ?? string.Empty,
            PrincipalDisplayName = result.Text(row, "PrincipalDisplayName") ?? string.Empty,
            PrincipalObjectId = result.Text(row, "PrincipalObjectId") ?? string.Empty,
            PrincipalFqn = result.Text(row, "PrincipalFQN") ?? string.Empty,
            Notes = result.Text(row, "Notes") ?? string.Empty,
        };
    }

    /// <summary>"Table T Ingestor", "Database D Admin", "AllDatabases Admin": the scope comes first. A table's name may hold anything.</summary>
    private static AdxRoleScope ScopeOf(string role)
    {
        if (role.StartsWith("Table ", StringComparison.OrdinalIgnoreCase))
            return AdxRoleScope.Table;
        return role.StartsWith("Database ", StringComparison.OrdinalIgnoreCase) ? AdxRoleScope.Database : AdxRoleScope.Cluster;
    }

    private static AdxRole RoleOf(string role)
    {
        string last = role[(role.LastIndexOf(' ') + 1)..];
        return last.TrimEnd('s').ToLowerInvariant() switch
        {
            "admin" => AdxRole.Admin,
            "user" => AdxRole.User,
            "viewer" => AdxRole.Viewer,
            "unrestrictedviewer" => AdxRole.UnrestrictedViewer,
            "ingestor" => AdxRole.Ingestor,
            "monitor" => AdxRole.Monitor,
            _ => AdxRole.Other,
        };
    }
}
