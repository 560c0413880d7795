using System.Globalization;

namespace AdxFlow.Flow;

/// <summary>
/// What Adobe demands of a schedule and its delta column, checked before anything is sent.
/// Source: the scheduleSpec and transformationSpec of the flow specification CRMToAEP
/// (<see href="https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/collect/database-nosql"/>)
/// and the connector's codes 1360 to 1369 and 1397.
/// </summary>
internal static class ScheduleRules
{
    /// <summary>The least interval of <see cref="FlowFrequency.Minute"/>.</summary>
    public const int LeastMinutes = 15;

    /// <summary>How far from now the first run is, where nobody says when: a start time that has passed is refused.</summary>
    public static TimeSpan DefaultDelay => TimeSpan.FromMinutes(5);

    public static int LeastInterval(FlowFrequency frequency) => frequency == FlowFrequency.Minute ? LeastMinutes : 1;

    /// <summary>Says no to what the service would refuse, with the reason.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="deltaColumn">The name of the delta column; null where there is none.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <exception cref="FlowException">The first rule that is broken.</exception>
    public static void Check(FlowSchedule schedule, string? deltaColumn, DateTimeOffset now)
    {
        CheckTogether(schedule, deltaColumn);
        CheckStartTime(schedule.StartTime, now);
    }

    /// <summary>The same without the start time, which an existing flow may well have behind it.</summary>
    public static void CheckTogether(FlowSchedule schedule, string? deltaColumn)
    {
        if (schedule.Frequency is not { } frequency || !Enum.IsDefined(frequency))
            throw FlowRefusal.Of("FlowFrequencyInvalid", "A flow runs Once, or every so many Minutes, Hours, Days or Weeks.", "Give -Frequency with one of these words.");
        if (frequency == FlowFrequency.Once)
            CheckOnce(schedule, deltaColumn);
        else
            CheckRecurring(frequency, schedule, deltaColumn);
    }

    public static void CheckStartTime(DateTimeOffset? startTime, DateTimeOffset now)
    {
        if (startTime is null)
            throw FlowRefusal.Of("FlowStartTimeMissing", "A schedule needs a start time.", "Give -StartTime.");
        if (startTime < now)
        {
            throw FlowRefusal.Of(
                "FlowStartTimePast",
                string.Create(CultureInfo.InvariantCulture, $"The start time {startTime?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC has passed; it is {now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."),
                "Give a later -StartTime, or none: then the flow starts in a few minutes. What lies before the start time comes with -Backfill.");
        }
    }

    private static void CheckOnce(FlowSchedule schedule, string? deltaColumn)
    {
        if (schedule.Interval is not null)
            throw FlowRefusal.Of("FlowIntervalNotAllowed", "A flow that runs once has no interval.", "Leave -Interval out, or choose another -Frequency.");
        if (schedule.Backfill is not null)
            throw FlowRefusal.Of("FlowBackfillNotAllowed", "A flow that runs once takes everything that is there; backfill means nothing to it.", "Leave -Backfill out, or choose another -Frequency.");
        if (deltaColumn is not null)
            throw FlowRefusal.Of("FlowDeltaColumnNotAllowed", "A flow that runs once takes everything that is there; it has no delta column.", "Leave -DeltaColumn out, or choose another -Frequency. Start-FlowRun takes a delta column for a run of a window.");
    }

    private static void CheckRecurring(FlowFrequency frequency, FlowSchedule schedule, string? deltaColumn)
    {
        int least = LeastInterval(frequency);
        if (schedule.Interval is not { } interval)
            throw FlowRefusal.Of("FlowIntervalMissing", "A flow that runs again and again needs an interval.", "Give -Interval.");
        if (interval < least)
        {
            string advice = frequency == FlowFrequency.Minute ? "Give -Interval 15 or more." : "Give -Interval 1 or more.";
            throw FlowRefusal.Of("FlowIntervalTooShort", string.Create(CultureInfo.InvariantCulture, $"The interval of frequency {frequency} is {least} or more, not {interval}."), advice);
        }
        if (deltaColumn is null)
        {
            throw FlowRefusal.Of(
                "FlowDeltaColumnMissing",
                "A flow that runs again and again needs a delta column: by its time each run tells the rows that are new.",
                "Give -DeltaColumn with a column of type datetime that only ever grows, such as that of the ingestion time. Times in it are UTC.");
        }
    }
}
