using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Flow;
using Azure.Core;

namespace AdxFlow.Core.Tests.Flow;

public sealed class FlowClientTests
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/connections", "property", "limit", "count");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/connections/{id}");
    private static readonly FlowOperation Create = new(RequestMethod.Post, FlowServices.FlowService, "/connections", "mode");
    private static readonly FlowOperation Update = new(RequestMethod.Patch, FlowServices.FlowService, "/connections/{id}");
    private static readonly FlowOperation Delete = new(RequestMethod.Delete, FlowServices.FlowService, "/connections/{id}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_carries_the_four_headers_and_none_of_Azures()
    {
        await using var platform = new ScriptedPlatform(_ => """{"items":[]}""");
        FlowClient client = await platform.ConnectAsync(platform.Options with { Sandbox = "Dev" });
        await client.SendAsync(new FlowRequest(List), Cancel);
        ScriptedRequest request = Assert.Single(platform.Requests);
        Assert.Equal("Bearer " + ScriptedPlatform.TokenText(1), request.Header("Authorization"));
        Assert.Equal("client-1", request.Header("x-api-key"));
        Assert.Equal("1234@AdobeOrg", request.Header("x-gw-ims-org-id"));
        Assert.Equal("dev", request.Header("x-sandbox-name"));
        Assert.StartsWith("AdxFlow/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.DoesNotContain(request.Headers.Keys, name => name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase));
        Assert.Null(request.Header("Content-Type"));
    }

    [Fact]
    public async Task Pages_are_followed_by_their_link_verbatim()
    {
        const string First = "/connections?continuationToken=a%2Bb==&x=1%26y=c/d";
        await using var platform = new ScriptedPlatform(request => request.Path switch
        {
            "/data/foundation/flowservice/connections?property=name%3D%3D%22A%20%26%20B%2B%22&limit=2" => $$$$"""{"items":[{"id":"1"},{"id":"2"}],"_links":{"next":{"href":"{{{{First}}}}"}}}""",
            "/data/foundation/flowservice" + First => """{"items":{"id":"3"},"_links":{"next":{"href":"?continuationToken=z"}}}""",
            "/data/foundation/flowservice/connections?continuationToken=z" => """{"items":[{"id":4}],"_links":{}}""",
            _ => ScriptedAnswer.Of(404, "{}"),
        });
        FlowClient client = await platform.ConnectAsync();
        var ids = new List<string?>();
        await foreach (JsonElement item in client.ListAsync(new FlowRequest(List).With("property", """name=="A & B+" """.Trim()).With("limit", "2"), Cancel))
            ids.Add(item.Text("id"));
        Assert.Equal(["1", "2", "3", "4"], ids);
    }

    [Fact]
    public async Task An_entity_that_stands_on_two_pages_comes_once_and_one_without_an_id_not_at_all()
    {
        await using var platform = new ScriptedPlatform(static request => request.Path.Contains("continuationToken", StringComparison.Ordinal)
            ? """{"items":[{"id":"1"},{"id":"3"},{"name":"nobody"}],"_links":{}}"""
            : """{"items":[{"id":"1"},{"id":""},{"id":"2"}],"_links":{"next":{"href":"?continuationToken=z"}}}""");
        FlowClient client = await platform.ConnectAsync();
        Assert.Equal(["1", "2", "3"], await IdsAsync(new FlowConnections(client).ListAsync(null, null, Cancel), static connection => connection.Id));
        Assert.Equal(["1", "2", "3"], await IdsAsync(new FlowSources(client).ListAsync(null, Cancel), static source => source.Id));
        Assert.Equal(["1", "2", "3"], await IdsAsync(new FlowTargets(client).ListAsync(null, Cancel), static target => target.Id));
        Assert.Equal(["1", "2", "3"], await IdsAsync(new Dataflows(client).ListAsync(new DataflowFilter(), Cancel), static flow => flow.Id));
        Assert.Equal(["1", "2", "3"], await IdsAsync(new FlowRuns(client).ListAsync(new FlowRunFilter(), Cancel), static run => run.Id));
    }

    [Fact]
    public async Task What_is_read_without_an_id_is_not_there()
    {
        await using var platform = new ScriptedPlatform(static _ => """{"items":[{"name":"nobody"}]}""");
        FlowClient client = await platform.ConnectAsync();
        foreach (Func<Task> read in (Func<Task>[])
        [
            () => new FlowConnections(client).GetAsync("x", Cancel),
            () => new FlowSources(client).GetAsync("x", Cancel),
            () => new FlowTargets(client).GetAsync("x", Cancel),
            () => new Dataflows(client).GetAsync("x", Cancel),
            () => new FlowRuns(client).GetAsync("x", Cancel),
            () => new FlowSpecs(client).GetAsync("x", Cancel),
            () => new FlowConnectionSpecs(client).GetAsync("x", Cancel),
            () => new FlowMappings(client).GetAsync("x", Cancel),
        ])
            Assert.Equal("FlowNotFound", (await Assert.ThrowsAsync<FlowException>(read)).ErrorId);
    }

    [Theory]
    [InlineData("https://elsewhere.example.com/connections?continuationToken=a")]
    [InlineData("/connections?continuationToken=again")]
    public async Task A_link_to_elsewhere_or_back_is_not_followed(string href)
    {
        await using var platform = new ScriptedPlatform(_ => $$$$"""{"items":[{"id":"1"}],"_links":{"next":{"href":"{{{{href}}}}"}}}""");
        FlowClient client = await platform.ConnectAsync();
        FlowException error = await Assert.ThrowsAsync<FlowException>(async () =>
        {
            await foreach (JsonElement _ in client.ListAsync(new FlowRequest(List), Cancel))
            {
                // The pages matter here, not what is in them.
            }
        });
        Assert.Equal("FlowInvalidAnswer", error.ErrorId);
        Assert.True(platform.Requests.Count <= 2);
    }

    [Fact]
    public void A_query_that_is_not_declared_or_not_allowed_together_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => new FlowRequest(List).With("mode", "draft"));
        Assert.Throws<ArgumentException>(() => new FlowRequest(List).With("limit", "1").With("count", "true"));
        Assert.Throws<ArgumentException>(() => new FlowRequest(Get));
        Assert.Equal("/data/foundation/flowservice/connections?property=a&property=b", new FlowRequest(List).With("property", "a").With("property", "b").With("limit", null).PathAndQuery);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("..")]
    [InlineData(".")]
    public void What_is_no_id_is_refused_before_anything_is_sent(string id) =>
        Assert.Equal("FlowInvalidArgument", Assert.Throws<FlowException>(() => new FlowRequest(Delete, id)).ErrorId);

    [Fact]
    public void An_id_stays_one_part_of_the_path() =>
        Assert.Equal("/data/foundation/flowservice/connections/..%2Fflows%3Fa%3D1", new FlowRequest(Get, "../flows?a=1").PathAndQuery);

    [Theory]
    [InlineData("""{"items":[{"id":"x","createdAt":1612310466000}]}""")]
    [InlineData("""{"items":{"id":"x","createdAt":"1612310466000"}}""")]
    [InlineData("""{"id":"x","createdAt":1612310466}""")]
    [InlineData("""[{"id":"x","createdAt":"1612310466"}]""")]
    [InlineData("""{"id":"x","createdAt":"2021-02-03T00:01:06Z"}""")]
    public async Task One_entity_is_read_however_it_comes(string body)
    {
        await using var platform = new ScriptedPlatform(_ => body);
        JsonElement item = await (await platform.ConnectAsync()).GetAsync(new FlowRequest(Get, "x"), Cancel);
        Assert.Equal("x", item.Text("id"));
        Assert.Equal(new DateTimeOffset(2021, 2, 3, 0, 1, 6, TimeSpan.Zero), item.Time("createdAt"));
    }

    [Fact]
    public async Task An_empty_list_in_place_of_an_entity_is_not_found()
    {
        await using var platform = new ScriptedPlatform(_ => """{"items":[]}""");
        FlowClient client = await platform.ConnectAsync();
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => client.GetAsync(new FlowRequest(Get, "x"), Cancel));
        Assert.Equal("FlowNotFound", error.ErrorId);
    }

    [Theory]
    [InlineData(200, """{"id":"x","etag":"\"v2\""}""", "x")]
    [InlineData(201, """{"items":[{"id":"x","etag":"\"v2\""}]}""", "x")]
    [InlineData(202, "", null)]
    [InlineData(204, "", null)]
    [InlineData(204, "  ", null)]
    public async Task A_change_is_read_however_it_is_answered(int status, string body, string? id)
    {
        await using var platform = new ScriptedPlatform(_ => ScriptedAnswer.Of(status, body));
        FlowReference changed = await (await platform.ConnectAsync()).ChangeAsync(new FlowRequest(Create) { Body = new JsonObject { ["name"] = "Ä\"" } }, Cancel);
        Assert.Equal(id, changed.Id);
        Assert.Equal(id is null ? null : "\"v2\"", changed.ETag);
        ScriptedRequest request = Assert.Single(platform.Requests);
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal("Ä\"", JsonNode.Parse(request.Body)!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("\"43011faa-0000\"")]
    [InlineData("43011faa-0000")]
    public async Task If_Match_has_its_quotes(string etag)
    {
        await using var platform = new ScriptedPlatform(_ => "{}");
        await (await platform.ConnectAsync()).ChangeAsync(new FlowRequest(Update, "x") { ETag = etag, Body = new JsonArray() }, Cancel);
        Assert.Equal("\"43011faa-0000\"", Assert.Single(platform.Requests).Header("If-Match"));
    }

    [Theory]
    [InlineData("POST", 503, 1)]
    [InlineData("POST", 500, 1)]
    [InlineData("POST", 0, 1)]
    [InlineData("PATCH", 503, 1)]
    [InlineData("POST", 429, 3)]
    [InlineData("GET", 503, 3)]
    [InlineData("GET", 0, 3)]
    [InlineData("DELETE", 503, 3)]
    public async Task A_request_is_repeated_only_where_that_does_no_harm(string method, int status, int tries)
    {
        await using var platform = new ScriptedPlatform(_ => ScriptedAnswer.Of(status, ""));
        FlowClient client = await platform.ConnectAsync(platform.Options with { Transport = ScriptedServer.QuickRetries with { MaxRetries = 2 } });
        FlowRequest request = method switch
        {
            "POST" => new FlowRequest(Create) { Body = new JsonObject() },
            "PATCH" => new FlowRequest(Update, "x") { Body = new JsonArray() },
            "DELETE" => new FlowRequest(Delete, "x"),
            _ => new FlowRequest(List),
        };
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => client.SendAsync(request, Cancel));
        Assert.Equal(tries, platform.Requests.Count);
        if (method == "POST" && status == 0)
            Assert.Contains("before it is sent a second time", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_POST_that_changes_nothing_is_repeated()
    {
        int count = 0;
        await using var platform = new ScriptedPlatform(_ => ++count < 3 ? ScriptedAnswer.Of(503, "") : "{}");
        await (await platform.ConnectAsync()).SendAsync(new FlowRequest(Create) { Body = new JsonObject(), IsRepeatable = true }, Cancel);
        Assert.Equal(3, count);
    }

    [Fact]
    public async Task What_was_deleted_by_a_try_without_answer_is_deleted()
    {
        int count = 0;
        await using var platform = new ScriptedPlatform(_ => ++count == 1 ? ScriptedAnswer.Of(503, "") : ScriptedAnswer.Of(404, "{}"));
        FlowClient client = await platform.ConnectAsync();
        await client.ChangeAsync(new FlowRequest(Delete, "x"), Cancel);
        Assert.Equal(2, platform.Requests.Count);
        Assert.Equal("FlowNotFound", (await Assert.ThrowsAsync<FlowException>(() => client.ChangeAsync(new FlowRequest(Delete, "x"), Cancel))).ErrorId);
    }

    [Fact]
    public async Task A_Retry_After_is_waited_for()
    {
        var times = new List<DateTimeOffset>();
        await using var platform = new ScriptedPlatform(_ =>
        {
            times.Add(DateTimeOffset.UtcNow);
            return times.Count == 1 ? ScriptedAnswer.Of(429, "") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } } : "{}";
        });
        await (await platform.ConnectAsync()).SendAsync(new FlowRequest(List), Cancel);
        // The quick retries of this test wait for milliseconds only.
        Assert.True(times[1] - times[0] >= TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task A_web_page_in_place_of_an_answer_is_told_as_such()
    {
        await using var platform = new ScriptedPlatform(_ => ScriptedAnswer.Of(200, "<html><title>Sign in &amp; go</title></html>", "text/html"));
        FlowClient client = await platform.ConnectAsync();
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => client.SendAsync(new FlowRequest(List), Cancel));
        Assert.Equal("FlowInvalidAnswer", error.ErrorId);
        Assert.Contains("'Sign in & go'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var platform = new ScriptedPlatform(_ => ScriptedAnswer.Of(302, "") with { Headers = new Dictionary<string, string> { ["Location"] = "https://elsewhere.example.com/?t=1" } });
        FlowClient client = await platform.ConnectAsync();
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => client.SendAsync(new FlowRequest(List), Cancel));
        Assert.Equal("FlowRedirected", error.ErrorId);
        Assert.Contains("Connect-Flow", error.RecommendedAction, StringComparison.Ordinal);
    }

    private static async Task<List<string>> IdsAsync<T>(IAsyncEnumerable<T> list, Func<T, string> id)
    {
        var ids = new List<string>();
        await foreach (T item in list)
            ids.Add(id(item));
        return ids;
    }
}
