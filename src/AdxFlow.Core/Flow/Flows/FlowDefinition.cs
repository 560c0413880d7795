namespace AdxFlow.Flow;

/// <summary>A flow as it is to be made, from parts that exist.</summary>
internal sealed record FlowDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>The id of the source connection.</summary>
    public string? SourceId { get; init; }

    /// <summary>The id of the target connection.</summary>
    public string? TargetId { get; init; }

    /// <summary>The id of the mapping set; null for none.</summary>
    public string? MappingId { get; init; }

    /// <summary>The version of the mapping set; null for the one that it has.</summary>
    public int? MappingVersion { get; init; }

    /// <summary>When it runs; null only for a draft.</summary>
    public FlowSchedule? Schedule { get; init; }

    /// <summary>The column by whose time a run tells new rows from old ones; null for a flow that runs once.</summary>
    public string? DeltaColumn { get; init; }

    /// <summary>The percentage of rows that may fail before a run fails; null for the service's default.</summary>
    public double? PartialIngestionPercent { get; init; }

    /// <summary>Whether runs keep what was wrong with each row; null for the service's default.</summary>
    public bool? ErrorDiagnostics { get; init; }

    /// <summary>Whether it is to be a draft, which may be incomplete and does not run.</summary>
    public bool IsDraft { get; init; }

    /// <summary>The schedule of the words that a person gives, with what they leave out.</summary>
    /// <param name="frequency">How often; null means <see cref="FlowFrequency.Once"/>.</param>
    /// <param name="interval">How many units; null means the least that is allowed.</param>
    /// <param name="startTime">When; null leaves it open until the flow is made: see <see cref="StartingFrom"/>.</param>
    /// <param name="backfill">Whether the first run takes what was there before.</param>
    /// <returns>The schedule, which <see cref="Check"/> may still refuse.</returns>
    public static FlowSchedule ScheduleOf(FlowFrequency? frequency, int? interval, DateTimeOffset? startTime, bool backfill)
    {
        FlowFrequency often = frequency ?? FlowFrequency.Once;
        return new FlowSchedule
        {
            Frequency = often,
            Interval = interval ?? (often == FlowFrequency.Once ? null : ScheduleRules.LeastInterval(often)),
            StartTime = startTime?.ToUniversalTime(),
            // The service takes history unless it is told not to.
            Backfill = often == FlowFrequency.Once && !backfill ? null : backfill,
        };
    }

    /// <summary>Says no to what the service would refuse. Nothing is sent.</summary>
    /// <param name="now">The time, in UTC.</param>
    /// <exception cref="FlowException">The rule that is broken: <c>FlowIntervalTooShort</c>, <c>FlowDeltaColumnMissing</c>, <c>FlowStartTimePast</c> and others.</exception>
    public void Check(DateTimeOffset now)
    {
        CheckPercent(PartialIngestionPercent);
        if (Schedule is { StartTime: null })
            ScheduleRules.CheckTogether(Schedule, DeltaColumn);
        else if (Schedule is not null)
            ScheduleRules.Check(Schedule, DeltaColumn, now);
    }

    /// <summary>The same with a start time: where none was given, one in five minutes. Whoever was asked before, and took their time, is not too late by it.</summary>
    /// <param name="now">The time, in UTC.</param>
    public FlowDefinition StartingFrom(DateTimeOffset now) =>
        Schedule is { StartTime: null } open ? this with { Schedule = open with { StartTime = now + ScheduleRules.DefaultDelay } } : this;

    internal static void CheckPercent(double? percent)
    {
        if (percent is <= 0 or > 100 or double.NaN)
            throw FlowRefusal.Of("FlowPartialIngestionInvalid", "The percentage of rows that may fail is more than 0 and at most 100.", "Give -PartialIngestionPercent such as 5, or leave it out.");
    }
}
