using System.Text;
using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Core.Tests.Ingestion;

namespace AdxFlow.Core.Tests.Adx;

/// <summary>What a query sends: its time, its options, and the command that ends it early.</summary>
public sealed class QueryRequestTests
{
    private const string Done = """{"Tables":[]}""";

    [Fact]
    public async Task Breaking_off_cancels_the_query_in_the_service_by_its_id()
    {
        var cancelled = new TaskCompletionSource<ScriptedRequest>();
        await using ScriptedServer server = ScriptedServer.Cluster(request => Answer(request, cancelled, Endless));
        AdxConnection connection = await server.ConnectAsync();
        string id;
        await using (AdxQueryReader reader = await new AdxClient(connection).QueryAsync("T", new AdxRequestOptions { Database = "Other" }))
        {
            id = reader.ClientRequestId;
            Assert.True(await reader.NextTableAsync());
            Assert.True(await reader.ReadBlockAsync());
        }

        ScriptedRequest request = await cancelled.Task.EndsAsync();
        using JsonDocument body = JsonDocument.Parse(request.Body);
        Assert.Equal($".cancel query '{id}'", body.RootElement.GetProperty("csl").GetString());
        Assert.Equal("Other", body.RootElement.GetProperty("db").GetString());
    }

    [Fact]
    public async Task Giving_up_before_the_answer_begins_cancels_the_query_too()
    {
        var cancelled = new TaskCompletionSource<ScriptedRequest>();
        var asked = new TaskCompletionSource();
        await using ScriptedServer server = ScriptedServer.Cluster(request =>
        {
            if (request.Path == "/v2/rest/query")
            {
                // Not one byte of an answer before the command that ends it has come.
                asked.SetResult();
                cancelled.Task.Wait(Eventually.Limit);
            }

            return Answer(request, cancelled, (_, _) => Task.CompletedTask);
        });
        AdxConnection connection = await server.ConnectAsync();
        using var stop = new CancellationTokenSource();
        Task<AdxQueryReader> running = new AdxClient(connection).QueryAsync("T", cancellationToken: stop.Token);
        await asked.Task.EndsAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Contains(".cancel query", (await cancelled.Task.EndsAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_cancelled_that_has_ended_or_failed()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(request => request.Body.Contains("wrong", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(400, """{"error":{"@message":"wrong"}}""")
            : V2.Answer(V2.Header, V2.Table("n:long", "[[1]]"), V2.Completion));
        AdxClient client = new(await server.ConnectAsync());
        await using (AdxQueryReader reader = await client.QueryAsync("T"))
        {
            while (await reader.NextTableAsync())
                Assert.True(await reader.ReadBlockAsync());
        }

        await Assert.ThrowsAsync<AdxException>(() => client.QueryAsync("wrong"));
        // Whatever would be sent behind the back is sent before this is answered, or never.
        await client.ExecuteCommandAsync(".show version");
        Assert.DoesNotContain(server.Requests, request => request.Body.Contains(".cancel", StringComparison.Ordinal));
    }

    public static TheoryData<TimeSpan?, string?, bool, int> Times => new()
    {
        { null, null, false, 270 },
        { TimeSpan.FromMinutes(10), "00:10:00", false, 630 },
        { TimeSpan.FromHours(30), "1.06:00:00", false, 3630 },
        { TimeSpan.MaxValue, null, true, 3630 },
        { Timeout.InfiniteTimeSpan, null, true, 3630 },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void The_time_is_told_to_the_service_and_the_client_waits_a_little_longer(TimeSpan? wanted, string? serverTimeout, bool noTimeout, int clientSeconds)
    {
        var timeout = RequestTimeout.From(new AdxRequestOptions { Timeout = wanted }, TimeSpan.FromMinutes(4));
        Assert.Equal(TimeSpan.FromSeconds(clientSeconds), timeout.Client);
        Assert.Equal(serverTimeout, timeout.Options.TryGetValue("servertimeout", out object? sent) ? sent!.ToString() : null);
        Assert.Equal(noTimeout, timeout.Options.ContainsKey("norequesttimeout"));
    }

    [Fact]
    public void A_time_given_as_an_option_holds_for_the_client_too()
    {
        var timeout = RequestTimeout.From(new AdxRequestOptions { Options = new Dictionary<string, object?> { ["ServerTimeout"] = TimeSpan.FromMinutes(20) } }, TimeSpan.FromMinutes(4));
        Assert.Equal(TimeSpan.FromMinutes(20.5), timeout.Client);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_time_that_is_none_is_refused_before_anything_is_sent(int seconds)
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Done);
        AdxClient client = new(await server.ConnectAsync());
        int before = server.Requests.Count;
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => client.QueryAsync("T", new AdxRequestOptions { Timeout = TimeSpan.FromSeconds(seconds) }));
        Assert.Equal("AdxInvalidTimeout", error.ErrorId);
        Assert.Equal(before, server.Requests.Count);
    }

    [Fact]
    public void Options_keep_their_types()
    {
        var body = new RequestBody("D", "T", "id;1");
        ReadOnlyMemory<byte> bytes = body.Write(new Dictionary<string, object?>
        {
            ["b"] = true, ["i"] = 5, ["u"] = ulong.MaxValue, ["s"] = "x", ["t"] = TimeSpan.FromMinutes(90), ["n"] = null, ["list"] = new object[] { "a", 1 },
            ["bag"] = new Dictionary<string, object> { ["k"] = false }, ["at"] = new DateTimeOffset(2020, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)),
        });
        using JsonDocument json = JsonDocument.Parse(bytes);
        Assert.Equal(
            """{"b":true,"i":5,"u":18446744073709551615,"s":"x","t":"01:30:00","n":null,"list":["a",1],"bag":{"k":false},"at":"2020-01-01T00:00:00.0000000Z"}""",
            json.RootElement.GetProperty("properties").GetProperty("Options").GetRawText());
        Assert.Equal("AdxInvalidOption", Assert.Throws<AdxException>(() => body.Write(new Dictionary<string, object?> { ["x"] = double.NaN })).ErrorId);
        Assert.Equal("AdxInvalidOption", Assert.Throws<AdxException>(() => body.Write(new Dictionary<string, object?> { ["x"] = new object() })).ErrorId);
    }

    [Fact]
    public async Task A_command_is_no_query_and_a_query_no_command()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => ScriptedAnswer.Of(400, """{"error":{"@message":"Syntax error"}}"""));
        AdxClient client = new(await server.ConnectAsync());
        int before = server.Requests.Count;
        AdxException command = await Assert.ThrowsAsync<AdxException>(() => client.QueryAsync("// x\n.drop table T"));
        Assert.Equal("AdxInvalidQuery", command.ErrorId);
        Assert.Contains("Invoke-AdxCommand", command.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, server.Requests.Count);

        AdxException query = await Assert.ThrowsAsync<AdxException>(() => client.ExecuteCommandAsync("T | count"));
        Assert.Equal("AdxCommandFailed", query.ErrorId);
        Assert.Contains("Invoke-AdxQuery", query.RecommendedAction, StringComparison.Ordinal);
    }

    private static ScriptedAnswer Answer(ScriptedRequest request, TaskCompletionSource<ScriptedRequest> cancelled, Func<Stream, CancellationToken, Task> query)
    {
        if (request.Path == "/v2/rest/query")
            return new ScriptedAnswer { Write = query };
        cancelled.TrySetResult(request);
        return Done;
    }

    private static async Task Endless(Stream stream, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"[{V2.Header},{V2.TableHeader("n:long")},{V2.Fragment("[[1]]")}"), cancel);
        await Task.Delay(Timeout.Infinite, cancel);
    }
}
