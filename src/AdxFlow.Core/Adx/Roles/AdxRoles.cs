namespace AdxFlow.Adx;

/// <summary>
/// Reads, gives and takes roles on databases and tables. Giving and taking leave everybody else as they are, and doing it
/// twice changes nothing; only <see cref="ReplaceAsync"/> takes a role from whoever is not named.
/// Source: <see href="https://learn.microsoft.com/kusto/management/security-roles"/>.
/// </summary>
/// <param name="client">What sends the commands.</param>
public sealed class AdxRoles(AdxClient client)
{
    private const string Operation = "Role";

    /// <summary>The connection that is used.</summary>
    internal AdxConnection Connection => client.Connection;

    /// <summary>The roles that can be given in a scope: Admin and Ingestor on a table, six on a database, none on a cluster (that is done in the Azure portal).</summary>
    /// <param name="scope">The scope.</param>
    /// <returns>The roles.</returns>
    public static IReadOnlyList<AdxRole> RolesOf(AdxRoleScope scope) => RoleCommands.RolesOf(scope);

    /// <summary>Reads a role that can be given: <c>Ingestor</c>, or <c>ingestors</c> as commands have it, in any case of letters.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The role.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidRole</c>: it is none; the recommended action names them.</exception>
    public static AdxRole ParseRole(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return RoleCommands.ParseRole(text);
    }

