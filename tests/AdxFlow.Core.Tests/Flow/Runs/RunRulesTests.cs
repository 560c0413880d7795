using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Runs;

public sealed class RunRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "Timestamp")]
    [InlineData("Timestamp", null)]
    [InlineData("Timestamp", "Timestamp")]
    public void A_run_of_a_window_is_taken(string? settled, string? given) => RunRules.CheckStart(Flow(settled), Start, Start.AddHours(1), given);

    [Theory]
    [InlineData(null, null, "FlowRunDeltaColumnMissing")]
    [InlineData("Timestamp", "Other", "FlowRunDeltaColumnFixed")]
    [InlineData("Timestamp", "timestamp", "FlowRunDeltaColumnFixed")]
    public void A_delta_column_is_given_at_first_and_never_changed(string? settled, string? given, string id) =>
        Assert.Equal(id, Assert.Throws<FlowException>(() => RunRules.CheckStart(Flow(settled), Start, Start.AddHours(1), given)).ErrorId);

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(-1)]
    public void A_window_ends_after_it_starts(double seconds) =>
        Assert.Equal("FlowRunWindowInvalid", Assert.Throws<FlowException>(() => RunRules.CheckStart(Flow("T"), Start, Start.AddSeconds(seconds), null)).ErrorId);

    [Theory]
    [InlineData(FlowFrequency.Minute)]
    [InlineData(FlowFrequency.Hour)]
    [InlineData(FlowFrequency.Day)]
    [InlineData(FlowFrequency.Week)]
    public void Only_a_flow_that_runs_once_runs_on_demand(FlowFrequency frequency)
    {
        var flow = new Dataflow { Id = "f", Name = "Weather", Schedule = new FlowSchedule { Frequency = frequency, Interval = 15 } };
        FlowException refused = Assert.Throws<FlowException>(() => RunRules.CheckStart(flow, Start, Start.AddHours(1), "T"));
        Assert.Equal("FlowRunNotOnDemand", refused.ErrorId);
        Assert.StartsWith($"Flow 'Weather' runs every 15 {frequency.ToString().ToLowerInvariant()}s;", refused.Message, StringComparison.Ordinal);
        Assert.Equal("FlowRunNotOnDemand", Assert.Throws<FlowException>(() => RunRules.CheckStart(new Dataflow { Id = "f" }, Start, Start.AddHours(1), "T")).ErrorId);
    }

    [Theory]
    [InlineData(FlowRunState.Failed, 5L)]
    [InlineData(FlowRunState.Success, 0L)]
    [InlineData(FlowRunState.Success, null)]
    public void What_failed_or_brought_nothing_is_repeated(FlowRunState state, long? records) =>
        RunRules.CheckRestart(new FlowRun { Id = "r", State = state, InputRecords = records }, Flow(null));

    [Theory]
    [InlineData(FlowRunState.Success, 1L)]
    [InlineData(FlowRunState.PartialSuccess, 0L)]
    [InlineData(FlowRunState.InProgress, 0L)]
    [InlineData(FlowRunState.Scheduled, null)]
    [InlineData(FlowRunState.Unknown, null)]
    public void What_else_became_of_a_run_is_not_repeated(FlowRunState state, long? records)
    {
        FlowException refused = Assert.Throws<FlowException>(() => RunRules.CheckRestart(new FlowRun { Id = "r", State = state, InputRecords = records }, Flow(null)));
        Assert.Equal("FlowRunNotRestartable", refused.ErrorId);
        Assert.Contains(state.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("draft")]
    [InlineData(null)]
    public void The_runs_of_a_flow_that_is_not_enabled_are_not_repeated(string? state) => Assert.Equal(
        "FlowNotEnabled",
        Assert.Throws<FlowException>(() => RunRules.CheckRestart(new FlowRun { Id = "r", State = FlowRunState.Failed }, new Dataflow { Id = "f", State = state })).ErrorId);

    private static Dataflow Flow(string? deltaColumn) => new()
    {
        Id = "f",
        Name = "Weather",
        State = "enabled",
        Schedule = new FlowSchedule { Frequency = FlowFrequency.Once },
        DeltaColumn = deltaColumn,
    };
}
