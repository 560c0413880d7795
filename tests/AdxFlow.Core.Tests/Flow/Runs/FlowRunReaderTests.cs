using System.Text.Json;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Runs;

public sealed class FlowRunReaderTests
{
    // Made after the shape that the monitoring tutorial shows: a success of which one row is missing.
    internal const string LossySuccess = """
        {"id":"9830305a","flowId":"c9cef9cb","createdAt":1596656079576,"updatedAt":"1596656113526","etag":"\"b8\"",
         "metrics":{"durationSummary":{"startedAtUTC":1596656058198,"completedAtUTC":"1596656113306"},"sizeSummary":{"inputBytes":24012,"outputBytes":17128},
          "recordSummary":{"inputRecordCount":"100","outputRecordCount":99,"failedRecordCount":1,"skippedRecordCount":0},
          "statusSummary":{"status":"success","errors":[{"code":"CONNECTOR-2001-500","message":"Error occurred at promotion activity."}],"activityRefs":["promotionActivity"]}},
         "activities":[
          {"id":"copyActivity","durationSummary":{"startedAtUTC":1596656058198,"completedAtUTC":1596656089650,"extensions":{"windowStart":1596653708000,"windowEnd":1596655508000}},
           "recordSummary":{},"statusSummary":{"status":"success","extensions":{"type":"one-time"}},
           "sourceInfo":[{"id":"s","type":"SourceConnection","reference":{"type":"AdfRunId","ids":["8a8eb0cc"]}}]},
          {"id":"promotionActivity","recordSummary":{"inputRecordCount":100,"outputRecordCount":99,"failedRecordCount":1},
           "statusSummary":{"status":"success","errors":[{"code":"CONNECTOR-2001-500","message":"Error occurred at promotion activity."}],
            "extensions":{"manifest":{"failedRecords":"https://h/meta?path=row_errors"},"errors":[{"code":"INGEST-1212-400","message":"Encountered 1 errors"},{"code":"MAPPER-3700-400","recordCount":1,"message":"Mapper Transform Error"}]}},
           "targetInfo":[{"id":"t","type":"TargetConnection","reference":{"type":"Batch","ids":["01EF01X41KJD82Y9ZX6ET54PCZ"]}}]}]}
        """;

    [Fact]
    public void A_success_that_left_rows_out_says_so()
    {
        FlowRun run = Read(LossySuccess);
        Assert.Equal((FlowRunState.PartialSuccess, "success", true), (run.State, run.Status, run.IsFinished));
        Assert.Equal((100L, 99L, 1L, 0L, 24012L, 17128L), (run.InputRecords, run.OutputRecords, run.FailedRecords, run.SkippedRecords, run.InputBytes, run.OutputBytes));
        Assert.Equal(("9830305a", "c9cef9cb", TimeSpan.FromMilliseconds(55108)), (run.RunId, run.FlowId, run.Duration));
        Assert.Equal((DateTimeOffset.FromUnixTimeMilliseconds(1596653708000), DateTimeOffset.FromUnixTimeMilliseconds(1596655508000)), (run.WindowStart, run.WindowEnd));
        Assert.Equal("01EF01X41KJD82Y9ZX6ET54PCZ", Assert.Single(run.BatchIds));
        Assert.Equal(["8a8eb0cc"], run.Activities[0].References);
    }

    [Fact]
    public void Each_error_is_told_once_where_it_happened() => Assert.Equal(
        [
            "CONNECTOR-2001-500: Error occurred at promotion activity. in promotionActivity",
            "INGEST-1212-400: Encountered 1 errors in promotionActivity",
            "MAPPER-3700-400: Mapper Transform Error (1 rows) in promotionActivity",
        ],
        Read(LossySuccess).Errors.Select(static error => $"{error} in {error.Activity}"));

