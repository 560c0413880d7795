namespace AdxFlow.Adx;

/// <summary>Reads, sets and removes the policies of tables.</summary>
/// <param name="client">What sends the commands.</param>
public sealed class AdxTablePolicies(AdxClient client)
{
    private const string Operation = "TablePolicy";

    /// <summary>A policy of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="kind">Which policy.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The policy; one that <see cref="AdxTablePolicy.IsInherited"/> where the table has none of its own.</returns>
    /// <exception cref="AdxException"><c>AdxTableNotFound</c>, <c>AdxInvalidResult</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<AdxTablePolicy> GetAsync(string table, AdxTablePolicyKind kind, string? database = null, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        AdxResultTable result = await client.ExecuteCommandAsync(PolicyCommands.Show(table, kind), Options(where, table), cancellationToken);
        return Read(result, kind, where, table);
    }

    /// <summary>Sets a policy of a table, as it is given or by changing what it says.</summary>
    /// <param name="table">The table. That of <paramref name="policy"/> does not matter, so that policies can be copied.</param>
    /// <param name="policy">The policy. One that <see cref="AdxTablePolicy.IsInherited"/> takes the table's own away.</param>
    /// <param name="merge">Leave what is null in <paramref name="policy"/>, and the windows of caching, as they are, rather than set them to their default.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The policy as it stands now.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxInvalidPolicy</c>: a value is outside of the documented limits; nothing was sent. <c>AdxForbidden</c>: it takes the role
    /// Admin on the table. <c>AdxTableNotFound</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.
    /// </exception>
    public async Task<AdxTablePolicy> SetAsync(string table, AdxTablePolicy policy, bool merge = false, string? database = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.IsInherited)
            return await RemoveAsync(table, policy.Policy, database, cancellationToken);

        PolicyLimits.Check(policy);
        string where = database ?? client.Connection.Database;
        // The service has no merging command for caching.
        AdxTablePolicy wanted = merge && policy is AdxCachingPolicy { HotWindows.Count: 0 } caching
            ? await WithWindowsAsync(caching, table, where, cancellationToken)
            : policy;
        string command = merge ? PolicyCommands.AlterMerge(table, wanted) : PolicyCommands.Alter(table, wanted);
        AdxResultTable result = await client.ExecuteCommandAsync(command, Options(where, table, isChange: true), cancellationToken);
        return result.Rows.Count > 0 && result.Ordinal("Policy") >= 0
            ? Read(result, policy.Policy, where, table)
            : await GetAsync(table, policy.Policy, where, cancellationToken);
    }

    /// <summary>Takes a policy of a table away, so that the database's holds, or the default. Where there is none, nothing changes.</summary>
    /// <param name="table">The table.</param>
    /// <param name="kind">Which policy.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The policy as it stands now: inherited.</returns>
    /// <exception cref="AdxException"><c>AdxForbidden</c>: it takes the role Admin on the table. <c>AdxTableNotFound</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<AdxTablePolicy> RemoveAsync(string table, AdxTablePolicyKind kind, string? database = null, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        await client.ExecuteCommandAsync(PolicyCommands.Delete(table, kind), Options(where, table, isChange: true), cancellationToken);
        return PolicyReader.Read(kind, null, where, table);
    }

    private async Task<AdxCachingPolicy> WithWindowsAsync(AdxCachingPolicy policy, string table, string database, CancellationToken cancellationToken)
    {
        var standing = (AdxCachingPolicy)await GetAsync(table, AdxTablePolicyKind.Caching, database, cancellationToken);
        return new AdxCachingPolicy { Database = database, Table = table, CachingPeriod = policy.CachingPeriod, HotWindows = standing.HotWindows };
    }

    private static AdxTablePolicy Read(AdxResultTable result, AdxTablePolicyKind kind, string database, string table) =>
        PolicyReader.Read(kind, result.Rows.Count == 0 ? null : PolicyReader.Cell(result, result.Rows[0], "Policy"), database, table);

    private static AdxRequestOptions Options(string database, string table, bool isChange = false) =>
        new() { Database = database, Table = table, Operation = Operation, NeededRole = isChange ? $"Admin on table '{table}'" : $"User, Viewer or Monitor on database '{database}'" };
}
