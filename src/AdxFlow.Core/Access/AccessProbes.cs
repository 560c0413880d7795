using AdxFlow.Adx;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Access;

/// <summary>
/// Requests that change nothing, and that the service refuses to who lacks a role. Each is sent when its answer is first needed,
/// and only once. Which role each wants is in the "Permissions" of its page; the property names the page.
/// </summary>
internal sealed class AccessProbes
{
    private const string Operation = "Access";

    private readonly AdxClient _client;
    private readonly AdxRoles _roles;
    private readonly string _database;
    private readonly string? _table;
    private readonly AdxPrincipal? _principal;
    private readonly Lazy<Task<IReadOnlyList<AdxRoleAssignment>>> _ownRoles;
    private readonly Lazy<Task<AccessAnswer>> _query;
    private readonly Lazy<Task<AccessAnswer>> _schema;
    private readonly Lazy<Task<AccessAnswer>> _ingest;
    private readonly Lazy<Task<(AccessAnswer Answer, IReadOnlyList<AdxRoleAssignment> Roles)>> _principals;

    public AccessProbes(AdxClient client, string database, string? table, CancellationToken cancel)
    {
        _client = client;
        _roles = new AdxRoles(client);
        _database = database;
        _table = table;
        _ = AdxPrincipal.TryParse(client.Connection.Principal, out _principal);
        _ownRoles = new(() => GetOwnRolesAsync(cancel));
        _query = new(() => TryAsync(() => QueryAsync(cancel)));
        _schema = new(() => TryAsync(() => client.ExecuteCommandAsync(AccessCommands.ShowSchema(table), Options, cancel)));
        _ingest = new(() => AskIngestionAsync(cancel));
        _principals = new(() => GetPrincipalsAsync(cancel));
    }

    private AdxRequestOptions Options => new() { Database = _database, Table = _table, Operation = Operation };

    /// <summary>The principal's own roles here, as the service counts them; empty where it does not tell. Page: manage-table-security-roles.</summary>
    public Task<IReadOnlyList<AdxRoleAssignment>> OwnRoles => _ownRoles.Value;

    /// <summary>A query of no rows: Database Viewer or User. Page: role-based-access-control.</summary>
    public Task<AccessAnswer> Query => _query.Value;

    /// <summary>The columns of the table, or what the database is: Database User, Viewer or Monitor. Pages: show-table-schema-command, show-database.</summary>
    public Task<AccessAnswer> Schema => _schema.Value;

    /// <summary>
    /// The ingestion service's configuration, and the state of an operation that does not exist: Table Ingestor.
    /// Pages: queued-ingest-configuration-http, queued-ingest-status-http.
    /// </summary>
    public Task<AccessAnswer> Ingest => _ingest.Value;

    /// <summary>Who has which role: Admin, or a Monitor of the database. Pages: manage-database-security-roles, manage-table-security-roles.</summary>
    public async Task<AccessAnswer> GetPrincipalsAnswerAsync() => (await _principals.Value).Answer;

    /// <summary>The roles that stand under the principal's own name: its own, and where those do not do, those in the lists it may see.</summary>
    public async Task<AdxRoleAssignment?> FindRoleAsync(Func<AdxRoleAssignment, bool> isEnough)
    {
        if ((await OwnRoles).FirstOrDefault(isEnough) is { } own)
            return own;
        return _principal is null ? null : (await _principals.Value).Roles.FirstOrDefault(role => role.IsFor(_principal) && isEnough(role));
    }

    private static async Task<AccessAnswer> TryAsync(Func<Task> request)
    {
        try
        {
            await request();
            return AccessAnswer.Allowed;
        }
        catch (AdxException refused) when (refused.Kind == AdxErrorKind.PermissionDenied)
        {
            return new AccessAnswer(false, refused.Message);
        }
        catch (AdxException other) when (other.Kind is AdxErrorKind.NotFound or AdxErrorKind.InvalidArgument)
        {
            return new AccessAnswer(null, other.Message);
        }
    }

    private async Task<IReadOnlyList<AdxRoleAssignment>> GetOwnRolesAsync(CancellationToken cancel)
    {
        try
        {
            return await _roles.GetOwnAsync(_database, _table, cancel);
        }
        catch (AdxException unanswered) when (unanswered.Kind is AdxErrorKind.PermissionDenied or AdxErrorKind.InvalidArgument)
        {
            return [];
        }
    }

    private async Task<(AccessAnswer Answer, IReadOnlyList<AdxRoleAssignment> Roles)> GetPrincipalsAsync(CancellationToken cancel)
    {
        IReadOnlyList<AdxRoleAssignment> roles = [];
        AccessAnswer answer = await TryAsync(async () => roles = await _roles.GetAsync(_database, _table, cancel));
        return (answer, roles);
    }

    private async Task QueryAsync(CancellationToken cancel)
    {
        await using AdxQueryReader reader = await _client.QueryAsync(AccessCommands.QueryNothing(_table), Options, cancel);
        while (await reader.NextTableAsync(cancel))
        {
            while (await reader.ReadBlockAsync(cancel))
            {
                // A refusal may come behind the first table.
            }
        }
    }

    private async Task<AccessAnswer> AskIngestionAsync(CancellationToken cancel)
    {
        var service = new IngestionServiceClient(_client.Connection, _database, _table);
        AccessAnswer configuration = await TryIngestionAsync(() => service.GetConfigurationAsync(cancel));
        if (configuration.IsAllowed == false || _table is null)
            return configuration;

        // The configuration is that of the whole service; the state of an operation is that of a table.
        AccessAnswer status = await TryIngestionAsync(() => service.GetStatusAsync(Guid.NewGuid().ToString(), cancel));
        return status.IsAllowed == false ? status : configuration;
    }

    /// <summary>The ingestion service is another host: that it cannot be asked says nothing about roles.</summary>
    private static async Task<AccessAnswer> TryIngestionAsync(Func<Task> request)
    {
        try
        {
            return await TryAsync(request);
        }
        catch (AdxException unanswered) when (unanswered.Kind != AdxErrorKind.AuthenticationFailed)
        {
            return new AccessAnswer(null, unanswered.Message);
        }
    }
}
