using System.Net;
using System.Net.Sockets;
using AdxFlow.Local.Endpoints;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class ListenerSocketTests
{
    [Fact]
    public async Task The_managed_listener_lets_its_socket_be_found_and_set()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The listener is the system's own.");
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://localhost:{port}/");
        listener.Start();
        using var client = new HttpClient();
        Task<HttpResponseMessage> answer = client.GetAsync(new Uri($"http://localhost:{port}/"), TestContext.Current.CancellationToken);
        HttpListenerContext context = await listener.GetContextAsync();
        ListenerSocket.SendAtOnce(context);
        Assert.True(Assert.IsType<Socket>(ListenerSocket.Find(context)).NoDelay);
        context.Response.Close();
        (await answer).Dispose();
    }
}
