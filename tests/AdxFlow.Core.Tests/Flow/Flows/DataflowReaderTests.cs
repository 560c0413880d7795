using System.Text.Json;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Flows;

public sealed class DataflowReaderTests
{
    [Theory]
    [InlineData("1612310466", "15", "true", "0", "10")]
    [InlineData("\"1612310466\"", "\"15\"", "\"true\"", "\"0\"", "\"10\"")]
    [InlineData("1612310466000", "15.0", "\"True\"", "0", "10.0")]
    public void A_flow_reads_the_same_whatever_the_JSON_types(string startTime, string interval, string backfill, string version, string percent)
    {
        Dataflow flow = Read($$$"""
            {"id":"2edc08ac","createdAt":1612310475905,"updatedAt":"1614122324830","name":"Weather","description":"","state":"enabled","etag":"\"5400d99c\"","version":"\"old\"",
             "flowSpec":{"id":"14518937","version":"1.0"},"sourceConnectionIds":["s"],"targetConnectionIds":"t",
             "inheritedAttributes":{"sourceConnections":[{"id":"s","connectionSpec":{"id":"0479cc14"},"baseConnection":{"id":"b"}}]},
             "scheduleParams":{"startTime":{{{startTime}}},"frequency":"minute","interval":{{{interval}}},"backfill":{{{backfill}}} },
             "transformations":[{"name":"Copy","params":{"deltaColumn":{"name":"Timestamp","timezone":"UTC"} } },{"name":"Mapping","params":{"mappingId":"m","mappingVersion":{{{version}}} } }],
             "options":{"partialIngestionPercent":{{{percent}}},"errorDiagnosticsEnabled":true},
             "lastOperation":{"status":{"value":"completed","errors":[{"code":"FLOW-1","message":"m"}] } },
             "lastRunDetails":{"id":"r","state":"success","startedAtUTC":1613079975512,"completedAtUTC":1613080027511} }
            """);
        Assert.Equal(("2edc08ac", "2edc08ac", "Weather", "enabled", true, false), (flow.Id, flow.FlowId, flow.Name, flow.State, flow.IsEnabled, flow.IsDraft));
        Assert.Equal(("\"5400d99c\"", "14518937", "s", "t", "b", "0479cc14"), (flow.ETag, flow.FlowSpecId, flow.SourceId, flow.TargetId, flow.ConnectionId, flow.ConnectionSpecId));
        Assert.Equal(new FlowSchedule { Frequency = FlowFrequency.Minute, Interval = 15, StartTime = DateTimeOffset.FromUnixTimeSeconds(1612310466), Backfill = true }, flow.Schedule);
        Assert.Equal(("Timestamp", "m", 0, 10.0, true), (flow.DeltaColumn, flow.MappingId, flow.MappingVersion, flow.PartialIngestionPercent, flow.ErrorDiagnostics));
        Assert.Equal(("r", "success", DateTimeOffset.FromUnixTimeMilliseconds(1613079975512)), (flow.LastRunId, flow.LastRunState, flow.LastRunOn));
        Assert.Equal("FLOW-1: m", Assert.Single(flow.Errors).ToString());
        Assert.Equal((DateTimeOffset.FromUnixTimeMilliseconds(1612310475905), DateTimeOffset.FromUnixTimeMilliseconds(1614122324830)), (flow.CreatedOn, flow.UpdatedOn));
    }

    [Fact]
    public void A_draft_may_lack_everything()
    {
        Dataflow flow = Read("""{"id":"d","name":"Draft","state":"draft","scheduleParams":null,"transformations":null}""");
        Assert.True(flow.IsDraft);
        Assert.Equal((null, null, null, null, null, false), (flow.Schedule, flow.SourceId, flow.TargetId, flow.MappingId, flow.DeltaColumn, flow.ErrorDiagnostics));
        Assert.Empty(flow.Errors);
    }

    [Fact]
    public void A_frequency_that_is_not_known_is_none()
    {
        Assert.Null(Read("""{"id":"d","scheduleParams":{"frequency":"fortnight","startTime":1}}""").Schedule!.Frequency);
        Assert.Null(Read("""{"id":"d","scheduleParams":{"frequency":"3","startTime":1}}""").Schedule!.Frequency);
    }

    [Fact]
    public void A_flow_is_written_with_integers_and_truth_values() => Assert.Equal(
        """{"name":"W","description":"d","flowSpec":{"id":"14518937-270c-4525-bdec-c2ba7cce3860","version":"1.0"},"sourceConnectionIds":["s"],"targetConnectionIds":["t"],"transformations":[{"name":"Copy","params":{"deltaColumn":{"name":"T"}}},{"name":"Mapping","params":{"mappingId":"m","mappingVersion":3}}],"scheduleParams":{"startTime":1612310466,"frequency":"minute","interval":15,"backfill":true},"options":{"partialIngestionPercent":5,"errorDiagnosticsEnabled":true}}""",
        FlowBody.Of(
            new FlowDefinition
            {
                Name = "W",
                Description = "d",
                SourceId = "s",
                TargetId = "t",
                MappingId = "m",
                MappingVersion = 3,
                DeltaColumn = "T",
                Schedule = new FlowSchedule { Frequency = FlowFrequency.Minute, Interval = 15, StartTime = DateTimeOffset.FromUnixTimeSeconds(1612310466), Backfill = true },
                PartialIngestionPercent = 5,
                ErrorDiagnostics = true,
            },
            FlowSpecReference.TableToDataset).ToJsonString());

    [Fact]
    public void A_flow_that_runs_once_is_written_without_what_it_must_not_have() => Assert.Equal(
        """{"name":"W","flowSpec":{"id":"14518937-270c-4525-bdec-c2ba7cce3860","version":"1.0"},"sourceConnectionIds":["s"],"targetConnectionIds":["t"],"scheduleParams":{"startTime":1612310466,"frequency":"once"}}""",
        FlowBody.Of(
            new FlowDefinition { Name = "W", SourceId = "s", TargetId = "t", Schedule = new FlowSchedule { Frequency = FlowFrequency.Once, StartTime = DateTimeOffset.FromUnixTimeSeconds(1612310466) } },
            FlowSpecReference.TableToDataset).ToJsonString());

    private static Dataflow Read(string json) => DataflowReader.Read(JsonDocument.Parse(json).RootElement);
}
