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
    private readonly LoopbackListener _listener;
    private readonly Uri? _target;
    private readonly string? _credential;

    /// <param name="target">Where all ways end.</param>
    /// <param name="credential">What it asks for, as <c>name:password</c>; null means nothing.</param>
    public TestProxy(Uri? target, string? credential = null)
    {
        _target = target;
        _credential = credential is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credential));
        _listener = new LoopbackListener(ServeAsync);
        Uri = new Uri($"http://127.0.0.1:{_listener.Port}");
    }

    public Uri Uri { get; }

    /// <summary>What it refuses every way with; 0 means it opens them.</summary>
    public int Refusal { get; init; }

    /// <summary>The hosts that a way was opened to.</summary>
    public ConcurrentQueue<string> Opened { get; } = new();

    /// <summary>All it was asked, as it came: first line and headers.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient accepted, CancellationToken stop)
    {
        using TcpClient client = accepted;
        try
        {
            NetworkStream near = client.GetStream();
            string? head;
            while ((head = await ReadHeadAsync(near, stop)) is not null)
            {
                Heads.Enqueue(head);
                string[] start = head.Split("\r\n")[0].Split(' ');
                if (_credential is not null && !head.Contains("\r\nProxy-Authorization: " + _credential + "\r\n", StringComparison.OrdinalIgnoreCase))
                {
                    await AnswerAsync(near, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"", stop);
                    continue;
                }
                if (Refusal != 0 || _target is null || start[0] != "CONNECT")
                {
                    await AnswerAsync(near, (Refusal == 0 ? 501 : Refusal) + " Refused", stop);
                    continue;
                }

                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _target.Port, stop);
                await AnswerAsync(near, "200 OK", stop);
                Opened.Enqueue(start[1]);
                NetworkStream far = server.GetStream();
                await Task.WhenAny(near.CopyToAsync(far, stop), far.CopyToAsync(near, stop));
                return;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // One of the two went away.
        }
    }

    private static async Task AnswerAsync(NetworkStream stream, string status, CancellationToken stop) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n" + (status.StartsWith('2') ? "\r\n" : "Content-Length: 0\r\n\r\n")), stop);

    // Byte by byte, so that nothing of what follows is taken away.
    private static async Task<string?> ReadHeadAsync(NetworkStream stream, CancellationToken stop)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop) == 0)
                return null;
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
