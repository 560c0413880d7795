using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AdxFlow.Http;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>A service on loopback whose answers the test writes by hand.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly ConcurrentBag<Task> _answers = [];
    private readonly Task _loop;

    /// <param name="answer">Status and body for each request; may wait.</param>
    public ScriptedService(Func<Request, Task<(int Status, string Body)>> answer)
    {
        (_listener, Uri) = Listen();
        _loop = LoopAsync(answer);
        Pipelines = ServicePipelines.Create(new TransportSettings { RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(10) });
        Connection = new AdxConnection(Uri, Uri, "D b", AdxSignInKind.Local, null, Pipelines);
    }

    public Uri Uri { get; }

    public ServicePipelines Pipelines { get; }

    public AdxConnection Connection { get; }

    public ConcurrentQueue<Request> Requests { get; } = new();

    public static ScriptedService Answering(params string[] bodies)
    {
        int next = -1;
        return new ScriptedService(_ => Task.FromResult((200, bodies[Math.Min(Interlocked.Increment(ref next), bodies.Length - 1)])));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
        await Task.WhenAll(_answers);
    }

    private async Task LoopAsync(Func<Request, Task<(int Status, string Body)>> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            _answers.Add(Task.Run(() => AnswerAsync(context, answer)));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, Func<Request, Task<(int Status, string Body)>> answer)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var request = new Request(context.Request.HttpMethod, context.Request.RawUrl!, await reader.ReadToEndAsync());
            Requests.Enqueue(request);
            (int status, string body) = await answer(request);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client has given up.
        }
    }

    private static (HttpListener Listener, Uri Uri) Listen()
    {
        for (int attempt = 1; ; attempt++)
        {
            var uri = new Uri($"http://localhost:{FreePort()}/");
            var listener = new HttpListener();
            listener.Prefixes.Add(uri.AbsoluteUri);
            try
            {
                listener.Start();
                return (listener, uri);
            }
            catch (Exception taken) when (attempt < 20 && taken is HttpListenerException or SocketException)
            {
                // Somebody else was faster; another port is free.
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    internal sealed record Request(string Method, string Url, string Body);
}
