namespace AdxFlow.Adx;

/// <summary>
/// The texts of the commands about roles, each built from <see cref="Kql"/> names and literals only.
/// Source: <see href="https://learn.microsoft.com/kusto/management/security-roles"/>.
/// </summary>
internal static class RoleCommands
{
    public static string ShowDatabasePrincipals(string database) => $".show database {Kql.Name(database)} principals";

    public static string ShowTablePrincipals(string table) => $".show table {Kql.Name(table)} principals";

    /// <summary><c>.add</c>, which leaves everybody else in the role. (<c>.set</c> would not.)</summary>
    public static string AddPrincipal(string scope, AdxRole role, AdxPrincipal principal, string? notes) =>
        $".add {scope} {RoleName(role)} ({Kql.Principal(principal.ToString())})" + (string.IsNullOrEmpty(notes) ? string.Empty : " " + Kql.String(notes));

    public static string DropPrincipal(string scope, AdxRole role, AdxPrincipal principal) =>
        $".drop {scope} {RoleName(role)} ({Kql.Principal(principal.ToString())})";

    public static string DatabaseScope(string database) => "database " + Kql.Name(database);

    public static string TableScope(string table) => "table " + Kql.Name(table);

    private static string RoleName(AdxRole role) => role switch
    {
        AdxRole.Admin => "admins",
        AdxRole.User => "users",
        AdxRole.Viewer => "viewers",
        AdxRole.UnrestrictedViewer => "unrestrictedviewers",
        AdxRole.Ingestor => "ingestors",
        AdxRole.Monitor => "monitors",
        _ => throw new AdxException("AdxInvalidRole", AdxErrorKind.InvalidArgument, $"'{role}' is not a role that can be given."),
    };
}
