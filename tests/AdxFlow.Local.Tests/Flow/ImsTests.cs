using System.Net;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Endpoints.Ingestion;

namespace AdxFlow.Local.Tests.Flow;

public sealed class ImsTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly LocalCluster _cluster;
    private readonly AdobeClient _client;

    public ImsTests()
    {
        _cluster = LocalCluster.Start(new LocalClusterOptions { Clock = _clock });
        _client = new AdobeClient(_cluster);
    }

    public void Dispose()
    {
        _client.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_token_is_a_bearer_token_for_a_day_in_seconds()
    {
        (HttpStatusCode status, JsonNode token) = await _client.TokenAsync(
            ("grant_type", "client_credentials"), ("client_id", "any"), ("client_secret", "any"), ("scope", AdobeClient.Scope));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("bearer", token["token_type"]!.GetValue<string>());
        Assert.Equal(86399, token["expires_in"]!.GetValue<int>());
        Assert.Equal(3, token["access_token"]!.GetValue<string>().Split('.').Length);
    }

    [Theory]
    [InlineData("password", "any", "any", AdobeClient.Scope, "unsupported_grant_type")]
    [InlineData("client_credentials", "", "any", AdobeClient.Scope, "invalid_request")]
    [InlineData("client_credentials", "any", "", AdobeClient.Scope, "invalid_request")]
    [InlineData("client_credentials", "known", "wrong", AdobeClient.Scope, "invalid_client")]
    [InlineData("client_credentials", "any", "any", "openid,AdobeID", "invalid_scope")]
    [InlineData("client_credentials", "any", "any", AdobeClient.Scope + ",everything", "invalid_scope")]
    public async Task Whoever_asks_wrongly_gets_the_error_of_OAuth(string grant, string client, string secret, string scope, string error)
    {
        _cluster.Flow.RegisterClient("known", "right", AdobeClient.Organization);
        (HttpStatusCode status, JsonNode body) = await _client.TokenAsync(("grant_type", grant), ("client_id", client), ("client_secret", secret), ("scope", scope));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(error, body["error"]!.GetValue<string>());
        Assert.NotEmpty(body["error_description"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Authorization", null, 403, "\"403010\"")]
    [InlineData("Authorization", "Bearer nonsense", 401, "401013")]
    [InlineData("x-api-key", null, 403, "\"403000\"")]
    [InlineData("x-api-key", "another", 403, "\"403003\"")]
    [InlineData("x-gw-ims-org-id", null, 400, "\"400003\"")]
    [InlineData("x-gw-ims-org-id", "no organization", 403, "\"403025\"")]
    public async Task The_gateway_refuses_a_missing_or_wrong_header(string header, string? value, int status, string code)
    {
        await _client.SignInAsync();
        JsonNode body = await _client.ExpectAsync(status, HttpMethod.Get, "flowservice/connections", null, (header, value));
        Assert.Equal(code, body["error_code"]!.ToJsonString());
        Assert.NotEmpty(body["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(null, "FLOW-2105-400")]
    [InlineData("nowhere", "FLOW-2100-404")]
    [InlineData("*", "FLOW-2111-403")]
    public async Task The_Flow_Service_refuses_a_missing_or_unknown_sandbox(string? sandbox, string code)
    {
        await _client.SignInAsync();
        Assert.Equal(code, await _client.RefusedAsync(HttpMethod.Get, "connections", null, ("x-sandbox-name", sandbox)));
    }

    [Fact]
    public async Task A_registered_client_may_speak_for_its_organization_only()
    {
        _cluster.Flow.RegisterClient(AdobeClient.ClientId, AdobeClient.Secret, "OTHER@AdobeOrg");
        await _client.SignInAsync();
        await _client.ExpectAsync(403, HttpMethod.Get, "flowservice/connections");
        await _client.ExpectAsync(200, HttpMethod.Get, "flowservice/connections", null, ("x-gw-ims-org-id", "OTHER@AdobeOrg"));
    }

    [Fact]
    public async Task A_token_expires_by_the_clock_and_on_command()
    {
        await _client.SignInAsync();
        _clock.Advance(TimeSpan.FromSeconds(86398));
        await _client.GetAsync("connections");
        _clock.Advance(TimeSpan.FromSeconds(1));
        JsonNode body = await _client.ExpectAsync(401, HttpMethod.Get, "flowservice/connections");
        Assert.Equal(401013, body["error_code"]!.GetValue<int>());

        await _client.SignInAsync();
        await _client.GetAsync("connections");
        _cluster.Flow.ExpireTokens();
        await _client.ExpectAsync(401, HttpMethod.Get, "flowservice/connections");
    }

    [Fact]
    public async Task Sandboxes_are_listed_without_a_sandbox()
    {
        await _client.SignInAsync();
        JsonNode list = await _client.ExpectAsync(200, HttpMethod.Get, "sandbox-management/", null, ("x-sandbox-name", null));
        Assert.Equal(["prod", "dev"], list["sandboxes"]!.AsArray().Select(s => s!["name"]!.GetValue<string>()));
        Assert.True(list["sandboxes"]![0]!["isDefault"]!.GetValue<bool>());
        JsonNode one = await _client.ExpectAsync(200, HttpMethod.Get, "sandbox-management/sandboxes/dev");
        Assert.Equal("development", one["type"]!.GetValue<string>());
        await _client.ExpectAsync(404, HttpMethod.Get, "sandbox-management/sandboxes/none");
    }

    [Fact]
    public async Task What_is_made_in_one_sandbox_or_organization_is_not_seen_from_another()
    {
        await _client.SignInAsync();
        string id = await _client.CreateAsync("connections", _client.Connection());
        await _client.GetAsync("connections/" + id);
        Assert.Equal("FLOW-1439-404", await _client.RefusedAsync(HttpMethod.Get, "connections/" + id, null, ("x-sandbox-name", "dev")));
        Assert.Equal("FLOW-1439-404", await _client.RefusedAsync(HttpMethod.Get, "connections/" + id, null, ("x-gw-ims-org-id", "OTHER@AdobeOrg")));
    }
}
