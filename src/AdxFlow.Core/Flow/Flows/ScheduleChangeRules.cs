using System.Globalization;

namespace AdxFlow.Flow;

/// <summary>
/// What may change about the schedule of a flow that exists.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/update-dataflows"/>
/// and the connector's codes 1366, 1403 and 1404.
/// </summary>
internal static class ScheduleChangeRules
{
    /// <summary>Says no to what the service would refuse, with the reason.</summary>
    /// <param name="flow">The flow as it is.</param>
    /// <param name="wanted">The schedule as it is to be.</param>
    /// <param name="deltaColumn">The delta column as it is to be; null for none.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <exception cref="FlowException">The first rule that is broken.</exception>
    public static void Check(Dataflow flow, FlowSchedule wanted, string? deltaColumn, DateTimeOffset now)
    {
        FlowSchedule? current = flow.Schedule;
        // A draft does not run: where its start time has passed, it must get another one before it can be published.
        bool isStarted = !flow.IsDraft && current?.StartTime <= now;
        if (wanted.StartTime != current?.StartTime)
        {
            if (isStarted)
                throw FlowRefusal.Of("FlowStartTimePassed", $"Flow '{flow.Name}' was due to start at {Text(current!.StartTime)}; that cannot change any more, whether it is enabled or not.", "Make a new flow with New-Flow.");
            ScheduleRules.CheckStartTime(wanted.StartTime, now);
        }
        if (isStarted && wanted.Frequency == FlowFrequency.Once && current!.Frequency != FlowFrequency.Once)
            throw FlowRefusal.Of("FlowFrequencyFixed", $"Flow '{flow.Name}' has started at {Text(current.StartTime)} and cannot become one that runs once.", "Disable it with Disable-Flow, and make a new one with New-Flow.");
        if (isStarted && (wanted.Backfill ?? false) != (current!.Backfill ?? false))
            throw FlowRefusal.Of("FlowBackfillFixed", $"Flow '{flow.Name}' has started at {Text(current.StartTime)}; whether it takes what was there before is settled.", "Make a new flow with New-Flow.");
        ScheduleRules.CheckTogether(wanted, deltaColumn);
    }

    private static string Text(DateTimeOffset? time) => string.Create(CultureInfo.InvariantCulture, $"{time?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
