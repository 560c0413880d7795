namespace AdxFlow;

/// <summary>One run of a dataflow.</summary>
public sealed class FlowRun
{
    /// <summary>The run's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id once more: what belongs to a run says which one under this name.</summary>
    public string RunId => Id;

    /// <summary>The flow that ran.</summary>
    public string FlowId { get; init; } = string.Empty;

    /// <summary>What has become of it; <see cref="FlowRunState.PartialSuccess"/> also where the service says success of a run that left rows out.</summary>
    public FlowRunState State { get; init; }

    /// <summary>The service's own word for it, such as <c>success</c>; null where it said none.</summary>
    public string? Status { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool IsFinished => State is FlowRunState.Success or FlowRunState.PartialSuccess or FlowRunState.Failed;

    /// <summary>When it began, in UTC; null where it has not.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended, in UTC; null where it has not.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>How long it took; null where it has not ended.</summary>
    public TimeSpan? Duration => EndTime - StartTime;

    /// <summary>Rows of the source from this time on, in UTC; null where that is not told.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary>Rows of the source before this time, in UTC; null where that is not told.</summary>
    public DateTimeOffset? WindowEnd { get; init; }

    /// <summary>Rows read; null where that is not told.</summary>
    public long? InputRecords { get; init; }

    /// <summary>Rows written; null where that is not told.</summary>
    public long? OutputRecords { get; init; }

    /// <summary>Rows left out, since they could not be read, mapped or validated.</summary>
    public long FailedRecords { get; init; }

    /// <summary>Rows passed over, such as those of people who have no profile.</summary>
    public long SkippedRecords { get; init; }

    /// <summary>Bytes read; null where that is not told.</summary>
    public long? InputBytes { get; init; }

    /// <summary>Bytes written; null where that is not told.</summary>
    public long? OutputBytes { get; init; }

    /// <summary>What went wrong, of the run and of its activities.</summary>
    public IReadOnlyList<FlowRunError> Errors { get; init; } = [];

    /// <summary>The steps of the run.</summary>
    public IReadOnlyList<FlowRunActivity> Activities { get; init; } = [];

    /// <summary>The batches that it wrote; what was wrong with single rows is kept with them.</summary>
    public IReadOnlyList<string> BatchIds { get; init; } = [];

    /// <summary>When the service made a note of it, in UTC.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>When that note was last changed, in UTC.</summary>
    public DateTimeOffset? UpdatedOn { get; init; }

    /// <summary>The id and what has become of it.</summary>
    /// <returns>For example <c>9830305a-985f-47d0-b030-5a985fd7d004 Success</c>.</returns>
    public override string ToString() => $"{Id} {State}";
}
