using System.Security.Cryptography;
using AdxFlow.Core.Tests.Ingestion.Spool;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>Several storage accounts, of which one fails; containers that vanish; signatures that run out.</summary>
public sealed class StorageFaultTests
{
    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long), new("text", AdxType.String)];

    [Theory]
    [InlineData(503, false)]
    [InlineData(503, true)]
    [InlineData(429, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    public async Task A_small_batch_goes_to_another_account_when_one_fails(int status, bool after)
    {
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { StorageAccounts = 2 }, Columns);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, PathPrefix = "/storage/", StatusCode = status, AfterAction = after, Count = 1_000 });
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 1 });
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < 6; row++)
            intake.Add(row, "x");
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        Assert.Equal([0L, 1, 2, 3, 4, 5], (await table.RowsAsync()).Select(static row => (long)row[0]!).Order());
        Assert.Equal(6, table.Cluster.Requests.Count(static request => request is { Method: "PUT", Status: 201 } && request.Path.StartsWith("/storage2/", StringComparison.Ordinal)));
        Assert.Empty(table.BlobsLeft(sent));
    }

    [Fact]
    public async Task A_container_that_vanishes_is_passed_by()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, PathPrefix = "/storage/ingestdata-0", StatusCode = 404, Count = 1_000 });
        await using IngestionSession session = await table.StartAsync(static request => request with { BatchRows = 1 });
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < 4; row++)
            intake.Add(row, "x");
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        Assert.Equal(4, (await table.RowsAsync()).Count);
    }

    /// <summary>As long as no block of it is anywhere, a large blob goes elsewhere as a small one does.</summary>
    [Theory]
    [InlineData(503)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_batch_of_blocks_begins_in_another_account_when_one_fails(int status)
    {
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { StorageAccounts = 2 }, Columns);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, PathPrefix = "/storage/", StatusCode = status, Count = 1_000 });
        string[] texts = [.. Enumerable.Range(0, 200).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)))];
        // Whichever account has the turn: one of two in a row begins in the one that fails.
        for (int half = 0; half < 2; half++)
        {
            await using IngestionSession session = await table.StartAsync();
            RowIntake intake = session.OpenRows(Columns);
            for (int row = half * 100; row < (half + 1) * 100; row++)
                intake.Add(row, texts[row]);
            AdxIngestion sent = await session.CompleteAsync().EndsAsync();
            Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        }
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    /// <summary>From a spool, it is whole on the disk: it is sent anew, to another container.</summary>
    [Fact]
    public async Task A_container_that_vanishes_under_a_batch_of_a_spool_costs_nothing()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        string[] texts = [.. Enumerable.Range(0, 150).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)))];
        // The blocks are all there when the list that would make the blob finds the container gone.
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlockList, StatusCode = 404 });
        await using IngestionSession session = await table.StartAsync(request => request with { DeliveryGuarantee = AdxDeliveryGuarantee.ExactlyOnce, SpoolPath = place.Root });
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < texts.Length; row++)
            intake.Add(row, texts[row]);
        await session.CompleteAsync().EndsAsync();
        Assert.Equal(AdxIngestionStatus.Succeeded, (await session.ConfirmAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken).EndsAsync()).Status);
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    /// <summary>A file is there to be read again.</summary>
    [Fact]
    public async Task A_container_that_vanishes_under_a_file_costs_nothing()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        string[] texts = [.. Enumerable.Range(0, 150).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)))];
        string path = Path.Combine(place.Root, "rows.csv");
        await File.WriteAllLinesAsync(path, texts.Select(static (text, row) => $"{row},{text}"), TestContext.Current.CancellationToken);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlockList, StatusCode = 404 });
        await using IngestionSession session = await table.StartAsync();
        session.OpenFiles().Add(new FileIngestion { Path = path });
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.False(session.TryTakeEvent(out IngestionEvent? happened) && happened is FileRejected);
        Assert.Equal((1, 150), (sent.Batches.Count, sent.Rows));
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    [Fact]
    public async Task The_status_table_is_looked_at_with_a_new_signature_when_the_old_one_has_run_out()
    {
        var clock = new MovingClock();
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { IngestionMethods = LocalIngestionMethods.ClassicOnly, SignatureLifetime = TimeSpan.FromHours(2), Clock = clock, IngestionDelay = TimeSpan.FromDays(1) }, Columns);
        await using IngestionSession session = await table.StartAsync();
        session.OpenRows(Columns).Add(1, "a");
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        var tracker = new IngestionTracker(table.Connection);
        Assert.Equal(AdxIngestionStatus.Queued, (await tracker.RefreshAsync(sent, TestContext.Current.CancellationToken)).Status);
        clock.Now += TimeSpan.FromHours(3);
        Assert.Equal(AdxIngestionStatus.Queued, (await tracker.RefreshAsync(sent, TestContext.Current.CancellationToken)).Status);
    }

    /// <summary>A signature has run out, and the service that would give another one is away for a moment.</summary>
    [Fact]
    public async Task A_signature_that_runs_out_while_the_service_is_away_is_renewed_when_it_is_back()
    {
        var clock = new MovingClock();
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { SignatureLifetime = TimeSpan.FromHours(2), Clock = clock }, Columns);
        await using IngestionSession session = await table.StartAsync(static request => request with { RetryWindow = TimeSpan.FromMinutes(5) });
        RowIntake intake = session.OpenRows(Columns);
        clock.Now += TimeSpan.FromHours(3);
        // One more than the tries of a request.
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Configuration, Count = 7 });
        intake.Add(1, "a");
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        Assert.Single(await table.RowsAsync());
    }

    /// <summary>Its first blocks are there and nowhere else, so that it cannot go to another one: it is lost, and told; of it nothing arrives.</summary>
    [Fact]
    public async Task A_container_that_vanishes_under_a_batch_of_blocks_ends_the_session()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        await using IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < 150; row++)
            intake.Add(row, Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)));
        await Eventually.HoldsAsync(() => table.Count("PUT", "/storage") > 0, "a first block is uploaded");
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload | LocalFaultTarget.BlockList, StatusCode = 404, Count = 1_000 });
        try
        {
            for (int row = 150; row < 300; row++)
                intake.Add(row, Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)));
        }
        catch (OperationCanceledException)
        {
            // It has failed by now; the reason comes below.
        }
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
        Assert.Equal(404, failure.StatusCode);
        await session.DisposeAsync().AsTask().EndsAsync();
        Assert.Empty(session.Snapshot().Batches);
        Assert.Equal(0, table.Posts);
    }

    [Theory]
    [InlineData(LocalIngestionMethods.RestAndClassic)]
    [InlineData(LocalIngestionMethods.ClassicOnly)]
    public async Task A_batch_of_blocks_goes_on_in_its_container_when_its_signature_runs_out(LocalIngestionMethods methods)
    {
        var clock = new MovingClock();
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { IngestionMethods = methods, SignatureLifetime = TimeSpan.FromHours(2), Clock = clock }, Columns);
        await using IngestionSession session = await table.StartAsync();
        RowIntake intake = session.OpenRows(Columns);
        string[] texts = [.. Enumerable.Range(0, 300).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)))];
        for (int row = 0; row < 150; row++)
            intake.Add(row, texts[row]);
        await Eventually.HoldsAsync(() => table.Count("PUT", "/storage") > 0, "a first block is uploaded");
        clock.Now += TimeSpan.FromHours(3);
        for (int row = 150; row < texts.Length; row++)
            intake.Add(row, texts[row]);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Single(sent.Batches);
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        if (methods == LocalIngestionMethods.RestAndClassic)
            Assert.Equal(2, table.Count("GET", "/ingestion/configuration"));
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    private sealed class MovingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
