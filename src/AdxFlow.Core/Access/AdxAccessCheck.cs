using AdxFlow.Adx;

namespace AdxFlow.Access;

/// <summary>
/// Tells what the connection's principal may do, before a job starts. It changes nothing: it reads roles, and makes requests
/// that the service refuses to who lacks a role. A role may come from a group, which no list shows; so a refusal is a no, a role
/// under one's own name or a request that goes through is a yes, and where there is neither, it is not known.
/// </summary>
/// <param name="client">What sends the requests.</param>
public sealed class AdxAccessCheck(AdxClient client)
{
    /// <summary>The operations that mean something for a database, or for a table.</summary>
    /// <param name="onTable">Whether it is a table.</param>
    /// <returns>All operations; for a table those without <see cref="AdxOperation.CreateTable"/>.</returns>
    public static IReadOnlyList<AdxOperation> OperationsOn(bool onTable) =>
        [.. Enum.GetValues<AdxOperation>().Where(operation => !onTable || operation != AdxOperation.CreateTable)];

    /// <summary>Tells what may be done.</summary>
    /// <param name="operations">
    /// What is asked about; null means all that <see cref="OperationsOn"/> names. <see cref="AdxOperation.CreateTable"/> is about the
    /// database even if a table is named, which need not exist then.
    /// </param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="table">The table; null means the database as a whole.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>One answer for each operation.</returns>
    /// <exception cref="AdxException">
    /// It cannot be asked: <c>AdxTableNotFound</c>, <c>AdxDatabaseNotFound</c>, <c>AdxAuthenticationFailed</c>, <c>AdxConnectionFailed</c>, <c>AdxTimeout</c>.
    /// </exception>
    public async Task<IReadOnlyList<AdxAccess>> TestAsync(IReadOnlyCollection<AdxOperation>? operations = null, string? database = null, string? table = null, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        var ofDatabase = new AccessProbes(client, where, null, cancellationToken);
        AccessProbes ofTarget = table is null ? ofDatabase : new AccessProbes(client, where, table, cancellationToken);

        var answers = new List<AdxAccess>();
        foreach (AdxOperation operation in (operations ?? OperationsOn(table is not null)).Distinct())
        {
            // Before it is asked what may be done with a table: whether there is one.
            _ = operation == AdxOperation.CreateTable ? await ofDatabase.OwnRoles : await ofTarget.OwnRoles;
            AccessVerdict verdict = await new AccessRules(ofDatabase, ofTarget, table, IsUnnamed(client.Connection)).JudgeAsync(operation);
            answers.Add(Describe(operation, where, operation == AdxOperation.CreateTable ? null : table, verdict));
        }

        return answers;
    }

    /// <summary>Who sends no token is nobody in particular, and a server that takes requests from nobody gives roles to nobody.</summary>
    private static bool IsUnnamed(AdxConnection connection) => connection.SignIn == AdxSignInKind.Local && !AdxPrincipal.TryParse(connection.Principal, out _);

    private AdxAccess Describe(AdxOperation operation, string database, string? table, AccessVerdict verdict)
    {
        string? missing = null;
        string? command = null;
        if (verdict is { IsAllowed: false, Missing: { } role })
        {
            string principal = Quote(client.Connection.Principal ?? "aadapp=<application id>;<tenant id>");
            string on = verdict.MissingOnTable ? $" -Table {Quote(table!)}" : string.Empty;
            missing = verdict.MissingOnTable ? $"Table {table} {role}" : $"Database {database} {role}";
            command = (operation == AdxOperation.Ingest ? $"Grant-AdxIngestor -Principal {principal}" : $"Grant-AdxRole -Role {role} -Principal {principal}")
                + on + $" -Database {Quote(database)}";
        }

        return new AdxAccess
        {
            Database = database,
            Table = table,
            Principal = client.Connection.Principal,
            Operation = operation,
            IsAllowed = verdict.IsAllowed,
            Reason = verdict.Reason,
            MissingRole = missing,
            RecommendedCommand = command,
        };
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
