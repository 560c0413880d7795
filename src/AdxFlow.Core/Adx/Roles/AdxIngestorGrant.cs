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
        // A table that is not there, or that one may not administer, is told before a role on the database is given for it.
        IReadOnlyList<AdxRoleAssignment>? onTable = table is null ? null : await roles.GetAsync(where, table, cancellationToken);
        if (onDatabase.Length > 0)
            standing.AddRange(await roles.EnsureAsync(principal, onDatabase, where, null, notes, cancellationToken));
        if (table is null)
            return Distinct(standing);

        try
        {
            standing.AddRange(await roles.EnsureAsync(principal, [AdxRole.Ingestor], where, table, notes, cancellationToken, onTable));
        }
        catch (AdxException failure) when (onDatabase.Length > 0)
        {
            throw failure.After($"'{principal}' has the role {onDatabase[0]} on database '{where}' by now, which stays.");
        }

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
            standing.AddRange(await roles.RemoveAsync(principal, [AdxRole.Ingestor], where, table, cancellationToken));

        AdxRole[] onDatabase = OnDatabase(table, databaseRole ?? AdxDatabaseRole.None);
        if (onDatabase.Length == 0)
            return Distinct(standing);

        try
        {
            standing.AddRange(await roles.RemoveAsync(principal, onDatabase, where, null, cancellationToken));
        }
        catch (AdxException failure) when (table is not null)
        {
            throw failure.After($"'{principal}' does not have the role Ingestor on table '{table}' any more.");
        }

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

    /// <summary>A table's list may repeat the roles of its database.</summary>
    private static List<AdxRoleAssignment> Distinct(List<AdxRoleAssignment> assignments)
    {
        var distinct = new List<AdxRoleAssignment>();
        foreach (AdxRoleAssignment assignment in assignments)
        {
            if (!distinct.Any(assignment.IsSame))
                distinct.Add(assignment);
        }

        return distinct;
    }
}
