using AdxFlow.Ingestion;

namespace AdxFlow.Core.Tests.Ingestion;

public sealed class IngestionTrackerTests
{
    private static readonly Guid First = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Second = new("22222222-2222-2222-2222-222222222222");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_asks_for_the_operation_in_the_table_with_details()
    {
        await using var service = ScriptedIngestion.Answering(Status((First, "Succeeded")));
        await new IngestionTracker(service.Connection()).RefreshAsync(Ingestion(Batch(First, operation: "op;1/2")), Stop);
        Assert.Equal("/v1/rest/ingestion/queued/D%20b/T%2F1/op%3B1%2F2?details=true", Assert.Single(service.Requests).Path);
    }

    [Fact]
    public async Task Each_batch_gets_its_own_status_and_keeps_all_else()
    {
        await using var service = ScriptedIngestion.Answering(Status((Second, "Succeeded"), (First, "InProgress")));
        AdxIngestion before = Ingestion(Batch(First), Batch(Second));
        AdxIngestion after = await new IngestionTracker(service.Connection()).RefreshAsync(before, Stop);
        Assert.Equal([AdxIngestionStatus.InProgress, AdxIngestionStatus.Succeeded], after.Batches.Select(static batch => batch.Status));
        Assert.Equal(AdxIngestionStatus.InProgress, after.Status);
        Assert.Equal((before.Id, before.Rows, before.RawBytes, before.SentBytes, before.RejectedRows), (after.Id, after.Rows, after.RawBytes, after.SentBytes, after.RejectedRows));
        Assert.Equal(before.Batches.Select(static batch => batch.OperationId), after.Batches.Select(static batch => batch.OperationId));
        Assert.Equal(AdxIngestionStatus.Queued, before.Status);
    }

    [Fact]
    public async Task Batches_of_one_operation_are_asked_for_once_and_finished_ones_not_again()
    {
        await using var service = ScriptedIngestion.Answering(Status((First, "Queued"), (Second, "Queued")));
        AdxIngestion ingestion = Ingestion(Batch(First), Batch(Second), Batch(Guid.NewGuid(), AdxIngestionStatus.Succeeded, "done"));
        await new IngestionTracker(service.Connection()).RefreshAsync(ingestion, Stop);
        Assert.Single(service.Requests);

        await new IngestionTracker(service.Connection()).RefreshAsync(Ingestion(Batch(First, AdxIngestionStatus.Failed)), Stop);
        await new IngestionTracker(service.Connection()).RefreshAsync(Ingestion(), Stop);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("Permanent", true)]
    [InlineData("PERMANENT", true)]
    [InlineData("Transient", false)]
    [InlineData("Exhausted", false)]
    [InlineData("Unknown", null)]
    public async Task A_failed_batch_tells_why_and_whether_for_good(string failureStatus, bool? permanent)
    {
        await using var service = ScriptedIngestion.Answering($$"""
            {"status":{"Failed":1},"details":[{"sourceId":"{{First}}","status":"Failed","errorCode":"BadRequest_InvalidMapping","failureStatus":"{{failureStatus}}","details":"The mapping is wrong."}]}
            """);
        AdxIngestion ingestion = await new IngestionTracker(service.Connection()).RefreshAsync(Ingestion(Batch(First)), Stop);
        AdxIngestionBatch batch = Assert.Single(ingestion.Batches);
        Assert.Equal((AdxIngestionStatus.Failed, "BadRequest_InvalidMapping", permanent, "The mapping is wrong."), (batch.Status, batch.ErrorCode, batch.IsPermanent, batch.Error));
        Assert.Equal(AdxIngestionStatus.Failed, ingestion.Status);
        Assert.True(ingestion.IsFinished);
    }

    [Fact]
    public async Task A_failure_without_words_still_has_an_error()
    {
        await using var service = ScriptedIngestion.Answering(Status((First, "Failed")));
        AdxIngestion ingestion = await new IngestionTracker(service.Connection()).RefreshAsync(Ingestion(Batch(First)), Stop);
        Assert.False(string.IsNullOrEmpty(ingestion.Batches[0].Error));
    }

