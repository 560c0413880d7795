using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Flow;

namespace AdxFlow.Connector;

/// <summary>The address of a cluster as Adobe's connector takes it.</summary>
internal static class DataExplorerAddress
{
    /// <summary>The engine's address without a slash at its end, as <c>https://cluster.region.kusto.windows.net</c>.</summary>
    /// <param name="cluster">The cluster, in any way that Connect-Adx takes.</param>
    /// <param name="session">The session whose connector is to reach it.</param>
    /// <exception cref="AdxException"><c>AdxInvalidCluster</c>: it is no cluster's address.</exception>
    /// <exception cref="FlowException"><c>FlowInvalidConnection</c>: Adobe cannot reach it.</exception>
    public static string Endpoint(string cluster, FlowSession session)
    {
        Uri engine = ClusterAddress.Parse(cluster, null).Cluster;
        if (LoopbackHost.IsLoopback(engine) && !LoopbackHost.IsLoopback(session.Uri))
        {
            throw FlowRefusal.Of("FlowInvalidConnection", $"'{engine.Host}' is this machine, which Adobe's connector cannot reach. Nothing was made.", "Give a cluster in Azure; the stand-in's Flow Service (Connect-Flow -Local) reaches the one of this machine.");
        }
        if (engine.Scheme != System.Uri.UriSchemeHttps && !LoopbackHost.IsLoopback(engine))
        {
            throw FlowRefusal.Of("FlowInvalidConnection", $"'{engine.Host}' is not given as https. Nothing was made.", "Give the cluster's address with https.");
        }
        return engine.AbsoluteUri.TrimEnd('/');
    }
}
