using System.Text.Json.Nodes;
using AdxFlow.Flow;

namespace AdxFlow.Connector;

/// <summary>What Adobe's connector is told about a cluster and the principal it reads as.</summary>
/// <param name="session">The session whose connector is to reach the cluster.</param>
internal sealed class DataExplorerParameters(FlowSession session)
{
    /// <summary>The parameters of a new connection.</summary>
    /// <param name="cluster">The cluster, in any way that Connect-Adx takes.</param>
    /// <param name="database">The database.</param>
    /// <param name="tenant">The principal's tenant.</param>
    /// <param name="principalId">The principal's application id.</param>
    /// <param name="key">Its key.</param>
    /// <exception cref="AdxException"><c>AdxInvalidCluster</c>; <c>FlowInvalidConnection</c>: Adobe cannot reach it.</exception>
    public JsonObject Of(string cluster, string database, string tenant, string principalId, string key) =>
        DataExplorerSpec.Parameters(DataExplorerAddress.Endpoint(cluster, session), database, tenant, principalId, key);

    /// <summary>The parameters that are to replace those of a connection. The service replaces all at once, so those that stay are said again.</summary>
    /// <param name="present">The connection as it is.</param>
    /// <param name="cluster">Another cluster; null means that it stays.</param>
    /// <param name="database">Another database; null means that it stays.</param>
    /// <param name="tenant">Another tenant; null means that it stays.</param>
    /// <param name="principalId">The principal's application id.</param>
    /// <param name="key">Its key.</param>
    /// <exception cref="FlowException"><c>FlowInvalidArgument</c>: it is another connector's, or the service does not tell what is to stay.</exception>
    public JsonObject Of(FlowConnection present, string? cluster, string? database, string? tenant, string principalId, string key)
    {
        if (!present.IsDataExplorer)
        {
            throw FlowRefusal.Of(
                "FlowInvalidArgument",
                $"The connection '{present}' is not one to Azure Data Explorer. Nothing was changed.",
                "Give all parameters of its sign-in as -AuthParameter; (Get-FlowConnectionSpec -SpecId …).AuthSpecs shows them.");
        }
        return DataExplorerSpec.Parameters(
            cluster is null ? Stays(present.Cluster, "cluster", "-Cluster") : DataExplorerAddress.Endpoint(cluster, session),
            database ?? Stays(present.Database, "database", "-Database"),
            tenant ?? Stays(present.TenantId, "tenant", "-TenantId"),
            principalId,
            key);
    }

    /// <summary>What the service told of the connection, unless it is masked: stars sent back would replace it.</summary>
    private static string Stays(string? told, string what, string parameter) =>
        told is { Length: > 0 } && !told.Contains('*', StringComparison.Ordinal)
            ? told
            : throw FlowRefusal.Of("FlowInvalidArgument", $"The service does not tell the connection's {what}, and all parameters are replaced together. Nothing was changed.", $"Give {parameter}.");
}
