namespace AdxFlow.Adx;

/// <summary>
/// The texts of the commands about roles, each built from <see cref="Kql"/> names and literals only. A table is that of the
/// database the command is sent to.
/// Source: <see href="https://learn.microsoft.com/kusto/management/security-roles"/>; where its examples and the official
/// parser differ (parentheses, the order of <c>skip-results</c> and notes), the parser is followed.
/// </summary>
internal static class RoleCommands
{
    public static string ShowPrincipals(string database, string? table) => $".show {Scope(database, table)} principals";

    /// <summary>The roles of who asks. Its page names the role Admin for all commands on it, so this one may be refused to others too.</summary>
    public static string ShowOwnRoles(string database, string? table) => $".show {Scope(database, table)} principal roles";

    /// <summary><c>.add</c>, which leaves everybody else in the role.</summary>
    public static string AddPrincipals(string database, string? table, AdxRole role, IReadOnlyList<AdxPrincipal> principals, string? notes) =>
        $".add {Scope(database, table)} {RoleName(role, table)} {List(principals)} skip-results{Notes(notes)}";

    public static string DropPrincipals(string database, string? table, AdxRole role, IReadOnlyList<AdxPrincipal> principals) =>
        $".drop {Scope(database, table)} {RoleName(role, table)} {List(principals)} skip-results";

    /// <summary><c>.set</c>, which takes the role from everybody who is not named. Only Set-AdxRole sends it.</summary>
    public static string SetPrincipals(string database, string? table, AdxRole role, IReadOnlyList<AdxPrincipal> principals, string? notes) =>
        $".set {Scope(database, table)} {RoleName(role, table)} {List(principals)} skip-results{Notes(notes)}";

    /// <summary><c>.set … none</c>, which takes the role from everybody.</summary>
    public static string SetNone(string database, string? table, AdxRole role) =>
        $".set {Scope(database, table)} {RoleName(role, table)} none skip-results";

    /// <summary>The role, as a command names it, if it exists there.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidRole</c>: it does not.</exception>
    public static string RoleName(AdxRole role, string? table)
    {
        AdxRoleScope scope = table is null ? AdxRoleScope.Database : AdxRoleScope.Table;
        if (!RolesOf(scope).Contains(role))
        {
            bool isOnDatabase = RolesOf(AdxRoleScope.Database).Contains(role);
            throw InvalidRole(isOnDatabase ? $"There is no role {role} on a table." : $"'{role}' is not a role that can be given.");
        }

        return role switch
        {
            AdxRole.Admin => "admins",
            AdxRole.User => "users",
            AdxRole.Viewer => "viewers",
            AdxRole.UnrestrictedViewer => "unrestrictedviewers",
            AdxRole.Ingestor => "ingestors",
            _ => "monitors",
        };
    }

    /// <summary>A role by its name, <c>Ingestor</c>, or as commands have it, <c>ingestors</c>; in any case of letters.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidRole</c>: it is none.</exception>
    public static AdxRole ParseRole(string text)
    {
        foreach (AdxRole role in RolesOf(AdxRoleScope.Database))
        {
            if (text.Equals(role.ToString(), StringComparison.OrdinalIgnoreCase) || text.Equals(RoleName(role, null), StringComparison.OrdinalIgnoreCase))
                return role;
        }

        throw InvalidRole($"'{text}' is not a role that can be given.");
    }

    /// <summary>The roles that commands can give in a scope. Those of the cluster are given in the Azure portal.</summary>
    public static IReadOnlyList<AdxRole> RolesOf(AdxRoleScope scope) => scope switch
    {
        AdxRoleScope.Table => [AdxRole.Admin, AdxRole.Ingestor],
        AdxRoleScope.Database => [AdxRole.Admin, AdxRole.Ingestor, AdxRole.Monitor, AdxRole.UnrestrictedViewer, AdxRole.User, AdxRole.Viewer],
        _ => [],
    };

    private static AdxException InvalidRole(string message) => new("AdxInvalidRole", AdxErrorKind.InvalidArgument, message)
    {
        RecommendedAction = $"On a table one can be {Words(AdxRoleScope.Table)}; on a database (without -Table) {Words(AdxRoleScope.Database)}.",
    };

    private static string Words(AdxRoleScope scope)
    {
        string[] names = [.. RolesOf(scope).Select(role => role.ToString())];
        return $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    private static string Scope(string database, string? table) => table is null ? "database " + Kql.Name(database) : "table " + Kql.Name(table);

    private static string List(IReadOnlyList<AdxPrincipal> principals) => principals.Count == 0
        ? throw new ArgumentException("A command about a role names at least one principal.", nameof(principals))
        : $"({string.Join(", ", principals.Select(principal => Kql.Principal(principal.ToString())))})";

    private static string Notes(string? notes) => string.IsNullOrEmpty(notes) ? string.Empty : " " + Kql.String(notes);
}
