using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Showing the streaming requests that failed.</summary>
/// <remarks>Source: Microsoft Learn, ".show streamingingestion failures".</remarks>
internal static class StreamingFailureCommands
{
    private static readonly Column[] Columns =
    [
        new("Database", KustoType.String), new("Table", KustoType.String), new("Principal", KustoType.String), new("RootActivityId", KustoType.Guid),
        new("IngestionProperties", KustoType.Dynamic), new("Count", KustoType.Long), new("FirstFailureOn", KustoType.DateTime), new("LastFailureOn", KustoType.DateTime),
        new("FailureKind", KustoType.String), new("ErrorCode", KustoType.String), new("Details", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } = [new("show streamingingestion failures", Show)];

    /// <summary>All of them for an administrator or a monitor of their database, one's own for others.</summary>
    private static ResultSet Show(CommandContext context, CommandReader reader)
    {
        reader.ExpectEnd();
        IEnumerable<StreamingFailureCount> counts = context.Services.StreamingFailures.Counts.Where(c =>
            c.Failure.Principal == context.Caller.Fqn || context.Services.FindDatabase(c.Failure.Database)?.Access.CanShowPrincipals(context.Caller, null) == true);
        return ResultSet.FromRows(Columns, counts.Select(c => new object?[]
        {
            c.Failure.Database, c.Failure.Table, c.Failure.Principal, Guid.Parse(c.ActivityId), c.Failure.Properties, c.Count, c.FirstOn, c.LastOn,
            c.Failure.Permanent ? "Permanent" : "Transient", c.Failure.Code, c.Details,
        }));
    }
}
