using System.Collections.Concurrent;
using AdxFlow.Local.Endpoints.Flow.Access;
using AdxFlow.Local.Endpoints.Flow.Connections;
using AdxFlow.Local.Endpoints.Flow.Runs;
using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>What the Adobe endpoints share: who may call, the organizations with their data, and the way to the stand-in's own ADX.</summary>
internal sealed class FlowHost : IDisposable
{
    private readonly ConcurrentDictionary<string, Organization> _organizations = new(StringComparer.Ordinal);
    private readonly StateLog _log;
    private readonly int _port;

    public FlowHost(LocalServices adx)
    {
        Options = adx.Options.Flow;
        Clock = adx.Options.Clock;
        StartedOn = Clock.GetUtcNow();
        Tokens = new ImsTokens(Clock, Options.TokenLifetime, adx.Log);
        Adx = new AdxAccess(adx, ServicePrincipals);
        Scheduler = new FlowScheduler(this);
        _log = adx.Log;
        _port = adx.ClusterUri.Port;
        if (_log.Image is { } image) new FlowRestorer(this, _log, _port).Restore(image.Flow);
    }

    public LocalFlowOptions Options { get; }

    public TimeProvider Clock { get; }

    /// <summary>When this process began by the stand-in's clock.</summary>
    public DateTimeOffset StartedOn { get; }

    /// <summary>Starts runs.</summary>
    public FlowScheduler Scheduler { get; }

    public ClientRegistry Clients { get; } = new();

    public ServicePrincipalKeys ServicePrincipals { get; } = new();

    public ImsTokens Tokens { get; }

    public AdxAccess Adx { get; }

    /// <summary>The failures that coming runs take, first come first served.</summary>
    public ConcurrentQueue<RunError> PlannedFailures { get; } = new();

    /// <summary>The organization of that id, with what it has; every well-formed id is one.</summary>
    public Organization Organization(string id) => _organizations.GetOrAdd(id, static (name, host) => new Organization(name, host.Options.Sandboxes, host._log, host._port), this);

    /// <summary>Takes up the flows of an earlier process.</summary>
    public void Begin()
    {
        foreach (Workspace workspace in Workspaces)
            Scheduler.Resume(workspace);
    }

    private IEnumerable<Workspace> Workspaces => _organizations.Values.SelectMany(o => o.Sandboxes).Select(s => s.Workspace);

    /// <summary>Nothing runs by itself any more.</summary>
    public void Dispose()
    {
        foreach (Workspace workspace in Workspaces)
        {
            lock (workspace.Gate)
                workspace.Plans.Dispose();
        }
    }
}
