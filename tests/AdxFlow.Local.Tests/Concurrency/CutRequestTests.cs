using System.Net;
using System.Net.Sockets;
using System.Text;
using AdxFlow.Local.Tests.Endpoints;

namespace AdxFlow.Local.Tests.Concurrency;

/// <summary>Requests whose connection ends before their body does: nothing of them is done.</summary>
public sealed class CutRequestTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _client;

    public CutRequestTests() => _client = new LocalClient(_cluster);

    public async ValueTask InitializeAsync()
    {
        await _client.RunAsync(".create table T (a:long)");
        await _client.RunAsync(".alter table T policy streamingingestion enable");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_of_a_streaming_request_that_was_cut_do_not_come(bool chunked)
    {
        for (int i = 0; i < 10; i++)
            await SendCutAsync("POST", $"/v1/rest/ingest/{LocalClient.Database}/T?streamFormat=csv", "1\n2\n34", chunked);
        Assert.Empty(await _client.QueryAsync("T"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blob_that_was_cut_is_none(bool chunked)
    {
        var address = new Uri(await _client.BlobAddressAsync("cut.csv"));
        for (int i = 0; i < 10; i++)
            await SendCutAsync("PUT", address.PathAndQuery, "1\n2\n34", chunked);
        using HttpResponseMessage blob = await _client.SendAsync(HttpMethod.Head, address.AbsoluteUri);
        Assert.Equal(HttpStatusCode.NotFound, blob.StatusCode);
    }

    /// <summary>Sends a request whose body announces more than comes, and waits until the stand-in is through with it.</summary>
    private async Task SendCutAsync(string method, string path, string body, bool chunked)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _cluster.Port, TestContext.Current.CancellationToken);
        string length = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length + 10}";
        string sent = chunked ? $"{body.Length + 10:x}\r\n{body}" : body;
        byte[] request = Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost:{_cluster.Port}\r\nx-ms-blob-type: BlockBlob\r\n{length}\r\n\r\n{sent}");
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(request, TestContext.Current.CancellationToken);
        socket.Client.Shutdown(SocketShutdown.Send);
        try
        {
            using var answer = new StreamReader(stream);
            string text = await answer.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(" 200 ", text, StringComparison.Ordinal);
            Assert.DoesNotContain(" 201 ", text, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It was reset.
        }
    }
}
