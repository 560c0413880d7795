using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdxFlow.Local.Endpoints.Flow;
using AdxFlow.Local.Endpoints.Storage;
using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Endpoints;

/// <summary>Takes requests on loopback, many at once; no request can stop it.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const int Attempts = 20;

    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly RequestLog _log = new();
    private readonly FaultPlan _faults = new();
    private readonly Dictionary<Task, HttpListenerContext> _open = [];
    private Router? _router;
    private StateLog _state = StateLog.None;
    private Task _loop = Task.CompletedTask;

    private HttpServer(HttpListener listener, int port)
    {
        _listener = listener;
        Port = port;
        Uri = new Uri($"http://localhost:{port}/");
    }

    public int Port { get; }

    public Uri Uri { get; }

    public RequestLog Log => _log;

    public FaultPlan Faults => _faults;

    /// <summary>Binds the port; requests wait until <see cref="Run"/>.</summary>
    /// <param name="port">The port, or 0 for a free one.</param>
    public static HttpServer Bind(int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            int candidate = port == 0 ? FreePort() : port;
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://localhost:{candidate}/");
            try
            {
                listener.Start();
                return new HttpServer(listener, candidate);
            }
            catch (Exception e) when (e is HttpListenerException or SocketException)
            {
                // Another process may have taken the free port in between.
                listener.Close();
                if (port != 0 || attempt == Attempts) throw;
            }
        }
    }

    /// <param name="router">Finds what serves a request.</param>
    /// <param name="state">What has to be on the disk before an answer may tell of it.</param>
    public void Run(Router router, StateLog state)
    {
        _router = router;
        _state = state;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Lets go of the port, where <see cref="Run"/> was never called.</summary>
    public void Close()
    {
        _listener.Close();
        _stop.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();

        // The listener ends the answers that go on, and waits for a client that does not read them: such a connection goes first.
        KeyValuePair<Task, HttpListenerContext>[] open;
        lock (_open)
            open = [.. _open];
        foreach ((_, HttpListenerContext context) in open)
            ConnectionReset.Drop(context);
        try
        {
            _listener.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // It stumbled over a connection that is gone; it listens no more.
        }

        await _loop;
        lock (_open)
            open = [.. _open];
        await Task.WhenAll(open.Select(o => o.Key));
        _stop.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                if (_stop.IsCancellationRequested || !_listener.IsListening) return;
                continue;
            }

            Task request = Task.Run(() => ServeAsync(context));
            lock (_open)
                _open.Add(request, context);
            if (_stop.IsCancellationRequested) ConnectionReset.Drop(context);
            _ = request.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Forget(Task request)
    {
        lock (_open)
            _open.Remove(request);
    }

    /// <summary>Serves one request; never throws.</summary>
    private async Task ServeAsync(HttpListenerContext context)
    {
        Exchange? exchange = null;
        try
        {
            ListenerSocket.SendAtOnce(context);
            string raw = context.Request.RawUrl ?? "/";
            int mark = raw.IndexOf('?', StringComparison.Ordinal);
            exchange = new Exchange(context, _log.Add(context.Request.HttpMethod, mark < 0 ? raw : raw[..mark]), _state);
            await AnswerAsync(exchange);
            exchange.Close();
        }
        catch (Exception)
        {
            // The client is gone, or the answer broke in the middle: all that is left is to close the connection.
            try
            {
                if (exchange is null)
                    context.Response.Abort();
                else
                    exchange.Abort();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // It is closed already.
            }
        }
    }

    private async Task AnswerAsync(Exchange exchange)
    {
        Route route = _router!.Find(exchange);
        LocalFault? fault = _faults.Take(route.Kind, exchange.Path);
        if (fault is { Serves: true })
        {
            exchange.CutAfter = fault.CutAfter;
            if (fault.HoldUntil is { } release) await release.WaitAsync(_stop.Token);
            if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, _stop.Token);
            fault = null;
        }

        if (fault is { AfterAction: false })
        {
            await FailAsync(exchange, route, fault);
            return;
        }

        exchange.DiscardsResponse = fault is not null;
        try
        {
            if (route.Authenticates) exchange.Authenticate();
            await route.Handle(exchange, _stop.Token);
        }
        catch (UnauthorizedException) when (!exchange.HasStarted)
        {
            exchange.SetHeader("WWW-Authenticate", "Bearer realm=\"AdxFlow local stand-in\"");
            await exchange.SendAsync(401, null, default);
        }
        catch (ServiceException e) when (!exchange.HasStarted)
        {
            await exchange.SendJsonAsync(e.Status, ErrorBody.Build(e, exchange));
        }
        catch (Exception e) when (!exchange.HasStarted && !_stop.IsCancellationRequested && e is not (EndOfStreamException or HttpListenerException or IOException))
        {
            await exchange.SendJsonAsync(500, ErrorBody.Build(ServiceException.Internal(e), exchange));
        }

        if (fault is null) return;
        exchange.DiscardsResponse = false;
        await FailAsync(exchange, route, fault);
    }

    private static async Task FailAsync(Exchange exchange, Route route, LocalFault fault)
    {
        if (fault.Abort)
        {
            exchange.Abort();
            return;
        }

        if (fault.RetryAfter is { } wait)
            exchange.SetHeader("Retry-After", ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        const LocalFaultTarget Adobe = LocalFaultTarget.Ims | LocalFaultTarget.Flow | LocalFaultTarget.FlowNeighbours;
        const LocalFaultTarget Storage =
            LocalFaultTarget.BlobUpload | LocalFaultTarget.BlockList | LocalFaultTarget.BlobAccess | LocalFaultTarget.StorageQueue | LocalFaultTarget.StatusTable;
        bool transient = fault.StatusCode is 429 or >= 500;
        string message = $"A fault set on the local stand-in: HTTP {fault.StatusCode}.";
        if ((route.Kind & Adobe) != 0)
            await FlowFaults.SendAsync(exchange, route.Kind, fault.StatusCode);
        else if (fault.StatusCode == 401)
            await exchange.SendAsync(401, null, default);
        else if ((route.Kind & Storage) != 0)
            await StorageEndpoint.SendErrorAsync(exchange, new StorageException(fault.StatusCode, StorageCode(fault.StatusCode, route.Kind), message), route.Kind == LocalFaultTarget.StatusTable);
        else
        {
            var error = new ServiceException(fault.StatusCode, Code(fault.StatusCode), "The request failed.", "Kusto.Data.Exceptions.KustoServiceException", message) { Permanent = !transient };
            await exchange.SendJsonAsync(fault.StatusCode, ErrorBody.Build(error, exchange));
        }
    }

    private static string StorageCode(int status, LocalFaultTarget kind) => status switch
    {
        403 => "AuthenticationFailed",
        404 => kind switch { LocalFaultTarget.StorageQueue => "QueueNotFound", LocalFaultTarget.StatusTable => "TableNotFound", _ => "ContainerNotFound" },
        429 or >= 500 => "ServerBusy",
        _ => "InvalidOperation",
    };

    private static string Code(int status) => status switch
    {
        403 => "Forbidden",
        404 => "General_NotFound",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        >= 500 => "General_InternalServerError",
        _ => "General_BadRequest",
    };
}
