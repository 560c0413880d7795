namespace AdxFlow.Adx;

/// <summary>
/// Gives and takes the right to ingest: the role Ingestor on a table with the role on the database it depends on,
/// or Ingestor on the whole database. Doing it twice changes nothing.
/// Source: <see href="https://learn.microsoft.com/azure/data-explorer/ingest-data-flink"/> and
/// <see href="https://learn.microsoft.com/kusto/access-control/role-based-access-control"/>.
/// </summary>
/// <param name="roles">What reads and changes roles.</param>
public sealed class AdxIngestorGrant(AdxRoles roles)
{
    /// <summary>Gives the right to ingest.</summary>
    /// <param name="principal">To whom.</param>
    /// <param name="table">The table; null means the whole database.</param>
    /// <param name="databaseRole">
    /// The role on the database. Null means User with a table, and nothing but Ingestor without one.
    /// </param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="notes">A note to be shown with what is added.</param>
    /// <param name="cancellationToken">Breaks off; what was added by then stays.</param>
    /// <returns>The roles the principal has on the database and the table, as read back.</returns>
    /// <exception cref="AdxException"><c>AdxForbidden</c>: one may not give that role. And as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxRoleAssignment>> GrantAsync(AdxPrincipal principal, string? table = null, AdxDatabaseRole? databaseRole = null, string? database = null, string? notes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principal);
        string where = database ?? roles.Connection.Database;
        var standing = new List<AdxRoleAssignment>();

        AdxRole[] onDatabase = OnDatabase(table, databaseRole);
        if (onDatabase.Length > 0)
            standing.AddRange(await EnsureAsync(principal, onDatabase, AdxRoleScope.Database, where, null, notes, cancellationToken));
        if (table is not null)
            standing.AddRange(await EnsureAsync(principal, [AdxRole.Ingestor], AdxRoleScope.Table, where, table, notes, cancellationToken));
        return Distinct(standing);
    }

    /// <summary>Takes the right to ingest away. What the principal does not have is left alone.</summary>
    /// <param name="principal">From whom.</param>
    /// <param name="table">The table; null means the whole database.</param>
    /// <param name="databaseRole">The role on the database to take as well. Null or None means none with a table, and Ingestor without one.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off; what was taken by then stays taken.</param>
    /// <returns>The roles the principal still has there, as read back.</returns>
    /// <exception cref="AdxException">As for <see cref="GrantAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxRoleAssignment>> RevokeAsync(AdxPrincipal principal, string? table = null, AdxDatabaseRole? databaseRole = null, string? database = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principal);
        string where = database ?? roles.Connection.Database;
        var standing = new List<AdxRoleAssignment>();
        if (table is not null)
            standing.AddRange(await RemoveAsync(principal, [AdxRole.Ingestor], AdxRoleScope.Table, where, table, cancellationToken));

        AdxRole[] onDatabase = OnDatabase(table, databaseRole ?? AdxDatabaseRole.None);
        if (onDatabase.Length > 0)
            standing.AddRange(await RemoveAsync(principal, onDatabase, AdxRoleScope.Database, where, null, cancellationToken));
        return Distinct(standing);
    }

    private static AdxRole[] OnDatabase(string? table, AdxDatabaseRole? databaseRole) => (table, databaseRole) switch
    {
        (null, AdxDatabaseRole.User) => [AdxRole.User, AdxRole.Ingestor],
        (null, _) => [AdxRole.Ingestor],
        (_, null or AdxDatabaseRole.User) => [AdxRole.User],
        (_, AdxDatabaseRole.Ingestor) => [AdxRole.Ingestor],
        _ => [],
    };

    private async Task<IReadOnlyList<AdxRoleAssignment>> EnsureAsync(AdxPrincipal principal, AdxRole[] wanted, AdxRoleScope scope, string database, string? table, string? notes, CancellationToken cancellationToken)
    {
        IReadOnlyList<AdxRoleAssignment> before = await roles.GetAsync(database, table, cancellationToken);
        bool changed = false;
        foreach (AdxRole role in wanted)
        {
            if (before.Any(assignment => assignment.Scope == scope && assignment.Role == role && assignment.IsFor(principal)))
                continue;
            await roles.AddAsync(scope, role, principal, database, table, notes, cancellationToken);
            changed = true;
        }

        IReadOnlyList<AdxRoleAssignment> after = changed ? await roles.GetAsync(database, table, cancellationToken) : before;
        // The service may know the principal by a name we cannot match; then what is new is it.
        return [.. after.Where(assignment => assignment.IsFor(principal)
            || (changed && wanted.Contains(assignment.Role) && assignment.Scope == scope && !before.Any(old => Same(old, assignment))))];
    }

    private async Task<IReadOnlyList<AdxRoleAssignment>> RemoveAsync(AdxPrincipal principal, AdxRole[] unwanted, AdxRoleScope scope, string database, string? table, CancellationToken cancellationToken)
    {
        IReadOnlyList<AdxRoleAssignment> standing = await roles.GetAsync(database, table, cancellationToken);
        bool changed = false;
        foreach (AdxRole role in unwanted)
        {
            if (!standing.Any(assignment => assignment.Scope == scope && assignment.Role == role && assignment.IsFor(principal)))
                continue;
            await roles.DropAsync(scope, role, principal, database, table, cancellationToken);
            changed = true;
        }

        if (changed)
            standing = await roles.GetAsync(database, table, cancellationToken);
        return [.. standing.Where(assignment => assignment.IsFor(principal))];
    }

    /// <summary>A table's list may repeat the roles of its database.</summary>
    private static List<AdxRoleAssignment> Distinct(List<AdxRoleAssignment> assignments)
    {
        var distinct = new List<AdxRoleAssignment>();
        foreach (AdxRoleAssignment assignment in assignments)
        {
            if (!distinct.Any(known => Same(known, assignment)))
                distinct.Add(assignment);
        }

        return distinct;
    }

    private static bool Same(AdxRoleAssignment left, AdxRoleAssignment right) =>
        left.RoleText == right.RoleText && left.Scope == right.Scope
        && left.PrincipalFqn.Equals(right.PrincipalFqn, StringComparison.OrdinalIgnoreCase);
}
