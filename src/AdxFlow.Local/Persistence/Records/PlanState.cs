namespace AdxFlow.Local.Persistence.Records;

/// <summary>How far a flow has come in its schedule.</summary>
/// <param name="FlowId">The flow.</param>
/// <param name="Last">The latest time at which it ran, or would have.</param>
/// <param name="WindowStart">From where on the next run reads; null for the beginning.</param>
internal sealed record PlanState(string FlowId, DateTimeOffset Last, DateTimeOffset? WindowStart);
