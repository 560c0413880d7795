namespace AdxFlow.Flow;

/// <summary>Which runs are asked for; what is null does not matter.</summary>
internal sealed record FlowRunFilter
{
    public string? FlowId { get; init; }

    /// <summary>What must have become of them; empty for anything.</summary>
    public IReadOnlyCollection<FlowRunState> States { get; init; } = [];

    /// <summary>Begun after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Begun before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    public string PageSize { get; init; } = FlowQuery.PageSize;
}
