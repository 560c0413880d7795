using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Auth;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Http;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Local;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>A job of hours, by a clock that the test moves: tokens and signatures run out while rows are on their way.</summary>
public sealed class LongRunTests
{
    private const int Hours = 3;

    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long), new("text", AdxType.String)];
    private static readonly AdxPrincipal Principal = AdxPrincipal.Application("4c7e82bd-6adb-46c3-b413-fdd44834c69b", "72f988bf-86f1-41af-91ab-2d7cd011db47");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(LocalIngestionMethods.RestAndClassic, false, false)]
    [InlineData(LocalIngestionMethods.ClassicOnly, false, false)]
    [InlineData(LocalIngestionMethods.RestAndClassic, true, false)]
    [InlineData(LocalIngestionMethods.RestAndClassic, false, true)]
    [InlineData(LocalIngestionMethods.ClassicOnly, false, true)]
    public async Task A_job_outlives_its_tokens_and_its_signatures_and_every_row_arrives_once(LocalIngestionMethods methods, bool streams, bool spools)
    {
        string? spool = spools ? Directory.CreateTempSubdirectory().FullName : null;
        var clock = new ManualClock();
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions { IngestionMethods = methods, SignatureLifetime = TimeSpan.FromMinutes(50), Clock = clock }, Columns);
        await new AdxRoles(new AdxClient(table.Connection)).GrantAsync(AdxRole.Admin, Principal, table.Connection.Database, cancellationToken: Stop);
        if (streams)
            await table.AllowStreamingAsync();
        var issuer = new Issuer(clock);
        var token = new LoopbackTokenPolicy(new CachedCredential(issuer, AdxSignInKind.ServicePrincipal, table.Cluster.ClusterUri, null, clock), ["scope"]);
        var connection = new AdxConnection(table.Cluster.ClusterUri, table.Cluster.IngestionUri, table.Connection.Database, AdxSignInKind.ServicePrincipal, Principal.ToString(),
            ServicePipelines.Create(ScriptedServer.QuickRetries).SignedIn(new AnyHost(), token, token));

        await using IngestionSession session = await IngestionSession.StartAsync(connection, table.Request with
        {
            BatchRows = RowBlock.Capacity,
            TableColumns = Columns,
            SpoolPath = spool,
            DeliveryGuarantee = spools ? AdxDeliveryGuarantee.ExactlyOnce : AdxDeliveryGuarantee.AtLeastOnce,
        }, Stop);
        RowIntake intake = session.OpenRows(Columns);
        for (int hour = 0; hour < Hours; hour++)
        {
            for (int row = 0; row < RowBlock.Capacity; row++)
                intake.Add((long)((hour * RowBlock.Capacity) + row), "x");
            await Eventually.HoldsAsync(() => session.Snapshot().Batches.Count == hour + 1, $"the batch of hour {hour} is accepted");
            // Once it is in the table: the service reads a blob with the signature that it was queued with.
            await Eventually.HoldsAsync(async () => (await table.RowsAsync()).Count == (hour + 1) * RowBlock.Capacity, $"the rows of hour {hour} are in the table");
            clock.Advance(TimeSpan.FromHours(1));
        }
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        AdxIngestion finished = spools
            ? await session.ConfirmAsync(Eventually.Limit, Stop)
            : await new IngestionTracker(connection).WaitAsync(sent, Eventually.Limit, cancel: Stop);
        Assert.Equal((AdxIngestionStatus.Succeeded, streams ? AdxIngestionMode.Streaming : AdxIngestionMode.Queued), (finished.Status, finished.Mode));
        Assert.InRange(issuer.Asked, Hours, int.MaxValue);
        Assert.Equal(Enumerable.Range(0, Hours * RowBlock.Capacity).Select(static row => (long)row), (await table.RowsAsync()).Select(static row => (long)row[0]!).Order());
        await session.DisposeAsync();
        if (spool is not null)
        {
            Assert.Empty(Directory.EnumerateDirectories(spool));
            Directory.Delete(spool, recursive: true);
        }
    }

    /// <summary>Gives tokens of an hour.</summary>
    private sealed class Issuer(TimeProvider clock) : TokenCredential
    {
        private int _asked;

        public int Asked => _asked;

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return new AccessToken(UnsignedToken.Create(Principal, new Uri("https://audience")), clock.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    private sealed class AnyHost : HttpPipelineSynchronousPolicy;
}
