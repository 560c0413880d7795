using AdxFlow.Adx;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Status;

namespace AdxFlow.Core.Tests.Ingestion.Status;

/// <summary>What the engine has recorded of failed ingestions.</summary>
public sealed class IngestionFailuresTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failure_is_read_with_all_that_the_service_tells_and_no_signature()
    {
        await using var service = ScriptedIngestion.Answering("""
            {"Tables":[{"TableName":"Table_0","Columns":[
              {"ColumnName":"OperationId","DataType":"String"},{"ColumnName":"Database","DataType":"String"},{"ColumnName":"Table","DataType":"String"},
              {"ColumnName":"FailedOn","DataType":"DateTime"},{"ColumnName":"IngestionSourcePath","DataType":"String"},{"ColumnName":"Details","DataType":"String"},
              {"ColumnName":"FailureKind","DataType":"String"},{"ColumnName":"OriginatesFromUpdatePolicy","DataType":"SByte"},{"ColumnName":"ErrorCode","DataType":"String"},
              {"ColumnName":"ShouldRetry","DataType":"String"},{"ColumnName":"NumberOfSources","DataType":"Int64"}],
             "Rows":[
              ["3827def6-0773-4f2a-859e-c02cf395deaf","DB1","T","2026-11-22T10:00:00Z","https://user:pw@a.blob.core.windows.net/c/b.csv?sv=1&sig=secret","at https://a.blob.core.windows.net/c?sig=secret","Transient",1,"Timeout","true",10],
              ["","DB1","T","2026-11-22T09:00:00Z","https://a.blob.core.windows.net/c/b.csv;secret","bad","Permanent",0,"Stream_ClosingQuoteMissing","",null],
              ["","DB1","T","2026-11-22T11:00:00Z","inline","odd","Unknown",null,"",null,null]]}]}
            """);
        IReadOnlyList<AdxIngestionFailure> failures = await new IngestionFailures(new AdxClient(service.Connection())).GetAsync(cancellationToken: Stop);
        Assert.Equal([9, 10, 11], failures.Select(static failure => failure.FailedOn.Hour));
        Assert.Equal(
            [
                (Guid.Empty, "https://a.blob.core.windows.net/c/b.csv", true, null, false, null),
                (new Guid("3827def6-0773-4f2a-859e-c02cf395deaf"), "https://a.blob.core.windows.net/c/b.csv", (bool?)false, (bool?)true, (bool?)true, (long?)10),
                (Guid.Empty, "inline", null, null, null, null),
            ],
            failures.Select(static failure => (failure.OperationId, failure.Source, failure.IsPermanent, failure.ShouldRetry, failure.OriginatesFromUpdatePolicy, failure.NumberOfSources)));
        Assert.DoesNotContain(failures, static failure => (failure.Source + failure.Details).Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void The_command_holds_names_and_times_as_literals() => Assert.Equal(
        @".show ingestion failures with (OperationId='3827def6-0773-4f2a-859e-c02cf395deaf') | where Database =~ 'D' and Table == 'T\' | take 0' and FailedOn >= datetime(2026-11-22T00:00:00.0000000Z)",
        FailureCommands.ShowFailures("D", "T' | take 0", new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc), new Guid("3827def6-0773-4f2a-859e-c02cf395deaf")));

    [Fact]
    public async Task Failures_are_found_by_table_time_and_operation()
    {
        await using LocalTable table = await LocalTable.CreateAsync(new AdxColumn("n", AdxType.Long));
        DateTime before = DateTime.UtcNow;
        await FailAsync(table);
        await FailAsync(table);
        var failures = new IngestionFailures(new AdxClient(table.Connection));
        IReadOnlyList<AdxIngestionFailure> all = await failures.GetAsync(cancellationToken: Stop);
        Assert.Equal(2, all.Count);
        Assert.All(all, static failure => Assert.Equal(("BadRequest_MappingReferenceWasNotFound", true, LocalTable.Name), (failure.ErrorCode, failure.IsPermanent, failure.Table)));
        Assert.Equal(2, (await failures.GetAsync(LocalTable.Name, before, cancellationToken: Stop)).Count);
        Assert.Empty(await failures.GetAsync("t", cancellationToken: Stop));
        Assert.Empty(await failures.GetAsync(since: DateTime.UtcNow.AddHours(1), cancellationToken: Stop));
        Assert.Equal(all[1].OperationId, Assert.Single(await failures.GetAsync(operationId: all[1].OperationId, cancellationToken: Stop)).OperationId);
    }

    private static async Task FailAsync(LocalTable table)
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".csv");
        await File.WriteAllTextAsync(path, "1\n", Stop);
        try
        {
            await using IngestionSession session = await table.StartAsync(static request => request with { MappingName = "NoSuchMapping" });
            session.OpenFiles().Add(new FileIngestion { Path = path });
            Assert.Equal(AdxIngestionStatus.Failed, (await table.FinishAsync(await session.CompleteAsync())).Status);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
