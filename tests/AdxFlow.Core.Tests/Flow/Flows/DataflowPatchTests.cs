using System.Text.Json;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Flows;

public sealed class DataflowPatchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private const string Recurring = """
        {"id":"f","name":"Old","description":"words","state":"enabled","scheduleParams":{"startTime":"START","frequency":"hour","interval":"1","backfill":"true"},
         "transformations":[{"name":"Copy","params":{"deltaColumn":{"name":"Timestamp"}}},{"name":"Mapping","params":{"mappingId":"m","mappingVersion":"0"}}],
         "options":{"partialIngestionPercent":"10"}}
        """;

    private const string Once = """
        {"id":"f","name":"Old","scheduleParams":{"startTime":"START","frequency":"once"},"transformations":[{"name":"Mapping","params":{"mappingId":"m","mappingVersion":0}}]}
        """;

    [Fact]
    public void Nothing_that_stays_is_sent()
    {
        Assert.Equal("[]", Patch(Flow(Recurring, started: true), new FlowChange()));
        Assert.Equal("[]", Patch(Flow(Recurring, started: true), new FlowChange
        {
            Name = "Old",
            Description = "words",
            Frequency = FlowFrequency.Hour,
            Interval = 1,
            Backfill = true,
            DeltaColumn = "Timestamp",
            MappingId = "m",
            MappingVersion = 0,
        }));
    }

    [Fact]
    public void Name_and_description_are_set_replaced_and_taken_away()
    {
        Assert.Equal("""[{"op":"replace","path":"/name","value":"New"},{"op":"remove","path":"/description"}]""", Patch(Flow(Recurring, started: true), new FlowChange { Name = "New", Description = "" }));
        Assert.Equal("""[{"op":"add","path":"/description","value":"now"}]""", Patch(Flow(Once, started: true), new FlowChange { Description = "now" }));
    }

    [Fact]
    public void A_flow_that_has_started_may_change_its_pace()
    {
        Assert.Equal(
            """[{"op":"replace","path":"/scheduleParams/frequency","value":"minute"},{"op":"replace","path":"/scheduleParams/interval","value":30}]""",
            Patch(Flow(Recurring, started: true), new FlowChange { Frequency = FlowFrequency.Minute, Interval = 30 }));
    }

    [Fact]
    public void An_interval_that_does_not_fit_the_new_frequency_is_refused() =>
        Assert.Equal("FlowIntervalTooShort", Refusal(Flow(Recurring, started: true), new FlowChange { Frequency = FlowFrequency.Minute }).ErrorId);

    [Fact]
    public void A_draft_whose_start_time_has_passed_gets_another_as_it_could_not_be_published_else()
    {
        Dataflow draft = Flow(Recurring.Replace("\"enabled\"", "\"draft\"", StringComparison.Ordinal), started: true);
        DateTimeOffset later = Now.AddDays(1);
        Assert.Equal(
            $$"""[{"op":"replace","path":"/scheduleParams/startTime","value":{{later.ToUnixTimeSeconds()}}},{"op":"replace","path":"/scheduleParams/backfill","value":false}]""",
            Patch(draft, new FlowChange { StartTime = later, Backfill = false }));
    }

    [Fact]
    public void A_flow_that_runs_once_and_is_to_do_so_keeps_the_delta_column_of_its_first_run()
    {
        Dataflow settled = Flow(Recurring.Replace("\"frequency\":\"hour\",\"interval\":\"1\",\"backfill\":\"true\"", "\"frequency\":\"once\"", StringComparison.Ordinal), started: true);
        Assert.Equal("[]", Patch(settled, new FlowChange { Frequency = FlowFrequency.Once }));
        Assert.Equal("FlowDeltaColumnNotAllowed", Refusal(settled, new FlowChange { DeltaColumn = "Other" }).ErrorId);
    }

    [Fact]
    public void The_start_time_changes_only_before_it_has_come()
    {
        DateTimeOffset later = Now.AddDays(1);
        Assert.Equal($$"""[{"op":"replace","path":"/scheduleParams/startTime","value":{{later.ToUnixTimeSeconds()}}}]""", Patch(Flow(Recurring, started: false), new FlowChange { StartTime = later }));
        FlowException refused = Refusal(Flow(Recurring, started: true), new FlowChange { StartTime = later });
        Assert.Equal("FlowStartTimePassed", refused.ErrorId);
        Assert.Contains("whether it is enabled or not", refused.Message, StringComparison.Ordinal);
        Assert.Equal("FlowStartTimePast", Refusal(Flow(Recurring, started: false), new FlowChange { StartTime = Now.AddMinutes(-1) }).ErrorId);
    }

    [Fact]
    public void After_the_start_a_flow_neither_becomes_once_nor_changes_its_backfill()
    {
        Assert.Equal("FlowFrequencyFixed", Refusal(Flow(Recurring, started: true), new FlowChange { Frequency = FlowFrequency.Once }).ErrorId);
        Assert.Equal("FlowBackfillFixed", Refusal(Flow(Recurring, started: true), new FlowChange { Backfill = false }).ErrorId);
    }

    [Fact]
    public void Before_the_start_a_recurring_flow_becomes_once_and_loses_what_only_recurring_ones_have() => Assert.Equal(
        """[{"op":"replace","path":"/scheduleParams/frequency","value":"once"},{"op":"remove","path":"/scheduleParams/interval"},{"op":"remove","path":"/scheduleParams/backfill"},{"op":"remove","path":"/transformations/0"}]""",
        Patch(Flow(Recurring, started: false), new FlowChange { Frequency = FlowFrequency.Once }));

    [Fact]
    public void A_flow_that_runs_once_becomes_recurring_with_a_delta_column()
    {
        Assert.Equal("FlowDeltaColumnMissing", Refusal(Flow(Once, started: false), new FlowChange { Frequency = FlowFrequency.Day }).ErrorId);
        Assert.Equal(
            """[{"op":"replace","path":"/scheduleParams/frequency","value":"day"},{"op":"add","path":"/scheduleParams/interval","value":1},{"op":"add","path":"/scheduleParams/backfill","value":false},{"op":"add","path":"/transformations/0","value":{"name":"Copy","params":{"deltaColumn":{"name":"Timestamp"}}}}]""",
            Patch(Flow(Once, started: false), new FlowChange { Frequency = FlowFrequency.Day, DeltaColumn = "Timestamp" }));
    }

    [Fact]
    public void A_delta_column_for_a_flow_that_runs_once_is_refused() =>
        Assert.Equal("FlowDeltaColumnNotAllowed", Refusal(Flow(Once, started: false), new FlowChange { DeltaColumn = "Timestamp" }).ErrorId);

    [Theory]
    [InlineData(Recurring, "/transformations/1")]
    [InlineData(Once, "/transformations/0")]
    public void The_mapping_is_replaced_where_it_stands(string flow, string path) => Assert.Equal(
        """[{"op":"replace","path":"PATH","value":{"name":"Mapping","params":{"mappingId":"other","mappingVersion":2}}}]""".Replace("PATH", path, StringComparison.Ordinal),
        Patch(Flow(flow, started: true), new FlowChange { MappingId = "other", MappingVersion = 2 }));

    [Fact]
    public void Another_mapping_begins_with_its_first_version() => Assert.Contains(
        "\"mappingVersion\":0",
        Patch(Flow(Recurring.Replace("\"mappingVersion\":\"0\"", "\"mappingVersion\":\"7\"", StringComparison.Ordinal), started: true), new FlowChange { MappingId = "other" }),
        StringComparison.Ordinal);

    [Fact]
    public void A_draft_without_transformations_gets_both_at_once() => Assert.Equal(
        """[{"op":"add","path":"/scheduleParams","value":{"startTime":1763884800,"frequency":"hour","interval":1,"backfill":false}},{"op":"add","path":"/transformations","value":[{"name":"Copy","params":{"deltaColumn":{"name":"T"}}},{"name":"Mapping","params":{"mappingId":"m","mappingVersion":0}}]}]""",
        Patch(Read("""{"id":"f","name":"Draft","state":"draft"}"""), new FlowChange { Frequency = FlowFrequency.Hour, StartTime = DateTimeOffset.FromUnixTimeSeconds(1763884800), DeltaColumn = "T", MappingId = "m" }, DateTimeOffset.FromUnixTimeSeconds(1763884000)));

    [Fact]
    public void Options_are_added_as_a_whole_or_one_by_one()
    {
        Assert.Equal("""[{"op":"add","path":"/options","value":{"partialIngestionPercent":5,"errorDiagnosticsEnabled":true}}]""", Patch(Flow(Once, started: true), new FlowChange { PartialIngestionPercent = 5, ErrorDiagnostics = true }));
        Assert.Equal("""[{"op":"add","path":"/options/errorDiagnosticsEnabled","value":true}]""", Patch(Flow(Recurring, started: true), new FlowChange { ErrorDiagnostics = true }));
    }

    [Fact]
    public void A_version_without_a_mapping_is_refused() =>
        Assert.Equal("FlowMappingMissing", Refusal(Read("""{"id":"f","name":"Draft"}"""), new FlowChange { MappingVersion = 1 }).ErrorId);

    private static Dataflow Flow(string json, bool started) =>
        Read(json.Replace("START", (started ? Now.AddHours(-1) : Now.AddHours(1)).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static Dataflow Read(string json) => DataflowReader.Read(JsonDocument.Parse(json).RootElement);

    private static string Patch(Dataflow flow, FlowChange change, DateTimeOffset? now = null) => DataflowPatch.Of(flow, change, now ?? Now).Body.ToJsonString();

    private static FlowException Refusal(Dataflow flow, FlowChange change) => Assert.Throws<FlowException>(() => DataflowPatch.Of(flow, change, Now));
}
