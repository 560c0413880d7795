using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using AdxFlow.Core.Tests.Ingestion;
using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Diagnostics;
using Azure.Core.Pipeline;

namespace AdxFlow.Core.Tests.Http;

public sealed class RetryTests
{
    // So that a broken build does not wait for years.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("GET", 503, 6)]
    [InlineData("GET", 429, 6)]
    [InlineData("GET", 500, 6)]
    [InlineData("GET", 520, 6)]
    [InlineData("PUT", 503, 6)]
    [InlineData("PUT", 403, 1)]
    [InlineData("GET", 400, 1)]
    [InlineData("GET", 404, 1)]
    [InlineData("GET", 501, 1)]
    [InlineData("POST", 429, 6)]
    [InlineData("POST", 503, 1)]
    [InlineData("POST", 500, 1)]
    [InlineData("POST", 0, 1)]
    [InlineData("GET", 0, 6)]
    public async Task A_failure_is_tried_again_where_that_does_no_harm(string method, int status, int tries)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(status, "{}"));
        await SendAsync(server.Uri, method);
        Assert.Equal(tries, server.Requests.Count);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_POST_that_is_marked_so_is_tried_again_until_it_works(int status)
    {
        int count = 0;
        await using var server = new ScriptedServer(_ => Interlocked.Increment(ref count) < 4 ? ScriptedAnswer.Of(status, "") : "{}");
        Assert.Equal(200, await SendAsync(server.Uri, "POST", message => message.MarkRetriable()));
        Assert.Equal(4, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal("body", request.Body));
        Assert.Single(server.Requests.Select(request => request.Header("x-ms-client-request-id")).Distinct());
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task A_message_that_is_marked_so_is_sent_once(int status)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(status, ""));
        await SendAsync(server.Uri, "GET", message => message.MarkSingleTry());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Where_somebody_waits_no_other_try_follows_when_the_time_is_over()
    {
        await using var server = new ScriptedServer(_ => new ScriptedAnswer { Write = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel) });
        // Another try would come after an hour: what ends at all has made one.
        var settings = new TransportSettings { RetryDelay = TimeSpan.FromHours(1), MaxRetryDelay = TimeSpan.FromHours(1), NetworkTimeout = TimeSpan.FromSeconds(1) };
        Assert.Equal(0, await SendAsync(server.Uri, "POST", static message => message.MarkRetriableWherePresent(), ServicePipelines.Create(settings).Storage).EndsAsync());
    }

    [Fact]
    public async Task A_Retry_After_is_waited_for()
    {
        var times = new ConcurrentQueue<long>();
        await using var server = new ScriptedServer(_ =>
        {
            times.Enqueue(Environment.TickCount64);
            return times.Count == 1
                ? new ScriptedAnswer { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } }
                : "{}";
        });
        Assert.Equal(200, await SendAsync(server.Uri, "GET"));
        long[] at = [.. times];
        // Only the lower bound can be wrong: our own waits are of some milliseconds.
        Assert.True(at[1] - at[0] >= 900, $"{at[1] - at[0]} ms");
    }

    /// <summary>By a clock that is wrong, here or there, a date may be years away; nobody waits for that without a word.</summary>
    [Theory]
    [InlineData("Retry-After", "601")]
    [InlineData("Retry-After", "9999999")]
    [InlineData("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("x-ms-retry-after-ms", "99999999999")]
    public async Task A_Retry_After_of_more_than_ten_minutes_is_told_at_once(string header, string value)
    {
        await using var server = new ScriptedServer(_ => new ScriptedAnswer { Status = 503, Headers = new Dictionary<string, string> { [header] = value } });
        Assert.Equal(503, await SendAsync(server.Uri, "GET").WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task A_Retry_After_that_says_nothing_is_passed_over(string value)
    {
        await using var server = new ScriptedServer(_ => new ScriptedAnswer { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = value } });
        Assert.Equal(503, await SendAsync(server.Uri, "GET"));
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task Storage_gets_no_token_and_nobody_logs_a_signature_or_token()
    {
        var log = new ConcurrentQueue<string>();
        using var listener = new AzureEventSourceListener((_, text) => log.Enqueue(text), EventLevel.Verbose);
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        AdxConnection connection = await server.ConnectAsync(AdxFlow.Auth.AdxSignIn.Local("aaduser=me@contoso.com;contoso.com"));
        string token = server.Requests.Last().Header("Authorization")!["Bearer ".Length..];

        await SendAsync(new Uri(server.Uri, "/container/blob?sv=2020&sig=t0ps3cret"), "PUT", pipeline: connection.Pipelines.Storage);
        ScriptedRequest upload = server.Requests.Last();
        Assert.Null(upload.Header("Authorization"));
        Assert.Contains("sig=t0ps3cret", upload.Path, StringComparison.Ordinal);
        Assert.NotEmpty(log);
        Assert.DoesNotContain(log, text => text.Contains("t0ps3cret", StringComparison.Ordinal) || text.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_signed_in_pipelines_refuse_another_host_before_they_send()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        AdxConnection connection = await server.ConnectAsync(AdxFlow.Auth.AdxSignIn.Local("aaduser=me@contoso.com;contoso.com"));
        foreach (HttpPipeline pipeline in new[] { connection.Pipelines.Engine, connection.Pipelines.Ingestion })
        {
            AdxException error = await Assert.ThrowsAsync<AdxException>(() => SendAsync(new Uri("https://localhost.evil.com/"), "GET", pipeline: pipeline));
            Assert.Equal("AdxHostNotTrusted", error.ErrorId);
        }
    }

    [Fact]
    public async Task Everything_but_this_machine_goes_through_the_proxy()
    {
        await using var proxy = new ScriptedServer(_ => ScriptedAnswer.Of(407, ""));
        await using var server = new ScriptedServer(_ => "{}");
        HttpPipeline pipeline = ServicePipelines.Create(ScriptedServer.QuickRetries with { Proxy = proxy.Uri }).Storage;
        Assert.Equal(200, await SendAsync(server.Uri, "GET", pipeline: pipeline));
        Assert.Empty(proxy.Requests);
        await SendAsync(new Uri("http://storage.example.com/x"), "GET", pipeline: pipeline);
        Assert.StartsWith("http://storage.example.com", proxy.Requests.First().Path, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    private static async Task<int> SendAsync(Uri address, string method, Action<HttpMessage>? mark = null, HttpPipeline? pipeline = null)
    {
        pipeline ??= ServicePipelines.Create(ScriptedServer.QuickRetries).Storage;
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Parse(method);
        message.Request.Uri.Reset(address);
        if (method != "GET")
            message.Request.Content = RequestContent.Create("body"u8.ToArray());
        mark?.Invoke(message);
        try
        {
            await pipeline.SendAsync(message, CancellationToken.None);
            return message.Response.Status;
        }
        catch (Exception failure) when (failure is not AdxException)
        {
            return 0;
        }
    }
}