    [Theory]
    [InlineData("""{"Details":[{"SourceId":"{0}","Status":"Succeeded"}]}""", AdxIngestionStatus.Succeeded)]
    [InlineData("""{"DETAILS":[{"SOURCEID":"{0}","STATUS":"SUCCEEDED","startedAt":"x","lastUpdateTime":"y"}]}""", AdxIngestionStatus.Succeeded)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":"inprogress"}]}""", AdxIngestionStatus.InProgress)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":"canceled"}]}""", AdxIngestionStatus.Canceled)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":"Pending"}]}""", AdxIngestionStatus.Queued)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":"Skipped"}]}""", AdxIngestionStatus.Failed)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":"PartiallySucceeded"}]}""", AdxIngestionStatus.Failed)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":"SomethingNew"}]}""", AdxIngestionStatus.InProgress)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":"3"}]}""", AdxIngestionStatus.InProgress)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":null}]}""", AdxIngestionStatus.InProgress)]
    [InlineData("""{"details":[{"sourceId":"{0}","status":7}]}""", AdxIngestionStatus.InProgress)]
    [InlineData("""{"details":[{"status":"Succeeded"}, {"sourceId":"not an id","status":"Succeeded"}, 1, null]}""", AdxIngestionStatus.Queued)]
    [InlineData("""{"details":[]}""", AdxIngestionStatus.Queued)]
    [InlineData("""{"details":null}""", AdxIngestionStatus.Queued)]
    [InlineData("""{"status":{"Succeeded":1}}""", AdxIngestionStatus.Queued)]
    [InlineData("""[]""", AdxIngestionStatus.Queued)]
    public async Task The_answer_is_read_whatever_its_case_and_never_for_more_than_it_says(string answer, AdxIngestionStatus expected)
    {
        await using var service = ScriptedIngestion.Answering(answer.Replace("{0}", First.ToString(), StringComparison.Ordinal));
        AdxIngestion ingestion = await new IngestionTracker(service.Connection()).RefreshAsync(Ingestion(Batch(First)), Stop);
        Assert.Equal(expected, ingestion.Batches[0].Status);
    }

    [Fact]
    public async Task It_waits_until_every_batch_is_finished_and_reports_each_answer()
    {
        await using var service = ScriptedIngestion.Answering(
            Status((First, "Queued"), (Second, "Queued")),
            Status((First, "Succeeded"), (Second, "InProgress")),
            Status((First, "Succeeded"), (Second, "Failed")));
        var seen = new List<AdxIngestionStatus>();
        AdxIngestion ingestion = await new IngestionTracker(service.Connection())
            .WaitAsync(Ingestion(Batch(First), Batch(Second)), Timeout.InfiniteTimeSpan, new Reports(seen), Stop).EndsAsync();
        Assert.Equal(AdxIngestionStatus.PartiallySucceeded, ingestion.Status);
        Assert.Equal([AdxIngestionStatus.Queued, AdxIngestionStatus.InProgress, AdxIngestionStatus.PartiallySucceeded], seen);
    }

    [Fact]
    public async Task When_the_time_is_over_it_returns_what_is_known()
    {
        await using var service = ScriptedIngestion.Answering(Status((First, "InProgress")));
        // On a busy machine one answer may take longer than all the time there is; then it gets more.
        for (var time = TimeSpan.FromMilliseconds(200); service.Requests.Count < 2 && time < Eventually.Limit; time *= 2)
        {
            service.Requests.Clear();
            AdxIngestion ingestion = await new IngestionTracker(service.Connection()).WaitAsync(Ingestion(Batch(First)), time, cancel: Stop).EndsAsync();
            Assert.False(ingestion.IsFinished);
            Assert.Equal(AdxIngestionStatus.InProgress, ingestion.Status);
        }
        Assert.True(service.Requests.Count > 1);
    }

    [Fact]
    public async Task No_time_at_all_asks_once()
    {
        await using var service = ScriptedIngestion.Answering(Status((First, "InProgress")));
        await new IngestionTracker(service.Connection()).WaitAsync(Ingestion(Batch(First)), TimeSpan.Zero, cancel: Stop).EndsAsync();
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var service = ScriptedIngestion.Answering(Status((First, "InProgress")));
        Task<AdxIngestion> waiting = new IngestionTracker(service.Connection()).WaitAsync(Ingestion(Batch(First)), Timeout.InfiniteTimeSpan, cancel: cancel.Token);
        await Eventually.HoldsAsync(() => service.Requests.Count > 1, "it has asked twice");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.EndsAsync());
    }

    [Theory]
    [InlineData(new[] { AdxIngestionStatus.Succeeded, AdxIngestionStatus.Succeeded }, AdxIngestionStatus.Succeeded)]
    [InlineData(new[] { AdxIngestionStatus.Succeeded, AdxIngestionStatus.Failed }, AdxIngestionStatus.PartiallySucceeded)]
    [InlineData(new[] { AdxIngestionStatus.Succeeded, AdxIngestionStatus.Canceled }, AdxIngestionStatus.PartiallySucceeded)]
    [InlineData(new[] { AdxIngestionStatus.Failed, AdxIngestionStatus.Canceled }, AdxIngestionStatus.Failed)]
    [InlineData(new[] { AdxIngestionStatus.Canceled, AdxIngestionStatus.Canceled }, AdxIngestionStatus.Canceled)]
    [InlineData(new[] { AdxIngestionStatus.Succeeded, AdxIngestionStatus.Queued }, AdxIngestionStatus.InProgress)]
    [InlineData(new[] { AdxIngestionStatus.Queued, AdxIngestionStatus.Queued }, AdxIngestionStatus.Queued)]
    [InlineData(new AdxIngestionStatus[0], AdxIngestionStatus.Empty)]
    public void The_whole_is_told_from_its_batches(AdxIngestionStatus[] batches, AdxIngestionStatus whole) =>
        Assert.Equal(whole, Ingestion([.. batches.Select(static status => Batch(Guid.NewGuid(), status))]).Status);

    private static string Status(params (Guid SourceId, string Status)[] batches) =>
        $$"""{"status":{}, "details":[{{string.Join(',', batches.Select(static batch => $$"""{"sourceId":"{{batch.SourceId}}","status":"{{batch.Status}}"}"""))}}]}""";

    private static AdxIngestionBatch Batch(Guid id, AdxIngestionStatus status = AdxIngestionStatus.Queued, string operation = "op") => new()
    {
        SourceId = id,
        OperationId = operation,
        Rows = 5,
        RawBytes = 50,
        SentBytes = 20,
        Status = status,
    };

    private static AdxIngestion Ingestion(params AdxIngestionBatch[] batches) => new()
    {
        Id = Guid.NewGuid(),
        Database = "D b",
        Table = "T/1",
        Mode = AdxIngestionMode.Queued,
        StartTime = DateTime.UtcNow,
        Elapsed = TimeSpan.Zero,
        RejectedRows = 2,
        Batches = batches,
    };

    private sealed class Reports(List<AdxIngestionStatus> seen) : IProgress<AdxIngestion>
    {
        public void Report(AdxIngestion value) => seen.Add(value.Status);
    }
}
