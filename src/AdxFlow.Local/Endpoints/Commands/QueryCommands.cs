using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Queries;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Cancelling and showing queries.</summary>
/// <remarks>Source: Microsoft Learn, ".cancel query" and ".show queries". What the first returns is not documented; here it is the
/// queries that were told to stop.</remarks>
internal static class QueryCommands
{
    private const int MaxText = 64 * 1024;

    private static readonly Column[] CancelledColumns =
    [
        new("ClientActivityId", KustoType.String), new("RootActivityId", KustoType.Guid), new("State", KustoType.String),
    ];

    private static readonly Column[] QueriesColumns =
    [
        new("ClientActivityId", KustoType.String), new("Text", KustoType.String), new("Database", KustoType.String), new("StartedOn", KustoType.DateTime),
        new("LastUpdatedOn", KustoType.DateTime), new("Duration", KustoType.TimeSpan), new("State", KustoType.String), new("RootActivityId", KustoType.Guid),
        new("User", KustoType.String), new("FailureReason", KustoType.String), new("TotalCpu", KustoType.TimeSpan), new("CacheStatistics", KustoType.Dynamic),
        new("Application", KustoType.String), new("MemoryPeak", KustoType.Long), new("ScannedExtentsStatistics", KustoType.Dynamic),
        new("Principal", KustoType.String), new("ClientRequestProperties", KustoType.Dynamic), new("ResultSetStatistics", KustoType.Dynamic),
        new("WorkloadGroup", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("cancel query", Cancel),
        new("show queries", (context, reader) => Show(context, reader, context.Services.Queries.Ended)),
        new("show running queries", ShowRunning),
    ];

    /// <summary>Stops the running queries of that client request id: one's own, and as an administrator of the database all of them.</summary>
    private static ResultSet Cancel(CommandContext context, CommandReader reader)
    {
        string id = reader.ReadLiteral("the client activity id of a query");
        Dictionary<string, string> properties = reader.ReadProperties();
        if (properties.Keys.Any(k => !k.Equals("reason", StringComparison.OrdinalIgnoreCase))) throw reader.Error("The only property here is reason.");
        reader.ExpectEnd();
        List<RunningQuery> queries = [.. context.Services.Queries.Running.Where(q => q.ClientRequestId == id)];
        foreach (RunningQuery query in queries)
        {
            bool allowed = query.Caller.Principal == context.Caller.Principal || query.Database.Access.IsAdmin(context.Caller);
            AccessControl.Demand(allowed, context.Caller, "CancelQueryCommand", $"query '{id}'");
        }

        queries.ForEach(q => q.Cancel(properties.GetValueOrDefault("reason", "")));
        return ResultSet.FromRows(CancelledColumns, queries.Select(q => new object?[] { q.ClientRequestId, q.ActivityId, nameof(QueryState.Cancelled) }));
    }

    private static ResultSet ShowRunning(CommandContext context, CommandReader reader)
    {
        if (reader.Next.IsWord("by")) throw UnknownCommand.NotSupported(".show running queries by user");
        return Show(context, reader, context.Services.Queries.Running);
    }

    /// <summary>The queries that the caller may see: one's own, and as an administrator or monitor of the database all of them.</summary>
    private static ResultSet Show(CommandContext context, CommandReader reader, IReadOnlyList<RunningQuery> queries)
    {
        reader.ExpectEnd();
        return ResultSet.FromRows(QueriesColumns, queries
            .Where(q => q.Caller.Principal == context.Caller.Principal || q.Database.Access.CanShowPrincipals(context.Caller, null))
            .Select(Row));
    }

    private static object?[] Row(RunningQuery query)
    {
        DateTime updated = query.EndedOn ?? DateTime.UtcNow;
        string text = query.Text.Length > MaxText ? query.Text[..MaxText] : query.Text;
        return
        [
            query.ClientRequestId, text, query.Database.Name, query.StartedOn, updated, updated - query.StartedOn, query.State.ToString(), query.ActivityId,
            query.Caller.Principal.Id, query.FailureReason, null, null, query.Application, null, null, query.Caller.Fqn, Dynamic(query.Properties), null, "default",
        ];
    }

    private static DynamicValue? Dynamic(string json) => DynamicValue.TryParse(System.Text.Encoding.UTF8.GetBytes(json), out DynamicValue? value) ? value : null;
}
