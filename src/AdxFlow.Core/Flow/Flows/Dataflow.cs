namespace AdxFlow;

/// <summary>
/// A dataflow of Adobe Experience Platform: it brings the rows of a source into a dataset, on a schedule. The nouns of the
/// cmdlets call it Flow.
/// </summary>
public sealed class Dataflow
{
    /// <summary>The flow's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id once more: what belongs to a flow says which one under this name.</summary>
    public string FlowId => Id;

    /// <summary>The flow's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What it is for, in words; empty where there are none.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The service's word for its state, such as <c>enabled</c>, <c>disabled</c>, <c>draft</c> or <c>updating</c>.</summary>
    public string? State { get; init; }

    /// <summary>Whether it runs by its schedule.</summary>
    public bool IsEnabled => string.Equals(State, "enabled", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is a draft, which Publish-Flow turns into a flow.</summary>
    public bool IsDraft => string.Equals(State, "draft", StringComparison.OrdinalIgnoreCase);

    /// <summary>The version that a change must name, with its own double quotes.</summary>
    public string? ETag { get; init; }

    /// <summary>The flow specification it follows.</summary>
    public string? FlowSpecId { get; init; }

    /// <summary>The ids of its source connections; a flow from a database has one.</summary>
    public IReadOnlyList<string> SourceIds { get; init; } = [];

    /// <summary>The ids of its target connections; a flow into a dataset has one.</summary>
    public IReadOnlyList<string> TargetIds { get; init; } = [];

    /// <summary>The id of its source; null where there is none yet.</summary>
    public string? SourceId => SourceIds.Count > 0 ? SourceIds[0] : null;

    /// <summary>The id of its target; null where there is none yet.</summary>
    public string? TargetId => TargetIds.Count > 0 ? TargetIds[0] : null;

    /// <summary>The base connection that its source goes through; null where that is not told.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>The specification of that connection, which tells the kind of source; null where that is not told.</summary>
    public string? ConnectionSpecId { get; init; }

    /// <summary>When it runs; null for a draft without one.</summary>
    public FlowSchedule? Schedule { get; init; }

    /// <summary>The column by whose time a run tells new rows from old ones; null for a flow that runs once.</summary>
    public string? DeltaColumn { get; init; }

    /// <summary>The mapping set; null where there is none.</summary>
    public string? MappingId { get; init; }

    /// <summary>The version of the mapping set; null where there is none.</summary>
    public int? MappingVersion { get; init; }

    /// <summary>The percentage of rows that may fail before a run fails; null where none was set.</summary>
    public double? PartialIngestionPercent { get; init; }

    /// <summary>Whether runs keep what was wrong with each row.</summary>
    public bool ErrorDiagnostics { get; init; }

    /// <summary>The id of the last run; null where it has not run.</summary>
    public string? LastRunId { get; init; }

    /// <summary>The service's word for the state of the last run. It may say <c>success</c> of a run that left rows out; Get-FlowRun tells.</summary>
    public string? LastRunState { get; init; }

    /// <summary>When the last run began, in UTC.</summary>
    public DateTimeOffset? LastRunOn { get; init; }

    /// <summary>What went wrong with the last change of the flow itself; empty where nothing did.</summary>
    public IReadOnlyList<FlowRunError> Errors { get; init; } = [];

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset? UpdatedOn { get; init; }

    internal IReadOnlyList<string> Transformations { get; init; } = [];

    internal bool HasOptions { get; init; }

    /// <summary>The flow's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
