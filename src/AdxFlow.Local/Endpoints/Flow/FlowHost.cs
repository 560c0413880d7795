using System.Collections.Concurrent;
using AdxFlow.Local.Endpoints.Flow.Access;
using AdxFlow.Local.Endpoints.Flow.Connections;
using AdxFlow.Local.Endpoints.Flow.Runs;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>What the Adobe endpoints share: who may call, the organizations with their data, and the way to the stand-in's own ADX.</summary>
internal sealed class FlowHost : IDisposable
{
    private readonly ConcurrentDictionary<string, Organization> _organizations = new(StringComparer.Ordinal);

    public FlowHost(LocalServices adx)
    {
        Options = adx.Options.Flow;
        Clock = adx.Options.Clock;
        Tokens = new ImsTokens(Clock, Options.TokenLifetime);
        Adx = new AdxAccess(adx, ServicePrincipals);
    }

    public LocalFlowOptions Options { get; }

    public TimeProvider Clock { get; }

    public ClientRegistry Clients { get; } = new();

    public ServicePrincipalKeys ServicePrincipals { get; } = new();

    public ImsTokens Tokens { get; }

    public AdxAccess Adx { get; }

    /// <summary>The failures that coming runs take, first come first served.</summary>
    public ConcurrentQueue<RunError> PlannedFailures { get; } = new();

    /// <summary>The organization of that id, with what it has; every well-formed id is one.</summary>
    public Organization Organization(string id) => _organizations.GetOrAdd(id, static (name, options) => new Organization(name, options.Sandboxes), Options);

    /// <summary>Nothing runs by itself any more.</summary>
    public void Dispose()
    {
        foreach (Workspace workspace in _organizations.Values.SelectMany(o => o.Sandboxes).Select(s => s.Workspace))
        {
            lock (workspace.Gate)
                workspace.Plans.Dispose();
        }
    }
}
