using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdxFlow.Core.Tests.Http;

/// <summary>
/// A proxy on loopback that opens the way with CONNECT. Whatever host is asked for, the way ends at one server of the test:
/// the proxy alone knows where names lead.
/// </summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri? _target;
    private readonly string? _credential;
    private readonly Task _accepting;

    /// <param name="target">Where all ways end.</param>
    /// <param name="credential">What it asks for, as <c>name:password</c>; null means nothing.</param>
    public TestProxy(Uri? target, string? credential = null)
    {
        _target = target;
        _credential = credential is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credential));
        _listener.Start();
        Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Uri { get; }

    /// <summary>What it refuses every way with; 0 means it opens them.</summary>
    public int Refusal { get; init; }

    /// <summary>The hosts that a way was opened to.</summary>
    public ConcurrentQueue<string> Opened { get; } = new();

    /// <summary>All it was asked, as it came: first line and headers.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using TcpClient client = accepted;
        try
        {
            NetworkStream near = client.GetStream();
            string? head;
            while ((head = await ReadHeadAsync(near)) is not null)
            {
                Heads.Enqueue(head);
                string[] start = head.Split("\r\n")[0].Split(' ');
                if (_credential is not null && !head.Contains("\r\nProxy-Authorization: " + _credential + "\r\n", StringComparison.OrdinalIgnoreCase))
                {
                    await AnswerAsync(near, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"");
                    continue;
                }
                if (Refusal != 0 || _target is null || start[0] != "CONNECT")
                {
                    await AnswerAsync(near, (Refusal == 0 ? 501 : Refusal) + " Refused");
                    continue;
                }

                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _target.Port, _stop.Token);
                await AnswerAsync(near, "200 OK");
                Opened.Enqueue(start[1]);
                NetworkStream far = server.GetStream();
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
                return;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // One of the two went away.
        }
    }

    private async Task AnswerAsync(NetworkStream stream, string status) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n" + (status.StartsWith('2') ? "\r\n" : "Content-Length: 0\r\n\r\n")), _stop.Token);

    // Byte by byte, so that nothing of what follows is taken away.
    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
