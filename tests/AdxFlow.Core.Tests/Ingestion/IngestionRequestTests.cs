using AdxFlow.Ingestion;

namespace AdxFlow.Core.Tests.Ingestion;

public sealed class IngestionRequestTests
{
    private static readonly IngestionRequest Plain = new() { Table = "T" };

    public static TheoryData<IngestionRequest> Impossible =>
    [
        Plain with { BatchRows = -1 },
        Plain with { BatchBytes = 0 },
        Plain with { BatchBytes = -1 },
        Plain with { BatchInterval = TimeSpan.Zero },
        Plain with { BatchInterval = TimeSpan.FromSeconds(-5) },
        Plain with { BatchInterval = TimeSpan.MaxValue },
        Plain with { ThrottleLimit = 0 },
        Plain with { ThrottleLimit = -3 },
    ];

    public static TheoryData<IngestionRequest> Possible =>
    [
        Plain,
        Plain with { BatchRows = 1, BatchBytes = 1, BatchInterval = TimeSpan.FromTicks(1), ThrottleLimit = 1 },
        Plain with { BatchInterval = Timeout.InfiniteTimeSpan },
    ];

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public async Task Limits_by_which_no_batch_can_be_made_are_refused_before_anything_is_sent(IngestionRequest request)
    {
        await using LocalTable table = await LocalTable.CreateAsync(new AdxColumn("n", AdxType.Long));
        long before = table.Cluster.RequestCount;
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => table.StartAsync(_ => request));
        Assert.Equal(("AdxInvalidBatch", true), (failure.ErrorId, failure.IsPermanent));
        Assert.Equal(before, table.Cluster.RequestCount);
    }

    [Theory]
    [MemberData(nameof(Possible), DisableDiscoveryEnumeration = true)]
    public async Task The_smallest_and_the_widest_limits_make_batches(IngestionRequest request)
    {
        await using LocalTable table = await LocalTable.CreateAsync(new AdxColumn("n", AdxType.Long));
        await using IngestionSession session = await table.StartAsync(_ => request);
        session.OpenRows(table.Columns).Add(1);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        Assert.Equal(1L, Assert.Single(await table.RowsAsync())[0]);
    }
}
