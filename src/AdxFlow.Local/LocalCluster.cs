using System.Reflection;
using AdxFlow.Local.Endpoints;
using AdxFlow.Local.Endpoints.Flow;
using AdxFlow.Local.Persistence;

namespace AdxFlow.Local;

/// <summary>
/// The embedded stand-in for Azure Data Explorer: the engine, the ingestion service and its storage, and for Adobe's Flow
/// Service with what it needs around it, in this process and on loopback. It holds all in memory, and keeps it in a folder if it is
/// given one. Disposing stops it and frees everything.
/// </summary>
/// <remarks>
/// A request without a token is the administrator's; with one, its claims tell who one is (the signature is not checked),
/// and the roles given by the role commands are enforced. What lies outside of what it knows is refused with the error
/// code <c>LocalStandIn_NotSupported</c>, never answered approximately. Every response carries the header
/// <c>x-adxflow-local</c>.
/// </remarks>
public sealed class LocalCluster : IAsyncDisposable, IDisposable
{
    private readonly HttpServer _server;
    private readonly LocalServices _services;
    private readonly FlowHost _flow;
    private readonly Lazy<Task> _stopping;

    private LocalCluster(LocalClusterOptions options)
    {
        _stopping = new Lazy<Task>(StopAsync);
        StateLog log = options.Path is null ? StateLog.None : StateLog.Open(options.Path);
        try
        {
            _server = HttpServer.Bind(options.Port);
            _services = new LocalServices(_server.Uri, options, log);
            _flow = new FlowHost(_services);

            // What the folder holds was read and found whole. Only now it is changed.
            log.Begin();
            _services.Begin();
            _flow.Begin();
        }
        catch
        {
            _server?.Close();
            _flow?.Dispose();
            if (_services is null) log.Dispose();
            _services?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        Flow = new LocalFlow(_flow);
        FlowUri = new Uri(_server.Uri, "flow/");
        ImsUri = new Uri(_server.Uri, "ims/");
        _server.Run(new Router(_services, _flow), log);
    }

    /// <summary>The version of the stand-in, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(LocalCluster).Assembly.GetName().Version?.ToString(3)
        ?? typeof(LocalCluster).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version ?? "0.0.0";

    /// <summary>The address of the engine, <c>http://localhost:port/</c>.</summary>
    public Uri ClusterUri => _server.Uri;

    /// <summary>The address of the ingestion service; the same as <see cref="ClusterUri"/>.</summary>
    public Uri IngestionUri => _server.Uri;

    /// <summary>The address that stands for Adobe's <c>https://platform.adobe.io/</c>: below it are the Flow Service and its
    /// neighbours, with their paths as they are.</summary>
    public Uri FlowUri { get; }

    /// <summary>The address that stands for Adobe's identity service, <c>https://ims-na1.adobelogin.com/</c>.</summary>
    public Uri ImsUri { get; }

    /// <summary>What a test sets on the Adobe side.</summary>
    public LocalFlow Flow { get; }

    /// <summary>The TCP port on loopback.</summary>
    public int Port => _server.Port;

    /// <summary>The folder in which it keeps what it has, as a full path; null where it keeps nothing.</summary>
    public string? Path => _services.Log.Path;

    /// <summary>True where queued blobs wait as the batching policy says: <see cref="LocalClusterOptions.SimulateBatching"/>.</summary>
    public bool SimulatesBatching => _services.Options.SimulateBatching;

    /// <summary>The number of requests that have reached the stand-in.</summary>
    public long RequestCount => _server.Log.Count;

    /// <summary>The latest requests (up to 10,000), oldest first, as of now.</summary>
    public IReadOnlyList<LocalRequest> Requests => _server.Log.Snapshot();

    /// <summary>Starts a stand-in.</summary>
    /// <param name="options">Null for a free port and no delays.</param>
    /// <returns>The running stand-in, ready for requests.</returns>
    /// <exception cref="System.Net.HttpListenerException">The port asked for is taken.</exception>
    /// <exception cref="LocalPathException">The folder asked for cannot be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of storage accounts, or the size of a page, is not between 1
    /// and 100.</exception>
    public static LocalCluster Start(LocalClusterOptions? options = null)
    {
        options ??= new LocalClusterOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StorageAccounts, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.StorageAccounts, 100, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Flow.PageSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Flow.PageSize, 100, nameof(options));
        return new LocalCluster(options);
    }

    /// <summary>Makes coming requests fail. Faults are used up in the order in which they were added.</summary>
    /// <param name="fault">Which requests, how many, and how.</param>
    /// <returns>The number by which it can be removed; 0 where its count is 0 and it strikes nothing.</returns>
    public int AddFault(LocalFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return _server.Faults.Add(fault);
    }

    /// <summary>The faults that wait for requests, and the latest 1,000 that are spent, first added first.</summary>
    public IReadOnlyList<LocalFaultState> Faults => _server.Faults.States;

    /// <summary>Removes a fault, so that it strikes no further request. One that it holds back already is not let go.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>False where there is none of that number.</returns>
    public bool RemoveFault(int id) => _server.Faults.Remove(id);

    /// <inheritdoc/>
    /// <remarks>Whoever calls it, and however often: it comes back when all is stopped, and the folder is let go.</remarks>
    public ValueTask DisposeAsync() => new(_stopping.Value);

    /// <inheritdoc/>
    public void Dispose() => Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();

    private async Task StopAsync()
    {
        try
        {
            await _server.DisposeAsync();
        }
        finally
        {
            _flow.Dispose();
            await _services.DisposeAsync();
        }
    }
}