    [Theory]
    [InlineData("success", 0, false, FlowRunState.Success)]
    [InlineData("Success", 0, false, FlowRunState.Success)]
    [InlineData("success", 1, false, FlowRunState.PartialSuccess)]
    [InlineData("success", 0, true, FlowRunState.PartialSuccess)]
    [InlineData("partialSuccess", 0, false, FlowRunState.PartialSuccess)]
    [InlineData("PARTIAL_SUCCESS", 3, true, FlowRunState.PartialSuccess)]
    [InlineData("failed", 0, false, FlowRunState.Failed)]
    [InlineData("Failed", 9, true, FlowRunState.Failed)]
    [InlineData("inProgress", 0, false, FlowRunState.InProgress)]
    [InlineData("IN_PROGRESS", 0, true, FlowRunState.InProgress)]
    [InlineData("scheduled", 0, false, FlowRunState.Scheduled)]
    [InlineData("queued", 0, false, FlowRunState.Scheduled)]
    [InlineData("dreaming", 0, false, FlowRunState.Unknown)]
    [InlineData(null, 0, false, FlowRunState.Unknown)]
    public void Words_and_figures_together_make_the_state(string? status, long failed, bool hasErrors, FlowRunState state) =>
        Assert.Equal(state, FlowRunReader.StateOf(status, failed, hasErrors));

    [Fact]
    public void A_success_with_an_activity_that_failed_is_none() => Assert.Equal(
        FlowRunState.PartialSuccess,
        Read("""{"id":"r","metrics":{"statusSummary":{"status":"success"}},"activities":[{"id":"a","statusSummary":{"status":"failed"}}]}""").State);

    [Fact]
    public void Failed_rows_that_only_an_activity_tells_count() => Assert.Equal(
        (FlowRunState.PartialSuccess, 7L),
        Read("""{"id":"r","metrics":{"statusSummary":{"status":"success"}},"activites":[{"id":"a","recordSummary":{"failedRecordCount":"7"}}]}""") is var run ? (run.State, run.FailedRecords) : default);

    [Fact]
    public void A_run_that_has_only_begun_has_no_end()
    {
        FlowRun run = Read("""{"id":"r","flowId":"f","params":{"windowStartTime":"1651584991","windowEndTime":1651585956},"metrics":{"durationSummary":{"startedAtUTC":1596656058198,"completedAtUTC":0},"statusSummary":{"status":"inProgress"}}}""");
        Assert.Equal((FlowRunState.InProgress, null, null, false), (run.State, run.EndTime, run.Duration, run.IsFinished));
        Assert.Equal((DateTimeOffset.FromUnixTimeSeconds(1651584991), DateTimeOffset.FromUnixTimeSeconds(1651585956)), (run.WindowStart, run.WindowEnd));
        Assert.Equal((FlowRunState.Scheduled, FlowRunState.Unknown), (Read("""{"id":"r","state":"scheduled"}""").State, Read("""{"id":"r"}""").State));
    }

    [Fact]
    public void Rows_that_were_left_out_are_read_one_by_one()
    {
        IReadOnlyList<FlowRowError> rows = RowErrorReader.Read(
            """
            {"Id":"x","_errors":[{"code":"MAPPER-3700","message":"No number."},{"code":"2","message":"Nor that."}],"_filename":"conversion_errors_0.json"}
            [{"_corrupt_record":"{a","_errors":[{"code":1401,"message":"Row is corrupted."}]}]
            {missingQuotes: "v1"}
            {"Id":2,"_errors":[]}
            """,
            "B",
            "parsing_errors_0.json",
            "r");
        Assert.Equal(["MAPPER-3700: No number.; Nor that.", "1401: Row is corrupted.", "", ""], rows.Select(static row => row.ToString()));
        Assert.Equal(["conversion_errors_0.json", "parsing_errors_0.json", "parsing_errors_0.json", "parsing_errors_0.json"], rows.Select(static row => row.File));
        Assert.Equal(["{a", "{missingQuotes: \"v1\"}"], rows.Skip(1).Take(2).Select(static row => row.Row));
        Assert.Contains("\"Id\":\"x\"", rows[0].Row, StringComparison.Ordinal);
        Assert.All(rows, static row => Assert.Equal(("B", "r"), (row.BatchId, row.RunId)));
        Assert.Empty(RowErrorReader.Read(" \n", "B", "f", null));
    }

    private static FlowRun Read(string json) => FlowRunReader.Read(JsonDocument.Parse(json).RootElement);
}
