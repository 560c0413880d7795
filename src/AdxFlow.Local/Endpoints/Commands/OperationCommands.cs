using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Showing the ingestion commands that ran or run.</summary>
/// <remarks>Source: Microsoft Learn, ".show operations" and ".show operation details"; of commands that ingest from a query, "Ingest from query".</remarks>
internal static class OperationCommands
{
    private static readonly Column[] Columns =
    [
        new("OperationId", KustoType.Guid), new("Operation", KustoType.String), new("NodeId", KustoType.String), new("StartedOn", KustoType.DateTime),
        new("LastUpdatedOn", KustoType.DateTime), new("Duration", KustoType.TimeSpan), new("State", KustoType.String), new("Status", KustoType.String),
        new("RootActivityId", KustoType.Guid), new("ShouldRetry", KustoType.Bool), new("Database", KustoType.String), new("Principal", KustoType.String),
        new("User", KustoType.String), new("AdminEpochStartTime", KustoType.DateTime), new("VirtualCluster", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } = [new("show operations", Show), new("show operation", ShowDetails)];

    private static ResultSet Show(CommandContext context, CommandReader reader)
    {
        List<Guid>? ids = ReadIds(reader);
        reader.ExpectEnd();
        IEnumerable<LoggedOperation> operations = ids is null
            ? context.Services.Operations.All
            : ids.Distinct().Select(context.Services.Operations.Find).OfType<LoggedOperation>();
        return ResultSet.FromRows(Columns, operations.Where(o => IsVisible(context, o)).Select(o => Row(context, o)));
    }

    /// <summary>The result of an operation that was asked to keep it.</summary>
    private static ResultSet ShowDetails(CommandContext context, CommandReader reader)
    {
        Guid id = ReadId(reader);
        reader.ExpectWord("details");
        reader.ExpectEnd();
        LoggedOperation? operation = context.Services.Operations.Find(id);
        if (operation is null || !IsVisible(context, operation))
            throw ServiceException.BadRequest($"Operation '{id}' was not found.", "BadRequest_EntityNotFound");
        if (operation.Current.Name != "Completed")
            throw ServiceException.BadRequest($"Operation '{id}' is {operation.Current.Name}; it has details once it is Completed.");
        return operation.Details is { } details
            ? IngestFromQueryCommands.Show(details)
            : throw ServiceException.BadRequest($"Operation '{id}' has not kept its result: it ran without 'async' or without 'persistDetails'.");
    }

    /// <summary>One's own, and for an administrator of a database all that were done there.</summary>
    private static bool IsVisible(CommandContext context, LoggedOperation operation) =>
        operation.Principal == context.Caller.Fqn || context.Services.FindDatabase(operation.Database)?.Access.IsAdmin(context.Caller) == true;

    private static object?[] Row(CommandContext context, LoggedOperation operation)
    {
        LoggedOperation.State state = operation.Current;
        return
        [
            operation.Id, operation.Operation, "", operation.StartedOn, state.UpdatedOn, state.UpdatedOn - operation.StartedOn, state.Name, state.Status,
            operation.Id, state.ShouldRetry, operation.Database, operation.Principal, "", context.Services.StartedOn, "",
        ];
    }

    private static List<Guid>? ReadIds(CommandReader reader)
    {
        var ids = new List<Guid>();
        if (reader.TryMark("("))
        {
            do ids.Add(ReadId(reader));
            while (reader.TryMark(","));
            reader.ExpectMark(")");
            return ids;
        }

        if (reader.Next.Kind is not (CommandTokenKind.Word or CommandTokenKind.Literal)) return null;
        return [ReadId(reader)];
    }

    private static Guid ReadId(CommandReader reader)
    {
        if (reader.Next.Kind is not (CommandTokenKind.Word or CommandTokenKind.Literal) || !Guid.TryParse(reader.Next.Text, out Guid id))
            throw reader.Unexpected("the id of an operation");
        reader.Take();
        return id;
    }
}
