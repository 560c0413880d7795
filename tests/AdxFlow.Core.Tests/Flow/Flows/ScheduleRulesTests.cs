using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Flows;

public sealed class ScheduleRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<FlowFrequency, int> ShortestIntervals => new()
    {
        { FlowFrequency.Minute, 15 },
        { FlowFrequency.Hour, 1 },
        { FlowFrequency.Day, 1 },
        { FlowFrequency.Week, 1 },
    };

    [Theory]
    [MemberData(nameof(ShortestIntervals))]
    public void The_shortest_interval_of_each_frequency_is_taken_and_one_less_is_refused(FlowFrequency frequency, int shortest)
    {
        ScheduleRules.Check(Schedule(frequency, shortest), "Timestamp", Now);
        ScheduleRules.Check(Schedule(frequency, 1000), "Timestamp", Now);

        FlowException refused = Assert.Throws<FlowException>(() => ScheduleRules.Check(Schedule(frequency, shortest - 1), "Timestamp", Now));
        Assert.Equal(("FlowIntervalTooShort", AdxErrorKind.InvalidArgument), (refused.ErrorId, refused.Kind));
        Assert.Equal($"The interval of frequency {frequency} is {shortest} or more, not {shortest - 1}.", refused.Message);
        Assert.Equal($"Give -Interval {shortest} or more.", refused.RecommendedAction);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(14)]
    [InlineData(0)]
    [InlineData(-15)]
    public void Minutes_below_fifteen_are_refused(int minutes) =>
        Assert.Equal("FlowIntervalTooShort", Refusal(Schedule(FlowFrequency.Minute, minutes), "Timestamp").ErrorId);

    [Theory]
    [MemberData(nameof(ShortestIntervals))]
    public void What_recurs_needs_an_interval_and_a_delta_column(FlowFrequency frequency, int shortest)
    {
        Assert.Equal("FlowIntervalMissing", Refusal(Schedule(frequency, null), "Timestamp").ErrorId);
        FlowException refused = Refusal(Schedule(frequency, shortest), null);
        Assert.Equal("FlowDeltaColumnMissing", refused.ErrorId);
        Assert.Contains("by its time each run tells the rows that are new", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShortestIntervals))]
    public void What_recurs_may_backfill_or_not_or_not_say(FlowFrequency frequency, int shortest)
    {
        foreach (bool? backfill in new bool?[] { true, false, null })
            ScheduleRules.Check(Schedule(frequency, shortest) with { Backfill = backfill }, "Timestamp", Now);
    }

    [Fact]
    public void Once_takes_nothing_but_a_start_time() => ScheduleRules.Check(Schedule(FlowFrequency.Once, null), null, Now);

    [Theory]
    [InlineData(1, null, null, "FlowIntervalNotAllowed")]
    [InlineData(null, true, null, "FlowBackfillNotAllowed")]
    [InlineData(null, false, null, "FlowBackfillNotAllowed")]
    [InlineData(null, null, "Timestamp", "FlowDeltaColumnNotAllowed")]
    public void Once_refuses_what_only_recurring_flows_have(int? interval, bool? backfill, string? deltaColumn, string id)
    {
        FlowException refused = Refusal(Schedule(FlowFrequency.Once, interval) with { Backfill = backfill }, deltaColumn);
        Assert.Equal(id, refused.ErrorId);
        Assert.StartsWith("A flow that runs once ", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.RecommendedAction);
    }

    [Fact]
    public void A_frequency_that_is_none_is_refused()
    {
        Assert.Equal("FlowFrequencyInvalid", Refusal(Schedule(FlowFrequency.Hour, 1) with { Frequency = null }, null).ErrorId);
        Assert.Equal("FlowFrequencyInvalid", Refusal(Schedule((FlowFrequency)42, 1), null).ErrorId);
    }

    [Theory]
    [InlineData(FlowFrequency.Once, null, null)]
    [InlineData(FlowFrequency.Hour, 1, "Timestamp")]
    public void A_start_time_that_has_passed_is_refused_and_now_is_not(FlowFrequency frequency, int? interval, string? deltaColumn)
    {
        FlowSchedule schedule = Schedule(frequency, interval);
        ScheduleRules.Check(schedule with { StartTime = Now }, deltaColumn, Now);

        FlowException refused = Refusal(schedule with { StartTime = Now.AddSeconds(-1) }, deltaColumn);
        Assert.Equal("FlowStartTimePast", refused.ErrorId);
        Assert.Equal("The start time 2026-11-22 07:59:59 UTC has passed; it is 2026-11-22 08:00:00 UTC.", refused.Message);
        Assert.Equal("FlowStartTimeMissing", Refusal(schedule with { StartTime = null }, deltaColumn).ErrorId);
    }

    [Fact]
    public void A_start_time_is_told_in_UTC_whatever_its_zone()
    {
        var east = new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.FromHours(2));
        Assert.StartsWith("The start time 2026-11-22 07:30:00 UTC has passed", Refusal(Schedule(FlowFrequency.Once, null) with { StartTime = east }, null).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FlowFrequency.Minute, 15)]
    [InlineData(FlowFrequency.Hour, 1)]
    [InlineData(FlowFrequency.Day, 1)]
    [InlineData(FlowFrequency.Week, 1)]
    public void What_a_person_leaves_out_is_the_least_that_is_allowed(FlowFrequency frequency, int interval)
    {
        var definition = new FlowDefinition { Name = "f", DeltaColumn = "Timestamp", Schedule = FlowDefinition.ScheduleOf(frequency, null, null, backfill: false) };
        definition.Check(Now);
        FlowSchedule schedule = definition.StartingFrom(Now).Schedule!;
        Assert.Equal((interval, Now.AddMinutes(5), false), (schedule.Interval, schedule.StartTime, schedule.Backfill));
        ScheduleRules.Check(schedule, "Timestamp", Now);
    }

    [Fact]
    public void Without_a_frequency_it_is_once_with_neither_interval_nor_backfill()
    {
        FlowSchedule schedule = FlowDefinition.ScheduleOf(null, null, Now, backfill: false);
        Assert.Equal((FlowFrequency.Once, null, null), (schedule.Frequency, schedule.Interval, schedule.Backfill));
        ScheduleRules.Check(schedule, null, Now);
        Assert.Equal("FlowBackfillNotAllowed", Refusal(FlowDefinition.ScheduleOf(null, null, Now, backfill: true), null).ErrorId);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(100.5)]
    public void A_percentage_of_failures_that_is_none_is_refused(double percent) =>
        Assert.Equal("FlowPartialIngestionInvalid", Assert.Throws<FlowException>(() => new FlowDefinition { Name = "n", PartialIngestionPercent = percent }.Check(Now)).ErrorId);

    [Theory]
    [InlineData(FlowFrequency.Once, null, null, "once")]
    [InlineData(FlowFrequency.Hour, 1, false, "every hour")]
    [InlineData(FlowFrequency.Minute, 15, true, "every 15 minutes, with history")]
    [InlineData(null, 3, null, "not known")]
    public void A_schedule_reads_in_words(FlowFrequency? frequency, int? interval, bool? backfill, string words) =>
        Assert.Equal(words, new FlowSchedule { Frequency = frequency, Interval = interval, Backfill = backfill }.ToString());

    [Fact]
    public void A_schedule_knows_its_period()
    {
        Assert.Equal(TimeSpan.FromMinutes(30), Schedule(FlowFrequency.Minute, 30).Period);
        Assert.Equal(TimeSpan.FromHours(2), Schedule(FlowFrequency.Hour, 2).Period);
        Assert.Equal(TimeSpan.FromDays(3), Schedule(FlowFrequency.Day, 3).Period);
        Assert.Equal(TimeSpan.FromDays(14), Schedule(FlowFrequency.Week, 2).Period);
        Assert.Null(Schedule(FlowFrequency.Once, null).Period);
    }

    private static FlowSchedule Schedule(FlowFrequency frequency, int? interval) =>
        new() { Frequency = frequency, Interval = interval, StartTime = Now.AddMinutes(5) };

    private static FlowException Refusal(FlowSchedule schedule, string? deltaColumn) =>
        Assert.Throws<FlowException>(() => ScheduleRules.Check(schedule, deltaColumn, Now));
}
