using System.Net;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Tests.Flow;

public sealed class FlowFaultTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private AdobeClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await AdobeClient.ConnectAsync(_cluster);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _cluster.DisposeAsync();
    }

    [Fact]
    public async Task An_outage_is_a_page_of_HTML()
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Flow });
        using HttpResponseMessage response = await _client.SendAsync(HttpMethod.Get, "flowservice/connections");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await _client.GetAsync("connections");
    }

    [Fact]
    public async Task Throttling_comes_from_the_gateway_and_may_tell_how_long_to_wait()
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Flow, StatusCode = 429, RetryAfter = TimeSpan.FromSeconds(7) });
        using HttpResponseMessage response = await _client.SendAsync(HttpMethod.Get, "flowservice/connections");
        Assert.Equal(7, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal("429050", JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error_code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(500, "FLOW-1102-500")]
    [InlineData(504, "FLOW-1104-504")]
    [InlineData(412, "FLOW-1404-412")]
    [InlineData(403, "FLOW-2120-403")]
    public async Task Other_faults_have_the_body_of_the_service(int status, string code)
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Flow, StatusCode = status });
        Assert.Equal(code, await _client.RefusedAsync(HttpMethod.Get, "connections"));
    }

    [Fact]
    public async Task What_was_made_may_be_there_although_the_answer_was_lost()
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Flow, StatusCode = 504, AfterAction = true });
        Assert.Equal("FLOW-1104-504", await _client.RefusedAsync(HttpMethod.Post, "connections", _client.Connection()));
        Assert.Equal(1, (await _client.GetAsync("connections?count=true"))["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Faults_strike_IMS_and_the_neighbours_on_their_own()
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Ims, StatusCode = 500 });
        (HttpStatusCode status, JsonNode body) = await _client.TokenAsync(("grant_type", "client_credentials"));
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("server_error", body["error"]!.GetValue<string>());
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.FlowNeighbours, StatusCode = 401 });
        await _client.GetAsync("connections");
        await _client.ExpectAsync(401, HttpMethod.Get, "sandbox-management/");
    }
}
