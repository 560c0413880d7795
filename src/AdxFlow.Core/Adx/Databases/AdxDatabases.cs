using System.Globalization;

namespace AdxFlow.Adx;

/// <summary>Reads the databases of a cluster.</summary>
/// <param name="client">What sends the commands.</param>
public sealed class AdxDatabases(AdxClient client)
{
    private const string Operation = "Database";

    /// <summary>The databases that one may see.</summary>
    /// <param name="details">Ask for sizes, numbers of tables and periods as well.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The databases, by name.</returns>
    /// <exception cref="AdxException">As for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxDatabase>> GetAsync(bool details = false, CancellationToken cancellationToken = default)
    {
        string command = details ? DatabaseCommands.ShowDatabasesDetails : DatabaseCommands.ShowDatabases;
        AdxResultTable result = await client.ExecuteCommandAsync(command, new AdxRequestOptions { Operation = Operation }, cancellationToken);
        return [.. result.Rows.Select(row => Read(result, row, details)).OrderBy(database => database.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static AdxDatabase Read(AdxResultTable result, object?[] row, bool details) => new()
    {
        Name = result.Text(row, "DatabaseName") ?? string.Empty,
        PrettyName = result.Text(row, "PrettyName") ?? string.Empty,
        AccessMode = result.Text(row, "DatabaseAccessMode") ?? string.Empty,
        DatabaseId = Guid.TryParse(result.Text(row, "DatabaseId"), CultureInfo.InvariantCulture, out Guid id) ? id : null,
        Version = result.Text(row, "Version") ?? string.Empty,
        IsCurrent = result.Ordinal("IsCurrent") is >= 0 and int ordinal && row[ordinal] is true,
        SuspensionState = result.Text(row, "SuspensionState") ?? string.Empty,
        TotalSize = details ? result.Number(row, "TotalSize") : null,
        TableCount = details ? result.Number(row, "NumberOfTables") : null,
        RetentionPeriod = details ? PolicyReader.Span(PolicyReader.Cell(result, row, "RetentionPolicy"), "SoftDeletePeriod") : null,
        CachingPeriod = details ? PolicyReader.Span(PolicyReader.Cell(result, row, "CachingPolicy"), "DataHotSpan") : null,
    };
}
