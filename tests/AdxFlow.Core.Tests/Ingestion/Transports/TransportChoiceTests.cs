using AdxFlow.Core.Tests.Http;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Core.Tests.Ingestion.Transports;

public sealed class TransportChoiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("KustoPersonal", true)]
    [InlineData("Production", false)]
    public async Task A_server_on_this_machine_without_an_ingestion_service_gets_commands_if_it_is_the_emulator(string environment, bool isEmulator)
    {
        await using var server = new ScriptedServer(request => request.Path switch
        {
            _ when request.Body.Contains(".show cluster details", StringComparison.Ordinal) => ScriptedAnswer.Of(200, Table("EnvironmentDescription", $"{{\\\"EnvironmentName\\\":\\\"{environment}\\\"}}")),
            _ when request.Body.Contains(".get", StringComparison.Ordinal) => ScriptedAnswer.Of(400, """{"error":{"code":"BadRequest_SyntaxError","message":"Syntax error","@permanent":true}}"""),
            _ => ScriptedAnswer.Of(404, ""),
        });
        var notes = new List<IngestionEvent>();
        var choice = new TransportChoice(server.Connection(), "D", new IngestionRequest { Table = "T" }, notes.Add);
        if (!isEmulator)
        {
            await Assert.ThrowsAsync<AdxException>(() => choice.MakeAsync(Stop));
            return;
        }
        ITransport transport = await choice.MakeAsync(Stop);
        (transport as IDisposable)?.Dispose();
        Assert.Equal(AdxIngestionMode.Direct, transport.Mode);
        Assert.Single(notes);

        var keeping = new TransportChoice(server.Connection(), "D", new IngestionRequest { Table = "T", KeepBlob = true }, notes.Add);
        Assert.Equal("AdxInvalidCombination", (await Assert.ThrowsAsync<AdxException>(() => keeping.MakeAsync(Stop))).ErrorId);
    }

    [Fact]
    public async Task Who_may_not_read_the_policy_gets_queued_ingestion()
    {
        await using var server = new ScriptedServer(static request => request.Path.Contains("configuration", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(200, """{"containerSettings":{"containers":[{"path":"http://localhost/c?sig=s"}]},"ingestionSettings":{"preferredIngestionMethod":"REST"}}""")
            : ScriptedAnswer.Of(403, """{"error":{"code":"Forbidden","message":"no","@permanent":true}}"""));
        ITransport transport = await new TransportChoice(server.Connection(), "D", new IngestionRequest { Table = "T" }, static _ => { }).MakeAsync(Stop);
        (transport as IDisposable)?.Dispose();
        Assert.IsType<QueuedTransport>(transport);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_stream_says_where_to_what_and_whose_try_it_is()
    {
        await using var server = new ScriptedServer(static _ => ScriptedAnswer.Of(200, Table("UpdatePolicyFailureReason", "the policy's query failed")));
        var properties = new AdxFlow.Ingestion.Batches.BatchProperties { Database = "D b", Table = "T/1", Format = AdxDataFormat.Csv, MappingName = "m&n" };
        var id = Guid.NewGuid();
        StreamingAnswer answer = await new StreamingClient(server.Connection()).SendAsync(id, 2, "abc"u8.ToArray(), properties, Stop);
        Assert.Null(answer.Failure);
        Assert.Equal("the policy's query failed", answer.UpdatePolicyFailure);
        ScriptedRequest request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/v1/rest/ingest/D%20b/T%2F1?streamFormat=Csv&mappingName=m%26n", "abc"), (request.Method, request.Path, request.Body));
        Assert.Equal(("gzip", "application/octet-stream", $"AdxFlow.StreamingIngest;{id};2"), (request.Header("Content-Encoding"), request.Header("Content-Type"), request.Header("x-ms-client-request-id")));
    }

    [Fact]
    public void A_table_is_not_streamed_to_for_a_while_after_a_refusal()
    {
        var clock = new MovingClock();
        var availability = new StreamingAvailability(clock);
        var cluster = new Uri("https://c.example.net");
        availability.SwitchOff(cluster, "D", "T", StreamingAvailability.AfterRefusal);
        Assert.True(availability.IsOff(cluster, "D", "T"));
        Assert.False(availability.IsOff(cluster, "D", "U"));
        // Nobody knows the time of day for certain: a clock that is put forward or back changes nothing.
        clock.Time += TimeSpan.FromDays(1);
        Assert.True(availability.IsOff(cluster, "D", "T"));
        clock.Time -= TimeSpan.FromDays(2);
        clock.Now += TimeSpan.FromMinutes(15);
        Assert.False(availability.IsOff(cluster, "D", "T"));
    }

    [Theory]
    [InlineData(404, "StreamingIngestionFunctionalityDisabled", "Streaming ingestion is disabled on this cluster.", true, true)]
    [InlineData(400, "BadRequest_StreamingIngestionPolicyNotEnabled", "Streaming ingestion policy is not enabled for the table", true, true)]
    [InlineData(413, "Stream_InputStreamTooLarge", "too large", true, false)]
    [InlineData(400, "BadRequest", "The input stream is empty after processing", false, true)]
    public void A_refusal_of_streaming_is_told_from_one_of_the_data(int status, string code, string message, bool isOfStreaming, bool isLasting)
    {
        var refusal = new AdxException("AdxIngestionRefused", AdxErrorKind.InvalidArgument, message) { StatusCode = status, ServiceCode = code };
        Assert.Equal((isOfStreaming, isLasting), (StreamingRules.IsOfStreaming(refusal), StreamingRules.IsLasting(refusal)));
    }

    private static string Table(string column, string value) =>
        $$"""{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"{{column}}","DataType":"String","ColumnType":"string"}],"Rows":[["{{value}}"]]}]}""";

    private sealed class MovingClock : TimeProvider
    {
        /// <summary>The time of day.</summary>
        public DateTimeOffset Time { get; set; } = DateTimeOffset.UtcNow;

        /// <summary>What has passed.</summary>
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Time;

        public override long GetTimestamp() => Now.Ticks;
    }
}
