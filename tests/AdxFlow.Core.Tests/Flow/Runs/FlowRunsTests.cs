using System.Text.Json.Nodes;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow.Runs;

public sealed class FlowRunsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_are_asked_for_newest_first_by_flow_and_time_and_by_state_only_here()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.Contains("continuationToken", StringComparison.Ordinal)
            ? """{"items":[{"id":"3","metrics":{"statusSummary":{"status":"Failed"}}}],"_links":{}}"""
            : """{"items":[{"id":"1","metrics":{"statusSummary":{"status":"success"},"recordSummary":{"failedRecordCount":"2"}}},{"id":"2","metrics":{"statusSummary":{"status":"success"}}}],"_links":{"next":{"href":"/runs?continuationToken=a%3D%26b"}}}""");
        var runs = new FlowRuns(await platform.ConnectAsync());
        var found = new List<string>();
        var filter = new FlowRunFilter { FlowId = "f", After = Noon, Before = Noon.AddHours(1), States = [FlowRunState.Failed, FlowRunState.PartialSuccess] };
        await foreach (FlowRun run in runs.ListAsync(filter, Cancel))
            found.Add(run.Id);
        Assert.Equal(["1", "3"], found);
        Assert.Equal(
            "/data/foundation/flowservice/runs?property=flowId%3D%3Df&property=metrics.durationSummary.startedAtUTC%3E1795348800000&property=metrics.durationSummary.startedAtUTC%3C1795352400000&orderby=-createdAt&limit=100",
            platform.Requests[0].Path);
        Assert.EndsWith("/runs?continuationToken=a%3D%26b", platform.Requests[1].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[{"id":"r","etag":"\"1\""}]}""")]
    [InlineData("""{"id":"r","etag":"\"1\""}""")]
    public async Task A_run_is_started_in_seconds_with_its_delta_column_at_first(string answer)
    {
        await using var platform = Platform(answer, deltaColumn: null);
        FlowRun run = await new FlowRuns(await platform.ConnectAsync()).StartAsync("f", Noon, Noon.AddHours(1), "Timestamp", Noon.AddDays(1), Cancel);
        Assert.Equal("r", run.Id);
        Assert.Equal(
            """{"flowId":"f","params":{"startTime":1795435200,"windowStartTime":1795348800,"windowEndTime":1795352400,"deltaColumn":{"name":"Timestamp"}}}""",
            platform.Requests.Single(static request => request.Method == "POST").Body);
    }

    [Fact]
    public async Task What_the_first_run_settled_is_not_said_again()
    {
        await using var platform = Platform("""{"id":"r"}""", "Timestamp");
        await new FlowRuns(await platform.ConnectAsync()).StartAsync("f", Noon, Noon.AddHours(1), "Timestamp", null, Cancel);
        Assert.Null(JsonNode.Parse(platform.Requests.Single(static request => request.Method == "POST").Body)!["params"]!["deltaColumn"]);
    }

    [Fact]
    public async Task A_run_that_may_not_be_starts_nothing()
    {
        await using var platform = Platform("""{"id":"r"}""", "Timestamp");
        var runs = new FlowRuns(await platform.ConnectAsync());
        Assert.Equal("FlowRunWindowInvalid", (await Assert.ThrowsAsync<FlowException>(() => runs.StartAsync("f", Noon, Noon, null, null, Cancel))).ErrorId);
        Assert.DoesNotContain(platform.Requests, static request => request.Method == "POST");
    }

    [Theory]
    [InlineData("at", "Give -DeltaColumn At: the case of letters matters.")]
    [InlineData("Tiem", "Its columns are Id, At.")]
    public async Task A_delta_column_that_the_table_lacks_is_not_settled(string column, string advice)
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.EndsWith("/flows/f", StringComparison.Ordinal)
            ? """{"items":[{"id":"f","name":"Weather","state":"enabled","sourceConnectionIds":["s"],"scheduleParams":{"frequency":"once","startTime":1}}]}"""
            : """{"items":[{"id":"s","params":{"tableName":"Weather","columns":[{"name":"Id"},{"name":"At"}]}}]}""");
        var runs = new FlowRuns(await platform.ConnectAsync());
        FlowException refused = await Assert.ThrowsAsync<FlowException>(() => runs.StartAsync("f", Noon, Noon.AddHours(1), column, null, Cancel));
        Assert.Equal(("FlowDeltaColumnNotFound", advice), (refused.ErrorId, refused.RecommendedAction));
        Assert.DoesNotContain(platform.Requests, static request => request.Method == "POST");
    }

    [Fact]
    public async Task A_run_without_an_id_is_an_error_and_not_a_run()
    {
        await using var platform = Platform("{}", "Timestamp");
        var runs = new FlowRuns(await platform.ConnectAsync());
        Assert.Equal("FlowInvalidAnswer", (await Assert.ThrowsAsync<FlowException>(() => runs.StartAsync("f", Noon, Noon.AddHours(1), null, null, Cancel))).ErrorId);
    }

    [Fact]
    public async Task A_run_that_is_waited_for_may_be_too_new_to_be_shown_and_is_gone_only_after_it_was_seen()
    {
        int asked = 0;
        await using var platform = new ScriptedPlatform(_ => ++asked == 3
            ? """{"items":[{"id":"r","metrics":{"statusSummary":{"status":"inProgress"}}}]}"""
            : ScriptedAnswer.Of(404, """{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"no","status":404}"""));
        Func<CancellationToken, Task<FlowRun?>> find = new FlowRuns(await platform.ConnectAsync()).Follow("r");
        Assert.Null(await find(Cancel));
        Assert.Null(await find(Cancel));
        Assert.Equal(FlowRunState.InProgress, (await find(Cancel))!.State);
        Assert.Equal("FlowNotFound", (await Assert.ThrowsAsync<FlowException>(() => find(Cancel))).ErrorId);
    }

    [Fact]
    public async Task A_run_that_does_not_come_is_not_there()
    {
        await using var platform = new ScriptedPlatform(static _ => ScriptedAnswer.Of(404, """{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"no","status":404}"""));
        Func<CancellationToken, Task<FlowRun?>> find = new FlowRuns(await platform.ConnectAsync()).Follow("r");
        for (int time = 0; time < 8; time++)
            Assert.Null(await find(Cancel));
        await Assert.ThrowsAsync<FlowException>(() => find(Cancel));
    }

    [Fact]
    public async Task A_run_that_the_service_does_not_show_yet_is_told_as_scheduled()
    {
        await using var platform = new ScriptedPlatform(request => request.Path.EndsWith("/runs/r", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(404, """{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"no","status":404}""")
            : Script(request, """{"id":"r"}""", "Timestamp"));
        FlowRun run = await new FlowRuns(await platform.ConnectAsync()).StartAsync("f", Noon, Noon.AddHours(1), null, null, Cancel);
        Assert.Equal(("r", "f", FlowRunState.Scheduled), (run.Id, run.FlowId, run.State));
    }

    [Fact]
    public async Task A_failed_run_is_repeated_with_the_action_in_small_letters()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.EndsWith("/runs/r", StringComparison.Ordinal)
            ? """{"items":[{"id":"r","flowId":"f","metrics":{"statusSummary":{"status":"failed"}}}]}"""
            : Script(request, """{"id":"r2"}""", null));
        await new FlowRuns(await platform.ConnectAsync()).RestartAsync("r", Cancel);
        Assert.EndsWith("/runs/r/action?op=re-trigger", platform.Requests.Single(static request => request.Method == "POST").Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_asks_until_the_run_has_ended_and_tells_each_answer()
    {
        var answers = new Queue<FlowRun?>([null, new FlowRun { Id = "r", State = FlowRunState.InProgress }, new FlowRun { Id = "r", State = FlowRunState.Failed }]);
        var told = new Told();
        FlowRun? run = await FlowRuns.WaitAsync(_ => Task.FromResult(answers.Dequeue()), Timeout.InfiniteTimeSpan, told, Cancel);
        Assert.Equal(FlowRunState.Failed, run!.State);
        Assert.Equal([null, FlowRunState.InProgress, FlowRunState.Failed], told.States);
    }

    [Fact]
    public async Task Waiting_ends_with_the_time_and_what_is_known()
    {
        Assert.Null(await FlowRuns.WaitAsync(static _ => Task.FromResult<FlowRun?>(null), TimeSpan.Zero, new Told(), Cancel));
        Assert.False((await FlowRuns.WaitAsync(static _ => Task.FromResult<FlowRun?>(new FlowRun { Id = "r", State = FlowRunState.InProgress }), TimeSpan.FromMilliseconds(1), new Told(), Cancel))!.IsFinished);
    }

    [Fact]
    public async Task Row_errors_are_read_file_by_file_and_a_batch_without_them_has_none()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path switch
        {
            "/data/foundation/export/batches/B/meta?path=row_errors&limit=100" => """{"data":[{"name":"a_0.json","length":"9"},{"name":"b 1.json"}],"_page":{"count":2}}""",
            "/data/foundation/export/batches/B/meta?path=row_errors%2Fa_0.json" => "{\"Id\":1,\"_errors\":[{\"code\":\"1\",\"message\":\"x\"}]}\n{\"Id\":2}\n",
            "/data/foundation/export/batches/B/meta?path=row_errors%2Fb%201.json" => "{\"Id\":3}",
            _ => ScriptedAnswer.Of(404, """{"status":404,"title":"The path is not found."}"""),
        });
        var runs = new FlowRuns(await platform.ConnectAsync());
        var rows = new List<FlowRowError>();
        await foreach (FlowRowError row in runs.GetRowErrorsAsync("B", "r", Cancel))
            rows.Add(row);
        Assert.Equal(["a_0.json", "a_0.json", "b 1.json"], rows.Select(static row => row.File));
        await foreach (FlowRowError row in runs.GetRowErrorsAsync("none", "r", Cancel))
            Assert.Fail(row.ToString());
    }

    private static ScriptedPlatform Platform(string made, string? deltaColumn) => new(request => Script(request, made, deltaColumn));

    private static ScriptedAnswer Script(ScriptedRequest request, string made, string? deltaColumn) => request switch
    {
        { Method: "POST" } => made,
        _ when request.Path.EndsWith("/flows/f", StringComparison.Ordinal) => """{"items":[{"id":"f","name":"Weather","state":"enabled","scheduleParams":{"frequency":"once"}COPY}]}""".Replace(
            "COPY", deltaColumn is null ? string.Empty : ",\"transformations\":[{\"name\":\"Copy\",\"params\":{\"deltaColumn\":{\"name\":\"Timestamp\"}}}]", StringComparison.Ordinal),
        _ => """{"items":[{"id":"r","flowId":"f","metrics":{"statusSummary":{"status":"scheduled"}}}]}""",
    };

    private sealed class Told : IProgress<FlowRun?>
    {
        public List<FlowRunState?> States { get; } = [];

        public void Report(FlowRun? value) => States.Add(value?.State);
    }
}
