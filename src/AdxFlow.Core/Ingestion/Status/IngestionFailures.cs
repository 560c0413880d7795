using AdxFlow.Adx;
using AdxFlow.Http;

namespace AdxFlow.Ingestion.Status;

/// <summary>
/// Reads what the engine has recorded of failed ingestions. The service's own queues of failures are left alone: they are
/// shared by all clients of a cluster, and what one takes out the others never see.
/// </summary>
/// <param name="client">What sends the command.</param>
public sealed class IngestionFailures(AdxClient client)
{
    /// <summary>The failures, the oldest first.</summary>
    /// <param name="table">Only those of this table; null for all of the database.</param>
    /// <param name="since">Only those recorded then or later, in UTC; null for all of the 14 days that are kept.</param>
    /// <param name="operationId">Only those of this operation of the engine; null for all.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="AdxException"><c>AdxForbidden</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxIngestionFailure>> GetAsync(string? table = null, DateTime? since = null, Guid? operationId = null, string? database = null, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        var options = new AdxRequestOptions { Database = where, Table = table, Operation = "IngestionFailure", NeededRole = $"Admin, User, Viewer or Monitor on database '{where}'" };
        AdxResultTable answer = await client.ExecuteCommandAsync(FailureCommands.ShowFailures(where, table, since, operationId), options, cancellationToken);
        return [.. answer.Rows.Select(row => Read(answer, row)).OrderBy(static failure => failure.FailedOn)];
    }

    private static AdxIngestionFailure Read(AdxResultTable answer, object?[] row)
    {
        string Text(string column) => Redaction.Clean(answer.Text(row, column) ?? string.Empty);
        return new AdxIngestionFailure
        {
            OperationId = Guid.TryParse(Text("OperationId"), out Guid id) ? id : Guid.Empty,
            Database = Text("Database"),
            Table = Text("Table"),
            FailedOn = answer.Ordinal("FailedOn") is >= 0 and var place && row[place] is DateTime time ? time : default,
            Source = SourceOf(Text("IngestionSourcePath")),
            Details = Text("Details"),
            ErrorCode = Text("ErrorCode"),
            FailureKind = Text("FailureKind"),
            ShouldRetry = Flag(Text("ShouldRetry")),
            OriginatesFromUpdatePolicy = Flag(Text("OriginatesFromUpdatePolicy")),
            OperationKind = Text("OperationKind"),
            Principal = Text("Principal"),
            IngestionProperties = Text("IngestionProperties"),
            RootActivityId = Text("RootActivityId"),
            NumberOfSources = answer.Number(row, "NumberOfSources"),
        };
    }

    /// <summary>The address without what gives the right to read it: a SAS, or a key or identity behind a semicolon.</summary>
    private static string SourceOf(string path) => Redaction.Address(path.Split(';')[0]);

    /// <summary>Whether it is so; the service writes such columns as bool, or as 0 and 1.</summary>
    private static bool? Flag(string text) => text switch
    {
        "1" => true,
        "0" => false,
        _ => bool.TryParse(text, out bool flag) ? flag : null,
    };
}
