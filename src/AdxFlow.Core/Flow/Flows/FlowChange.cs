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

    /// <summary>Says no to what cannot be meant.</summary>
    /// <exception cref="FlowException"><c>FlowInvalidArgument</c>: nothing is to change. <c>FlowPartialIngestionInvalid</c>.</exception>
    public FlowChange Check()
    {
        if (this == new FlowChange())
            throw FlowRefusal.Of("FlowInvalidArgument", "It is not said what to change. Nothing was sent.", "Give -Name, -Description, -Frequency, -Interval, -StartTime, -Backfill, -DeltaColumn, -MappingId, -MappingVersion, -PartialIngestionPercent or -ErrorDiagnostics.");
        FlowDefinition.CheckPercent(PartialIngestionPercent);
        return this;
    }

    /// <summary>What is to change, in words.</summary>
    public override string ToString()
    {
        string?[] named =
        [
            Name is null ? null : "name",
            Description is null ? null : "description",
            Frequency is null && Interval is null && StartTime is null && Backfill is null ? null : "schedule",
            DeltaColumn is null ? null : "delta column",
            MappingId is null && MappingVersion is null ? null : "mapping",
            PartialIngestionPercent is null && ErrorDiagnostics is null ? null : "treatment of rows that fail",
        ];
        return string.Join(", ", named.OfType<string>());
    }
}