    /// <summary>Who has which role on a database or table. For a table the service may list roles that come from its database as well.</summary>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table; null means the database itself.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The roles.</returns>
    /// <exception cref="AdxException">As for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxRoleAssignment>> GetAsync(string? database = null, string? table = null, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        AdxResultTable result = await ExecuteAsync(RoleCommands.ShowPrincipals(where, table), where, table, cancellationToken);
        return [.. result.Rows.Select(row => RoleText.Read(result, row, where, table))];
    }

    /// <summary>Gives a role to a principal. Where it has it already, nothing changes.</summary>
    /// <param name="role">The role; on a table Admin or Ingestor.</param>
    /// <param name="principal">To whom.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table; null means the database itself.</param>
    /// <param name="notes">A note to be shown with it.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The role as it stands, read back.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidRole</c>: there is no such role there, and nothing was sent. <c>AdxForbidden</c>: one may not give it. And as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxRoleAssignment>> GrantAsync(AdxRole role, AdxPrincipal principal, string? database = null, string? table = null, string? notes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principal);
        IReadOnlyList<AdxRoleAssignment> standing = await EnsureAsync(principal, [role], database ?? client.Connection.Database, table, notes, cancellationToken);
        return [.. standing.Where(assignment => assignment.Is(role, table))];
    }

    /// <summary>Takes a role from a principal. Where it does not have it, nothing changes.</summary>
    /// <param name="role">The role; on a table Admin or Ingestor.</param>
    /// <param name="principal">From whom.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table; null means the database itself.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The roles that the principal has left there, read back.</returns>
    /// <exception cref="AdxException">As for <see cref="GrantAsync"/>.</exception>
    public Task<IReadOnlyList<AdxRoleAssignment>> RevokeAsync(AdxRole role, AdxPrincipal principal, string? database = null, string? table = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return RemoveAsync(principal, [role], database ?? client.Connection.Database, table, cancellationToken);
    }

    /// <summary>Who has the role and is not among those named: who would lose it by <see cref="ReplaceAsync"/>.</summary>
    /// <param name="role">The role; on a table Admin or Ingestor.</param>
    /// <param name="principals">Those who would keep it.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table; null means the database itself.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The roles that would be lost.</returns>
    /// <exception cref="AdxException">As for <see cref="GrantAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxRoleAssignment>> GetOthersAsync(AdxRole role, IReadOnlyList<AdxPrincipal> principals, string? database = null, string? table = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principals);
        _ = RoleCommands.RoleName(role, table);
        IReadOnlyList<AdxRoleAssignment> standing = await GetAsync(database, table, cancellationToken);
        return [.. standing.Where(assignment => assignment.Is(role, table) && !principals.Any(assignment.IsFor))];
    }

    /// <summary>Gives a role to the principals named and takes it from everybody else, in one step (<c>.set</c>).</summary>
    /// <param name="role">The role; on a table Admin or Ingestor.</param>
    /// <param name="principals">Who has the role afterwards; empty means nobody.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table; null means the database itself.</param>
    /// <param name="notes">A note to be shown with it.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>Everybody who has the role now, read back.</returns>
    /// <exception cref="AdxException">As for <see cref="GrantAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxRoleAssignment>> ReplaceAsync(AdxRole role, IReadOnlyList<AdxPrincipal> principals, string? database = null, string? table = null, string? notes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principals);
        string where = database ?? client.Connection.Database;
        string command = principals.Count == 0
            ? RoleCommands.SetNone(where, table, role)
            : RoleCommands.SetPrincipals(where, table, role, principals, notes);
        await ExecuteAsync(command, where, table, cancellationToken);
        IReadOnlyList<AdxRoleAssignment> standing = await ReadBackAsync(where, table, cancellationToken);
        return [.. standing.Where(assignment => assignment.Is(role, table))];
    }

    /// <summary>The roles of the connection's own principal, as the service counts them.</summary>
    internal async Task<IReadOnlyList<AdxRoleAssignment>> GetOwnAsync(string database, string? table, CancellationToken cancellationToken)
    {
        AdxResultTable result = await ExecuteAsync(RoleCommands.ShowOwnRoles(database, table), database, table, cancellationToken);
        return [.. result.Rows.Select(row => RoleText.ReadOwn(result, row, database, table, Connection.Principal))];
    }

    /// <summary>Gives what of the roles is missing; returns all roles of the principal there. Who has which role is asked, unless it is known.</summary>
    internal async Task<IReadOnlyList<AdxRoleAssignment>> EnsureAsync(AdxPrincipal principal, AdxRole[] wanted, string database, string? table, string? notes, CancellationToken cancellationToken, IReadOnlyList<AdxRoleAssignment>? known = null)
    {
        Check(wanted, table);
        IReadOnlyList<AdxRoleAssignment> before = known ?? await GetAsync(database, table, cancellationToken);
        bool changed = false;
        foreach (AdxRole role in wanted)
        {
            if (before.Any(assignment => assignment.Is(role, table) && assignment.IsFor(principal)))
                continue;
            await ChangeAsync(RoleCommands.AddPrincipals(database, table, role, [principal], notes), database, table, changed, cancellationToken);
            changed = true;
        }

        IReadOnlyList<AdxRoleAssignment> after = changed ? await ReadBackAsync(database, table, cancellationToken) : before;
        // The service may know the principal by a name we cannot match; then what is new is it.
        return [.. after.Where(assignment => assignment.IsFor(principal)
            || (changed && wanted.Any(role => assignment.Is(role, table)) && !before.Any(assignment.IsSame)))];
    }

    /// <summary>Takes what of the roles the principal has; returns all that it has left there.</summary>
    internal async Task<IReadOnlyList<AdxRoleAssignment>> RemoveAsync(AdxPrincipal principal, AdxRole[] unwanted, string database, string? table, CancellationToken cancellationToken)
    {
        Check(unwanted, table);
        IReadOnlyList<AdxRoleAssignment> standing = await GetAsync(database, table, cancellationToken);
        bool changed = false;
        foreach (AdxRole role in unwanted)
        {
            AdxRoleAssignment[] members = [.. standing.Where(assignment => assignment.Is(role, table))];
            // Somebody named otherwise than by an id may be listed under an id alone; the service knows who is meant.
            if (!members.Any(assignment => assignment.IsFor(principal)) && (members.Length == 0 || Guid.TryParse(principal.Id, out _)))
                continue;
            await ChangeAsync(RoleCommands.DropPrincipals(database, table, role, [principal]), database, table, changed, cancellationToken);
            changed = true;
        }

        if (changed)
            standing = await ReadBackAsync(database, table, cancellationToken);
        return [.. standing.Where(assignment => assignment.IsFor(principal))];
    }

    /// <summary>All roles are looked at before anything is sent.</summary>
    private static void Check(AdxRole[] roles, string? table)
    {
        foreach (AdxRole role in roles)
            _ = RoleCommands.RoleName(role, table);
    }

    private async Task ChangeAsync(string command, string database, string? table, bool isFurther, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(command, database, table, cancellationToken);
        }
        catch (AdxException failure) when (isFurther)
        {
            throw failure.After("Another of the roles was changed before, which stays.");
        }
    }

    private async Task<IReadOnlyList<AdxRoleAssignment>> ReadBackAsync(string database, string? table, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(database, table, cancellationToken);
        }
        catch (AdxException failure)
        {
            throw failure.After("The roles were changed all the same; they could only not be read back.");
        }
    }

    private Task<AdxResultTable> ExecuteAsync(string command, string database, string? table, CancellationToken cancellationToken) =>
        client.ExecuteCommandAsync(command, new AdxRequestOptions { Database = database, Table = table, Operation = Operation }, cancellationToken);
}
