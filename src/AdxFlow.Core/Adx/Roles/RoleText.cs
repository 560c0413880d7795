namespace AdxFlow.Adx;

/// <summary>
/// Reads the rows of <c>.show … principals</c> and <c>.show … principal roles</c>. The documented examples lack some columns that
/// the service has, so all are read by name.
/// </summary>
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

    /// <summary>Columns Scope, DisplayName, AADObjectID, Role. The scope is told in the first one, or in the role's own words.</summary>
    public static AdxRoleAssignment ReadOwn(AdxResultTable result, object?[] row, string database, string? table, string? principal)
    {
        string role = result.Text(row, "Role") ?? string.Empty;
        string where = result.Text(row, "Scope") ?? string.Empty;
        AdxRoleScope scope = ScopeOf(role) is var told and not AdxRoleScope.Cluster ? told : ScopeOf(where);
        return new AdxRoleAssignment
        {
            Role = RoleOf(role),
            RoleText = ScopeOf(role) == scope && scope != AdxRoleScope.Cluster ? role : $"{where} {role}".Trim(),
            Scope = scope,
            Database = database,
            Table = scope == AdxRoleScope.Table ? table : null,
            PrincipalDisplayName = result.Text(row, "DisplayName") ?? string.Empty,
            PrincipalObjectId = result.Text(row, "AADObjectID") ?? string.Empty,
            PrincipalFqn = principal ?? string.Empty,
        };
    }

    /// <summary>"Table T Ingestor", "Database D Admin", "AllDatabases Admin": the scope comes first. A table's name may hold anything.</summary>
    private static AdxRoleScope ScopeOf(string role)
    {
        string first = role.Split(' ', 2)[0];
        if (first.Equals("Table", StringComparison.OrdinalIgnoreCase))
            return AdxRoleScope.Table;
        return first.Equals("Database", StringComparison.OrdinalIgnoreCase) ? AdxRoleScope.Database : AdxRoleScope.Cluster;
    }

    private static AdxRole RoleOf(string role)
    {
        string last = role[(role.LastIndexOf(' ') + 1)..];
        if (last.StartsWith("AllDatabases", StringComparison.OrdinalIgnoreCase))
            last = last["AllDatabases".Length..];
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
