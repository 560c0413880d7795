using AdxFlow.Core.Tests.Http;
using AdxFlow.Ingestion;

namespace AdxFlow.Core.Tests.Ingestion.Status;

/// <summary>Ingestions of which nothing is known but the id of their operation.</summary>
public sealed class OperationTests
{
    private static readonly AdxColumn[] Number = [new("n", AdxType.Long)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_same_operation_is_the_same_ingestion_and_it_is_not_finished()
    {
        AdxIngestion first = IngestionTracker.Operation("op;1", "D", "T");
        Assert.Equal(first.Id, IngestionTracker.Operation("op;1", "D", "T").Id);
        Assert.NotEqual(first.Id, IngestionTracker.Operation("op;2", "D", "T").Id);
        Assert.Equal((AdxIngestionStatus.Queued, false, null, null, null), (first.Status, first.IsFinished, first.Rows, first.RawBytes, first.SentBytes));
    }

    [Fact]
    public async Task What_the_service_tells_is_all_that_is_known_of_it()
    {
        await using var service = ScriptedIngestion.Answering("""
            {"details":[
              {"sourceId":"11111111-1111-1111-1111-111111111111","status":"Succeeded","startTime":"2025-10-01T12:00:00Z"},
              {"url":"https://a.blob.core.windows.net/c/b?sig=secret","status":"Failed","startedAt":"2025-10-01T11:00:00","errorCode":"Download_Forbidden","failureStatus":"Permanent","details":"https://a.blob.core.windows.net/c/b?sig=secret is forbidden"}
            ]}
            """);
        AdxIngestion now = await new IngestionTracker(service.Connection()).RefreshAsync(IngestionTracker.Operation("op", "D", "T"), Stop);
        Assert.Equal(AdxIngestionStatus.PartiallySucceeded, now.Status);
        Assert.Equal(new DateTime(2025, 10, 1, 11, 0, 0, DateTimeKind.Utc), now.StartTime);
        Assert.Equal([new Guid("11111111-1111-1111-1111-111111111111"), Guid.Empty], now.Batches.Select(static batch => batch.SourceId));
        Assert.All(now.Batches, static batch => Assert.Equal(("op", null, null), (batch.OperationId, batch.Rows, batch.SentBytes)));
        Assert.Equal(("Download_Forbidden", true), (now.Batches[1].ErrorCode, now.Batches[1].IsPermanent));
        Assert.DoesNotContain("secret", now.Batches[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batches_without_an_id_are_followed_all_together_and_more_may_come()
    {
        await using var service = ScriptedIngestion.Answering(
            """{"details":[]}""",
            """{"details":[{"status":"Succeeded"}, {"status":"InProgress"}]}""",
            """{"details":[{"status":"Succeeded"}, {"status":"Succeeded"}, {"status":"Failed"}]}""");
        var tracker = new IngestionTracker(service.Connection());
        AdxIngestion ingestion = await tracker.RefreshAsync(IngestionTracker.Operation("op", "D", "T"), Stop);
        Assert.Equal(AdxIngestionStatus.Queued, ingestion.Status);
        ingestion = await tracker.RefreshAsync(ingestion, Stop);
        Assert.Equal(AdxIngestionStatus.InProgress, ingestion.Status);
        ingestion = await tracker.WaitAsync(ingestion, Timeout.InfiniteTimeSpan, cancel: Stop).EndsAsync();
        Assert.Equal([AdxIngestionStatus.Succeeded, AdxIngestionStatus.Succeeded, AdxIngestionStatus.Failed], ingestion.Batches.Select(static batch => batch.Status));
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task An_operation_that_the_service_does_not_know_is_not_found()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() =>
            new IngestionTracker(table.Connection).RefreshAsync(IngestionTracker.Operation("no;such", "NetDefaultDB", LocalTable.Name), Stop));
        Assert.Equal(("AdxIngestionNotFound", AdxErrorKind.NotFound, 404), (failure.ErrorId, failure.Kind, failure.StatusCode));
        Assert.Contains("no;such", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing in the id of an operation says that it is that of a container.</summary>
    [Fact]
    public async Task An_operation_that_only_the_command_knows_is_asked_for_by_it()
    {
        const string Answer = """{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"State","DataType":"String"},{"ColumnName":"Discovered","DataType":"Int64"},{"ColumnName":"Ingested","DataType":"Int64"},{"ColumnName":"Failed","DataType":"Int64"}],"Rows":[["Completed",3,3,0]]}]}""";
        await using var service = new ScriptedServer(static request => request.Path == "/v1/rest/mgmt" ? Answer : ScriptedAnswer.Of(404, "{}"));
        AdxIngestion ingestion = await new IngestionTracker(service.Connection()).RefreshAsync(IngestionTracker.Operation("a;b", "D", "T"), Stop);
        Assert.Equal(AdxIngestionStatus.Succeeded, ingestion.Status);
    }

    [Fact]
    public async Task A_table_that_does_not_exist_is_told_as_such()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() =>
            new IngestionTracker(table.Connection).RefreshAsync(IngestionTracker.Operation("no;such", "NoSuchDatabase", LocalTable.Name), Stop));
        Assert.Equal("AdxDatabaseNotFound", failure.ErrorId);
    }

    [Fact]
    public async Task What_another_client_has_sent_is_followed_to_its_end()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Number);
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 2 });
        Rows(session, table, 5);
        AdxIngestion sent = await session.CompleteAsync();
        foreach (IGrouping<string?, AdxIngestionBatch> operation in sent.Batches.GroupBy(static batch => batch.OperationId))
        {
            AdxIngestion found = await table.FinishAsync(IngestionTracker.Operation(operation.Key!, sent.Database, sent.Table));
            Assert.Equal(AdxIngestionStatus.Succeeded, found.Status);
            Assert.Equal(operation.Select(static batch => batch.SourceId).Order(), found.Batches.Select(static batch => batch.SourceId).Order());
        }
    }

    private static void Rows(IngestionSession session, LocalTable table, int count)
    {
        var intake = session.OpenRows(table.Columns);
        for (int row = 0; row < count; row++)
            intake.Add((long)row);
    }
}
