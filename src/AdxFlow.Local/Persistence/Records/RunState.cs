using AdxFlow.Local.Endpoints.Flow.Runs;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>A run of a flow, beside what all resources have. What it read is kept with it; without, it has not started.</summary>
internal sealed record RunState(
    string FlowId, RunWindow Window, DateTimeOffset StartsAt, DateTimeOffset CompletesAt, string SourceId, string TargetId, string BatchId, string CopyId, RunOutcome? Outcome);
