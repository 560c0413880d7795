using System.Globalization;
using AdxFlow.Adx;
using AdxFlow.Flow;

namespace AdxFlow.Connector;

/// <summary>
/// Looks at a table before a flow takes rows from it. Experience Platform reads it by queries, and the answer to a query ends at 500,000
/// rows or 64 MB; nothing tells that rows are missing behind that. Source:
/// <see href="https://learn.microsoft.com/kusto/concepts/query-limits#limit-on-result-set-size-result-truncation"/>.
/// </summary>
/// <param name="client">What asks.</param>
internal sealed class FlowPreflight(AdxClient client)
{
    /// <summary>The most rows in the answer to a query.</summary>
    public const long MostRows = 500_000;

    /// <summary>The most bytes in the answer to a query.</summary>
    public const long MostBytes = 64L * 1024 * 1024;

    private const string Operation = "Preflight";

    // Enough to see a day of the week and an end of a month; older windows say little about those to come.
    private static readonly TimeSpan LeastHistory = TimeSpan.FromDays(30);
    private const int LeastWindows = 4;

    /// <summary>Looks at the table.</summary>
    /// <param name="table">The table, as exploring names it.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="schedule">When the flow runs; null for no schedule.</param>
    /// <param name="deltaColumn">Its delta column; null for none.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>What there is to warn of; empty where there is nothing.</returns>
    /// <exception cref="AdxException">The cluster cannot be asked.</exception>
    public async Task<IReadOnlyList<string>> CheckAsync(string table, string? database, FlowSchedule? schedule, string? deltaColumn, CancellationToken cancellationToken)
    {
        string where = database ?? client.Connection.Database;
        if (await FindAsync(table, where, cancellationToken) is not { } found)
            return [$"Database '{where}' on {client.Connection.Cluster.Host} has no table '{table}'; its rows could not be counted."];

        var warnings = new List<string>();
        AdxColumn? delta = found.Columns.FirstOrDefault(column => column.Name == deltaColumn);
        if (deltaColumn is not null && delta?.Type != AdxType.DateTime)
            warnings.Add(delta is null ? $"Table '{found.Name}' has no column '{deltaColumn}'." : $"The delta column '{deltaColumn}' is of type {AdxTypes.Name(delta.Type)}, not datetime: runs may find no new rows, or always the same.");
        if (schedule is { Frequency: FlowFrequency.Once } or { Backfill: true })
            WarnOfSize(warnings, $"The first run, which takes all of table '{found.Name}',", found.RowCount, found, "Bring the history in by smaller windows: a flow of frequency Once, and Start-FlowRun for one window after the other.");
        if (schedule?.Period is { } period && delta?.Type == AdxType.DateTime)
        {
            long? most = await CountAsync(found, delta.Name, period, cancellationToken);
            WarnOfSize(warnings, $"The fullest window ({schedule}) of table '{found.Name}'", most, found, "Choose a shorter -Interval or -Frequency, or a table or materialized view with fewer rows or columns.");
        }
        return warnings;
    }

    /// <summary>Looks at the table that a flow is to take rows from, once it is found out which one that is.</summary>
    /// <param name="flows">What asks Experience Platform.</param>
    /// <param name="definition">The flow.</param>
    /// <param name="connectionId">The base connection; null means that of the flow's source.</param>
    /// <param name="table">The table, as exploring names it; null means that of the flow's source.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>What there is to warn of; empty where there is nothing.</returns>
    /// <exception cref="AdxException">Experience Platform or the cluster cannot be asked.</exception>
    public async Task<IReadOnlyList<string>> CheckAsync(FlowClient flows, FlowDefinition definition, string? connectionId, string? table, CancellationToken cancellationToken)
    {
        FlowSource? source = definition.SourceId is null ? null : await new FlowSources(flows).GetAsync(definition.SourceId, cancellationToken);
        if ((table ?? source?.Table) is not { } name)
            return [$"The source '{source?.Name}' is no table; it could not be looked at."];
        FlowConnection? connection = (connectionId ?? source?.ConnectionId) is { } id ? await new FlowConnections(flows).GetAsync(id, cancellationToken) : null;
        return await CheckAsync(name, connection?.Database, definition.Schedule, definition.DeltaColumn, cancellationToken);
    }

    private static void WarnOfSize(List<string> warnings, string what, long? rows, AdxTable table, string advice)
    {
        if (rows is not { } count)
            return;
        // Sizes of answers are not known before; what the rows were when they came is near enough for a warning.
        long? bytes = table is { RowCount: > 0, OriginalSize: { } size } ? (long)(size * ((double)count / table.RowCount.Value)) : null;
        if (count <= MostRows && bytes is null or <= MostBytes)
            return;
        string amount = bytes is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows, about {known / (1024.0 * 1024):N0} MB")
            : string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows");
        warnings.Add($"{what} has {amount}. An answer of Azure Data Explorer ends at 500,000 rows or 64 MB, and rows behind that may be missing or the run may fail. {advice}");
    }

    /// <summary>The connector may put the database before the name of a table.</summary>
    private async Task<AdxTable?> FindAsync(string table, string database, CancellationToken cancellationToken)
    {
        var tables = new AdxTables(client);
        if (await tables.FindAsync(table, database, details: true, cancellationToken) is { } found)
            return found;
        int dot = table.LastIndexOf('.');
        return dot < 0 ? null : await tables.FindAsync(table[(dot + 1)..], database, details: true, cancellationToken);
    }

    private async Task<long?> CountAsync(AdxTable table, string column, TimeSpan period, CancellationToken cancellationToken)
    {
        TimeSpan history = period * LeastWindows > LeastHistory ? period * LeastWindows : LeastHistory;
        string query = PreflightCommands.MostRows(table.Name, column, period, DateTime.UtcNow - history);
        var options = new AdxRequestOptions { Database = table.Database, Table = table.Name, Operation = Operation };
        await using AdxQueryReader reader = await client.QueryAsync(query, options, cancellationToken);
        long? most = null;
        while (await reader.NextTableAsync(cancellationToken))
        {
            while (await reader.ReadBlockAsync(cancellationToken))
                most ??= reader.Rows is [[{ } value, ..], ..] ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
        }
        return most;
    }
}
