using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Showing what the cluster is.</summary>
/// <remarks>Source: Microsoft Learn, ".show cluster"; the columns of ".show version" are those of the official grammar.</remarks>
internal static class ClusterCommands
{
    private static readonly Column[] VersionColumns =
    [
        new("BuildVersion", KustoType.String), new("BuildTime", KustoType.DateTime), new("ServiceType", KustoType.String), new("ProductVersion", KustoType.String),
    ];

    private static readonly Column[] ClusterColumns =
    [
        new("NodeId", KustoType.String), new("Address", KustoType.String), new("Name", KustoType.String), new("StartTime", KustoType.DateTime),
        new("AssignedHotExtents", KustoType.Int), new("IsAdmin", KustoType.Bool), new("MachineTotalMemory", KustoType.Long), new("MachineAvailableMemory", KustoType.Long),
        new("ProcessorCount", KustoType.Int), new("EnvironmentDescription", KustoType.String), new("ProductVersion", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("show version", ShowVersion),
        new("show cluster details", ShowCluster),
    ];

    private static string Product => "AdxFlow local stand-in " + LocalCluster.Version;

    private static ResultSet ShowVersion(CommandContext context, CommandReader reader)
    {
        reader.ExpectEnd();
        DemandAnyRole(context, "VersionShowCommand");
        return ResultSet.FromRows(VersionColumns, [[LocalCluster.Version, context.Services.StartedOn, "Engine", Product]]);
    }

    private static ResultSet ShowCluster(CommandContext context, CommandReader reader)
    {
        reader.ExpectEnd();
        DemandAnyRole(context, "ClusterShowDetailsCommand");
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        return ResultSet.FromRows(ClusterColumns,
        [
            ["Local", context.Services.ClusterUri.AbsoluteUri, "AdxFlowLocal", context.Services.StartedOn, 0, true, memory.TotalAvailableMemoryBytes,
             memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes, Environment.ProcessorCount, Product, LocalCluster.Version],
        ]);
    }

    private static void DemandAnyRole(CommandContext context, string operation) => AccessControl.Demand(
        context.Services.Databases.Any(d => d.Access.CanSee(context.Caller)), context.Caller, operation, $"'{context.Services.ClusterUri}'");
}
