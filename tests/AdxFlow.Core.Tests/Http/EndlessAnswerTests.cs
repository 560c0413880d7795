using AdxFlow.Http;
using AdxFlow.Ingestion;

namespace AdxFlow.Core.Tests.Http;

/// <summary>An answer that begins well and never ends: one that stops coming, and one that comes and comes.</summary>
public sealed class EndlessAnswerTests
{
    private static readonly Guid Batch = Guid.NewGuid();
    private static readonly string Done = $$"""{"details":[{"sourceId":"{{Batch}}","status":"Succeeded"}]}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_stops_coming_is_given_up_and_asked_for_again()
    {
        int asked = 0;
        await using var server = new ScriptedServer(_ => Interlocked.Increment(ref asked) > 1 ? Done : new ScriptedAnswer
        {
            Write = static async (stream, cancel) =>
            {
                await stream.WriteAsync("{\"details\":["u8.ToArray(), cancel);
                await Task.Delay(Timeout.Infinite, cancel);
            },
        });
        TransportSettings impatient = ScriptedServer.QuickRetries with { NetworkTimeout = TimeSpan.FromSeconds(1) };
        Assert.Equal(AdxIngestionStatus.Succeeded, (await RefreshAsync(server, impatient)).Status);
        // On a busy machine the second answer may take longer than a try does here as well.
        Assert.InRange(asked, 2, 1 + impatient.MaxRetries);
    }

    [Fact]
    public async Task One_that_comes_and_comes_is_cut_off_before_it_fills_the_memory()
    {
        byte[] piece = new byte[1024 * 1024];
        Array.Fill(piece, (byte)' ');
        await using var server = new ScriptedServer(_ => new ScriptedAnswer
        {
            Write = async (stream, cancel) =>
            {
                while (true)
                    await stream.WriteAsync(piece, cancel);
            },
        });
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => RefreshAsync(server, ScriptedServer.QuickRetries));
        Assert.Equal(("AdxServiceError", AdxErrorKind.InvalidResult), (failure.ErrorId, failure.Kind));
        Assert.Single(server.Requests);
    }

    private static Task<AdxIngestion> RefreshAsync(ScriptedServer server, TransportSettings settings)
    {
        var connection = new AdxConnection(server.Uri, server.Uri, "D", AdxSignInKind.Local, null, ServicePipelines.Create(settings));
        return new IngestionTracker(connection).RefreshAsync(
            new AdxIngestion
            {
                Id = Guid.NewGuid(),
                Database = "D",
                Table = "T",
                Mode = AdxIngestionMode.Queued,
                StartTime = DateTime.UtcNow,
                Elapsed = TimeSpan.Zero,
                RejectedRows = 0,
                Batches = [new AdxIngestionBatch { SourceId = Batch, OperationId = "o", Rows = 1, RawBytes = 1, SentBytes = 1, Status = AdxIngestionStatus.Queued }],
            },
            Stop);
    }
}
