namespace AdxFlow;

/// <summary>A step of a run: copying from the source, or promoting into the dataset.</summary>
public sealed class FlowRunActivity
{
    /// <summary>The step's id, such as <c>copyActivity</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name; the id where it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The service's word for what has become of it.</summary>
    public string? Status { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended, in UTC.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Rows read; null where that is not told.</summary>
    public long? InputRecords { get; init; }

    /// <summary>Rows written; null where that is not told.</summary>
    public long? OutputRecords { get; init; }

    /// <summary>Rows left out.</summary>
    public long FailedRecords { get; init; }

    /// <summary>What the step refers to in the systems below, such as the id of a Data Factory run or of a batch.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Its name and status.</summary>
    /// <returns>For example <c>promotionActivity success</c>.</returns>
    public override string ToString() => $"{Name} {Status}";
}
