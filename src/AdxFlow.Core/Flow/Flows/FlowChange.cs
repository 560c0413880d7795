namespace AdxFlow.Flow;

/// <summary>What is to change about a flow; what is null stays as it is.</summary>
internal sealed record FlowChange
{
    /// <summary>A new name.</summary>
    public string? Name { get; init; }

    /// <summary>New words about it; empty takes them away.</summary>
    public string? Description { get; init; }

    /// <summary>How often it is to run.</summary>
    public FlowFrequency? Frequency { get; init; }

    /// <summary>How many units of the frequency lie between two runs.</summary>
    public int? Interval { get; init; }

    /// <summary>When it is to start, in UTC; possible only before it has started.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Whether the first run takes what was there before; possible only before it.</summary>
    public bool? Backfill { get; init; }

    /// <summary>The delta column.</summary>
    public string? DeltaColumn { get; init; }

    /// <summary>The mapping set.</summary>
    public string? MappingId { get; init; }

    /// <summary>The version of the mapping set.</summary>
    public int? MappingVersion { get; init; }

    /// <summary>The percentage of rows that may fail before a run fails.</summary>
    public double? PartialIngestionPercent { get; init; }

    /// <summary>Whether runs keep what was wrong with each row.</summary>
    public bool? ErrorDiagnostics { get; init; }
}
