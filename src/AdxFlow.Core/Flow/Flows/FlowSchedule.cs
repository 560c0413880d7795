using System.Globalization;

namespace AdxFlow;

/// <summary>When a dataflow runs.</summary>
public sealed record FlowSchedule
{
    /// <summary>How often; null for a word that this module does not know.</summary>
    public FlowFrequency? Frequency { get; init; }

    /// <summary>How many of the frequency's units lie between two runs; null for <see cref="FlowFrequency.Once"/>.</summary>
    public int? Interval { get; init; }

    /// <summary>When the first run is due, in UTC.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Whether the first run takes what the table held before the start time; null for <see cref="FlowFrequency.Once"/>, which takes everything.</summary>
    public bool? Backfill { get; init; }

    /// <summary>The time between two runs; null for <see cref="FlowFrequency.Once"/>.</summary>
    public TimeSpan? Period => (Frequency, Interval) switch
    {
        (FlowFrequency.Minute, { } minutes) => TimeSpan.FromMinutes(minutes),
        (FlowFrequency.Hour, { } hours) => TimeSpan.FromHours(hours),
        (FlowFrequency.Day, { } days) => TimeSpan.FromDays(days),
        (FlowFrequency.Week, { } weeks) => TimeSpan.FromDays(7.0 * weeks),
        _ => null,
    };

    /// <summary>The schedule in words.</summary>
    /// <returns>For example <c>every 15 minutes, with history</c>, or <c>once</c>.</returns>
    public override string ToString() => (Frequency, Interval) switch
    {
        (null, _) => "not known",
        (FlowFrequency.Once, _) => "once",
        ({ } frequency, null or 1) => "every " + Unit(frequency) + History,
        ({ } frequency, { } interval) => string.Create(CultureInfo.InvariantCulture, $"every {interval} {Unit(frequency)}s") + History,
    };

    private string History => Backfill == true ? ", with history" : string.Empty;

    private static string Unit(FlowFrequency frequency) => frequency.ToString().ToLowerInvariant();
}
