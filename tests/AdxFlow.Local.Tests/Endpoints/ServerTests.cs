using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class ServerTests : IDisposable
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public ServerTests() => _admin = new LocalClient(_cluster);

    public void Dispose()
    {
        _admin.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Every_response_carries_the_activity_the_client_request_id_and_the_version_of_the_stand_in()
    {
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Get, "v1/rest/auth/metadata", null, ("x-ms-client-request-id", "Test;42"));
        Assert.True(Guid.TryParse(response.Headers.GetValues("x-ms-activity-id").Single(), out _));
        Assert.Equal("Test;42", response.Headers.GetValues("x-ms-client-request-id").Single());
        Assert.Equal(LocalCluster.Version, response.Headers.GetValues("x-adxflow-local").Single());
    }

    [Fact]
    public async Task The_metadata_says_that_there_is_no_sign_in()
    {
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Get, "v1/rest/auth/metadata");
        JsonElement metadata = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(JsonValueKind.Null, metadata.GetProperty("AzureAD").ValueKind);
    }

    [Theory]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer")]
    [InlineData("Bearer abc")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer e30.e30.")]
    public async Task A_token_that_cannot_be_read_gets_401_without_a_body(string authorization)
    {
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Post, "v1/rest/mgmt", new StringContent("{}"), ("Authorization", authorization));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task An_expired_token_gets_401()
    {
        using var client = new LocalClient(_cluster, LocalClient.AppToken(Guid.NewGuid(), "contoso.com", ("exp", DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds())));
        using HttpResponseMessage response = await client.CommandAsync(".show tables");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_gets_404_with_a_body()
    {
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Get, "v9/rest/nothing");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("General_NotFound", (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"db\":1,\"csl\":\".show tables\"}")]
    [InlineData("{\"db\":\"NetDefaultDB\"}")]
    [InlineData("{\"csl\":\".show tables\",\"properties\":\"[\"}")]
    [InlineData("{\"csl\":\".show tables\",\"properties\":7}")]
    public async Task A_malformed_body_gets_400_and_the_next_request_an_answer(string body)
    {
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Post, "v1/rest/mgmt", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await _admin.RunAsync(".show tables"));
    }

    [Fact]
    public async Task Bytes_that_are_no_HTTP_do_not_stop_it()
    {
        using (var socket = new TcpClient("localhost", _cluster.Port))
            await socket.GetStream().WriteAsync("\0\u0001 garbage\r\n\r\n"u8.ToArray());
        using (var cut = new TcpClient("localhost", _cluster.Port))
            await cut.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/rest/mgmt HTTP/1.1\r\nHost: localhost:{_cluster.Port}\r\nContent-Length: 100\r\n\r\n{{\"csl\""));
        Assert.Empty(await _admin.RunAsync(".show tables"));
    }

    [Fact]
    public async Task A_body_larger_than_a_command_may_be_gets_413()
    {
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Post, "v1/rest/mgmt", new ByteArrayContent(new byte[33 * 1024 * 1024]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_body_may_be_compressed()
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("{\"db\":\"NetDefaultDB\",\"csl\":\".show tables\"}"u8);
        var content = new ByteArrayContent(compressed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Post, "v1/rest/mgmt", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Many_requests_at_once_are_all_served()
    {
        await _admin.RunAsync(".create table T (a:long)");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _admin.RunAsync($".ingest inline into table T <| {i}")));
        List<Dictionary<string, JsonElement>> rows = await _admin.QueryAsync("T");
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), rows.Select(r => r["a"].GetInt64()).Order());
    }

    [Fact]
    public async Task Requests_are_counted_and_logged_without_their_query_strings()
    {
        Assert.Equal(0, _cluster.RequestCount);
        string address = await _admin.UploadAsync("x.csv", [1]);
        Assert.Contains("sig=", address, StringComparison.Ordinal);
        Assert.Equal(2, _cluster.RequestCount);
        LocalRequest upload = _cluster.Requests[1];
        Assert.Equal("PUT", upload.Method);
        Assert.EndsWith("/x.csv", upload.Path, StringComparison.Ordinal);
        Assert.Equal(201, upload.Status);
        Assert.DoesNotContain("sig", upload.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_it_is_disposed_nothing_listens()
    {
        LocalCluster other = LocalCluster.Start();
        using (var client = new LocalClient(other))
            await client.RunAsync(".show tables");
        await other.DisposeAsync();
        using var probe = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => probe.ConnectAsync("localhost", other.Port, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public void A_port_that_is_taken_is_refused() =>
        Assert.ThrowsAny<Exception>(() => LocalCluster.Start(new LocalClusterOptions { Port = _cluster.Port }).Dispose());
}
