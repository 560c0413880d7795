namespace AdxFlow.Adx;

/// <summary>Reads, gives and takes roles on databases and tables. Never replaces a role's members.</summary>
/// <param name="client">What sends the commands.</param>
public sealed class AdxRoles(AdxClient client)
{
    private const string Operation = "Role";

    /// <summary>The connection that is used.</summary>
    internal AdxConnection Connection => client.Connection;

    /// <summary>Who has which role on a database or table. For a table the service may list roles that come from its database as well.</summary>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table; null means the database itself.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The roles.</returns>
    /// <exception cref="AdxException">As for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxRoleAssignment>> GetAsync(string? database = null, string? table = null, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        string command = table is null ? RoleCommands.ShowDatabasePrincipals(where) : RoleCommands.ShowTablePrincipals(table);
        AdxResultTable result = await client.ExecuteCommandAsync(command, Options(where, table), cancellationToken);
        return [.. result.Rows.Select(row => RoleText.Read(result, row, where, table))];
    }

    /// <summary>Gives a role. Where the principal has it already, nothing changes.</summary>
    /// <param name="scope">On a database or a table.</param>
    /// <param name="role">The role; on tables Admin and Ingestor.</param>
    /// <param name="principal">To whom.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table, for the scope Table.</param>
    /// <param name="notes">A note to be shown with it.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>When the service has done it.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidRole</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task AddAsync(AdxRoleScope scope, AdxRole role, AdxPrincipal principal, string? database = null, string? table = null, string? notes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principal);
        string where = database ?? client.Connection.Database;
        await client.ExecuteCommandAsync(RoleCommands.AddPrincipal(Scope(scope, where, table), role, principal, notes), Options(where, table), cancellationToken);
    }

    /// <summary>Takes a role away.</summary>
    /// <param name="scope">On a database or a table.</param>
    /// <param name="role">The role.</param>
    /// <param name="principal">From whom.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table, for the scope Table.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>When the service has done it.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidRole</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task DropAsync(AdxRoleScope scope, AdxRole role, AdxPrincipal principal, string? database = null, string? table = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principal);
        string where = database ?? client.Connection.Database;
        await client.ExecuteCommandAsync(RoleCommands.DropPrincipal(Scope(scope, where, table), role, principal), Options(where, table), cancellationToken);
    }

    private static string Scope(AdxRoleScope scope, string database, string? table) => scope switch
    {
        AdxRoleScope.Database => RoleCommands.DatabaseScope(database),
        AdxRoleScope.Table when table is not null => RoleCommands.TableScope(table),
        _ => throw new AdxException("AdxInvalidRole", AdxErrorKind.InvalidArgument, "A role is given on a database or on a table."),
    };

    private static AdxRequestOptions Options(string database, string? table) => new() { Database = database, Table = table, Operation = Operation };
}
