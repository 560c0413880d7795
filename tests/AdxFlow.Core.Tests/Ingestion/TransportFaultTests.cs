using System.Security.Cryptography;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>The same faults on every way into a table: exactly the right rows in it, and the right counts in what is told.</summary>
public sealed class TransportFaultTests
{
    private const int Rows = 40;

    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long), new("text", AdxType.String)];

    /// <summary>The ways, and the requests of each that carry data.</summary>
    private static readonly (string Way, LocalFaultTarget[] Targets)[] Ways =
    [
        ("Rest", [LocalFaultTarget.BlobUpload, LocalFaultTarget.QueuedPost]),
        ("Classic", [LocalFaultTarget.BlobUpload, LocalFaultTarget.StorageQueue, LocalFaultTarget.StatusTable]),
        ("Streaming", [LocalFaultTarget.Streaming]),
        ("Auto", [LocalFaultTarget.Streaming]),
        ("Direct", [LocalFaultTarget.Management]),
    ];

    public static TheoryData<string, LocalFaultTarget, string> BeforeTheAction
    {
        get
        {
            var cases = new TheoryData<string, LocalFaultTarget, string>();
            foreach ((string way, LocalFaultTarget[] targets) in Ways)
            {
                foreach (LocalFaultTarget target in targets)
                {
                    foreach (string fault in (string[])["429", "429 with Retry-After", "503", "reset"])
                        cases.Add(way, target, fault);
                }
            }
            return cases;
        }
    }

    /// <summary>What is done when the same data comes a second time: the classic queue, like the REST one, finds the blob gone.</summary>
    public static TheoryData<string, LocalFaultTarget, int> AfterTheAction => new()
    {
        { "Rest", LocalFaultTarget.QueuedPost, 1 },
        { "Classic", LocalFaultTarget.StorageQueue, 1 },
        { "Streaming", LocalFaultTarget.Streaming, 2 },
        { "Auto", LocalFaultTarget.Streaming, 2 },
        { "Direct", LocalFaultTarget.Management, 2 },
    };

    [Theory]
    [MemberData(nameof(BeforeTheAction))]
    public async Task A_fault_before_anything_was_done_is_overcome_and_every_row_is_there_once(string way, LocalFaultTarget target, string fault)
    {
        await using LocalTable table = await OpenAsync(way);
        await using IngestionSession session = await StartAsync(table, way);
        table.Cluster.AddFault(new LocalFault
        {
            Target = target,
            StatusCode = fault == "503" ? 503 : 429,
            RetryAfter = fault == "429 with Retry-After" ? TimeSpan.FromSeconds(1) : null,
            Abort = fault == "reset",
        });
        AdxIngestion sent = await SendAsync(session);
        AdxIngestion finished = await table.FinishAsync(sent);
        Assert.Equal((AdxIngestionStatus.Succeeded, 0L), (finished.Status, finished.RejectedRows));
        await AssertRowsAsync(table, finished, times: 1);
    }

    /// <summary>At least once: what the service cannot know for the same comes twice, and the counts tell of it once.</summary>
    [Theory]
    [MemberData(nameof(AfterTheAction))]
    public async Task An_answer_that_is_lost_loses_no_row(string way, LocalFaultTarget target, int times)
    {
        await using LocalTable table = await OpenAsync(way);
        await using IngestionSession session = await StartAsync(table, way);
        table.Cluster.AddFault(new LocalFault { Target = target, Abort = true, AfterAction = true });
        AdxIngestion finished = await table.FinishAsync(await SendAsync(session));
        // Of two operations for one blob the later finds it gone, and nobody can say more than that; see about_AdxFlow_Modes.
        Assert.Contains(finished.Status, (AdxIngestionStatus[])[AdxIngestionStatus.Succeeded, AdxIngestionStatus.Unknown]);
        await AssertRowsAsync(table, finished, times);
    }

    [Theory]
    [MemberData(nameof(AfterTheAction))]
    public async Task Without_a_guarantee_there_is_one_try_and_no_row_twice(string way, LocalFaultTarget target, int times)
    {
        Assert.InRange(times, 1, 2);
        await using LocalTable table = await OpenAsync(way);
        await using IngestionSession session = await StartAsync(table, way, AdxDeliveryGuarantee.None);
        table.Cluster.AddFault(new LocalFault { Target = target, Abort = true, AfterAction = true });
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => SendAsync(session));
        Assert.False(failure.IsPermanent);
        await session.DisposeAsync().AsTask().EndsAsync();
        Assert.InRange((await table.RowsAsync()).Count, 0, Rows);
    }

    /// <summary>The tag of a batch is in the table, so its second coming is left out.</summary>
    [Theory]
    [InlineData("Rest", LocalFaultTarget.QueuedPost)]
    [InlineData("Classic", LocalFaultTarget.StorageQueue)]
    public async Task Exactly_once_is_that_in_both_protocols(string way, LocalFaultTarget target)
    {
        string spool = Directory.CreateTempSubdirectory().FullName;
        try
        {
            await using LocalTable table = await OpenAsync(way);
            await using (IngestionSession session = await StartAsync(table, way, AdxDeliveryGuarantee.ExactlyOnce, spool))
            {
                table.Cluster.AddFault(new LocalFault { Target = target, Abort = true, AfterAction = true });
                await SendAsync(session);
                AdxIngestion confirmed = await session.ConfirmAsync(Eventually.Limit, TestContext.Current.CancellationToken).EndsAsync();
                Assert.Equal(AdxIngestionStatus.Succeeded, confirmed.Status);
                await AssertRowsAsync(table, confirmed, times: 1);
            }
            Assert.Empty(Directory.EnumerateDirectories(spool));
        }
        finally
        {
            Directory.Delete(spool, recursive: true);
        }
    }

    /// <summary>A batch of four blocks, of which the second is cut off while it is on its way.</summary>
    [Theory]
    [InlineData("Rest")]
    [InlineData("Classic")]
    public async Task A_connection_that_breaks_in_the_middle_of_a_block_costs_that_block_alone(string way)
    {
        await using LocalTable table = await OpenAsync(way);
        await using IngestionSession session = await StartAsync(table, way);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, HoldUntil = Task.CompletedTask });
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, Abort = true });
        RowIntake intake = session.OpenRows(Columns);
        string[] texts = [.. Enumerable.Range(0, 200).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)))];
        for (int row = 0; row < texts.Length; row++)
            intake.Add(row, texts[row]);
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        Assert.Equal((200L, 1), (sent.Rows, sent.Batches.Count));
        Assert.Equal(AdxIngestionStatus.Succeeded, (await table.FinishAsync(sent)).Status);
        Assert.Equal(texts, (await table.RowsAsync()).OrderBy(static row => (long)row[0]!).Select(static row => (string)row[1]!));
    }

    private static async Task<LocalTable> OpenAsync(string way)
    {
        LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { IngestionMethods = way == "Classic" ? LocalIngestionMethods.ClassicOnly : LocalIngestionMethods.RestAndClassic }, Columns);
        if (way is "Streaming" or "Auto")
            await table.AllowStreamingAsync();
        return table;
    }

    private static Task<IngestionSession> StartAsync(LocalTable table, string way, AdxDeliveryGuarantee guarantee = AdxDeliveryGuarantee.AtLeastOnce, string? spool = null) => table.StartAsync(request => request with
    {
        TableColumns = Columns,
        DeliveryGuarantee = guarantee,
        SpoolPath = spool,
        RetryWindow = TimeSpan.FromMinutes(1),
        Mode = way switch
        {
            "Streaming" => AdxIngestionMode.Streaming,
            "Auto" => AdxIngestionMode.Auto,
            "Direct" => AdxIngestionMode.Direct,
            _ => AdxIngestionMode.Queued,
        },
    });

    private static async Task<AdxIngestion> SendAsync(IngestionSession session)
    {
        RowIntake intake = session.OpenRows(Columns);
        for (int row = 0; row < Rows; row++)
            intake.Add(row, "text");
        return await session.CompleteAsync().EndsAsync();
    }

    private static async Task AssertRowsAsync(LocalTable table, AdxIngestion told, int times)
    {
        AdxIngestionBatch batch = Assert.Single(told.Batches);
        Assert.Equal((Rows, Rows), (told.Rows, batch.Rows));
        Assert.InRange(batch.RawBytes!.Value, Rows * "0,text\n".Length, Rows * "00,\"text\"\r\n".Length);
        Assert.Equal(
            Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Repeat((long)row, times)),
            (await table.RowsAsync()).Select(static row => (long)row[0]!).Order());
    }
}
