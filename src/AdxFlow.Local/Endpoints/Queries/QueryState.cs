namespace AdxFlow.Local.Endpoints.Queries;

/// <summary>How far a query is; the names are those of <c>.show queries</c>.</summary>
internal enum QueryState
{
    InProgress,
    Completed,
    Failed,
    Cancelled,
}
