namespace AdxFlow.Flow;

/// <summary>Which flows are asked for; what is null does not matter.</summary>
internal sealed record DataflowFilter
{
    public string? State { get; init; }

    public string? SourceId { get; init; }

    public string? TargetId { get; init; }

    /// <summary>The base connection of the source. No page says that one may filter by it, so it is looked at here.</summary>
    public string? ConnectionId { get; init; }
}
