using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Access;

/// <summary>Who has which role in a database and its tables, and what the roles allow.</summary>
/// <remarks>Source: Microsoft Learn, "Kusto role-based access control" and the "Permissions" section of each command's page.</remarks>
internal sealed class AccessControl(string database)
{
    private const string DatabaseAccessType = "Kusto.DataNode.Exceptions.UnauthorizedDatabaseAccessException";
    private const string AuthorizationType = "Kusto.Common.Svc.Exceptions.AuthorizationException";

    private readonly RoleMembers[] _database = [.. Enum.GetValues<DatabaseRole>().Select(_ => new RoleMembers())];
    private readonly ConcurrentDictionary<(string Table, TableRole Role), RoleMembers> _tables = new();

    public RoleMembers Members(DatabaseRole role) => _database[(int)role];

    public RoleMembers Members(string table, TableRole role) => _tables.GetOrAdd((table, role), _ => new RoleMembers());

    /// <summary>Forgets the roles of a table that is no more.</summary>
    public void RemoveTable(string table)
    {
        foreach (TableRole role in Enum.GetValues<TableRole>())
            _tables.TryRemove((table, role), out _);
    }

    public bool IsAdmin(Caller caller) => caller.IsAdministrator || Has(caller, DatabaseRole.Admins);

    /// <summary>Any role in the database or one of its tables.</summary>
    public bool CanSee(Caller caller) =>
        caller.IsAdministrator || Array.Exists(_database, m => m.Contains(caller)) || _tables.Values.Any(m => m.Contains(caller));

    public bool CanShowSchema(Caller caller) =>
        IsAdmin(caller) || Has(caller, DatabaseRole.Users, DatabaseRole.Viewers, DatabaseRole.Monitors);

    public bool CanShowPrincipals(Caller caller, string? table) =>
        IsAdmin(caller) || Has(caller, DatabaseRole.Monitors) || (table is not null && Members(table, TableRole.Admins).Contains(caller));

    /// <summary>Database Ingestor, or Table Ingestor (Table Admin includes it) with a role in the database.</summary>
    public bool CanIngest(Caller caller, string table) =>
        IsAdmin(caller) || Has(caller, DatabaseRole.Ingestors)
        || (Array.Exists(_database, m => m.Contains(caller))
            && (Members(table, TableRole.Ingestors).Contains(caller) || Members(table, TableRole.Admins).Contains(caller)));

    public bool CanIngestAnywhere(Caller caller) =>
        IsAdmin(caller) || Has(caller, DatabaseRole.Ingestors) || _tables.Keys.Any(k => CanIngest(caller, k.Table));

    public bool CanAdminister(Caller caller, string table) => IsAdmin(caller) || Members(table, TableRole.Admins).Contains(caller);

    /// <summary>True where the principal has the role in the database that a role on a table depends on.</summary>
    public bool MayHold(Principal principal, TableRole role) =>
        Members(DatabaseRole.Admins).Contains(principal) || Members(DatabaseRole.Users).Contains(principal)
        || (role == TableRole.Ingestors && Members(DatabaseRole.Ingestors).Contains(principal));

    public void DemandQuery(Caller caller)
    {
        if (!IsAdmin(caller) && !Has(caller, DatabaseRole.Users, DatabaseRole.Viewers))
            throw ServiceException.Forbidden(DatabaseAccessType, $"Principal '{caller.Fqn}' is not authorized to read database '{database}'.");
    }

    public void DemandShowSchema(Caller caller, string operation) => Demand(CanShowSchema(caller), caller, operation, OnDatabase);

    public void DemandCreateTable(Caller caller) =>
        Demand(IsAdmin(caller) || Has(caller, DatabaseRole.Users), caller, "TableCreateCommand", OnDatabase);

    /// <summary>For what concerns all tables: Database Ingestor.</summary>
    public void DemandIngest(Caller caller) => Demand(IsAdmin(caller) || Has(caller, DatabaseRole.Ingestors), caller, "Ingest", OnDatabase);

    public void DemandIngest(Caller caller, string table) => Demand(CanIngest(caller, table), caller, "Ingest", OnTable(table));

    public void DemandAdminister(Caller caller, string operation) => Demand(IsAdmin(caller), caller, operation, OnDatabase);

    public void DemandAdminister(Caller caller, string table, string operation) => Demand(CanAdminister(caller, table), caller, operation, OnTable(table));

    public void DemandShowPrincipals(Caller caller, string? table) =>
        Demand(CanShowPrincipals(caller, table), caller, "ShowPrincipalsCommand", table is null ? OnDatabase : OnTable(table));

    /// <exception cref="ServiceException">403, unless allowed.</exception>
    public static void Demand(bool allowed, Caller caller, string operation, string scope)
    {
        if (!allowed)
            throw ServiceException.Forbidden(AuthorizationType, $"Principal '{caller.Fqn}' is not authorized to perform operation '{operation}' on {scope}.");
    }

    private string OnDatabase => $"database '{database}'";

    private string OnTable(string table) => $"table '{table}' in database '{database}'";

    private bool Has(Caller caller, params DatabaseRole[] roles) => Array.Exists(roles, r => Members(r).Contains(caller));
}
