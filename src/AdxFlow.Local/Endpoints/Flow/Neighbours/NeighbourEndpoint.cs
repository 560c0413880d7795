namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The services of Experience Platform around the Flow Service, as far as a dataset from a table needs them.</summary>
internal static class NeighbourEndpoint
{
    public const string Sandboxes = "sandbox-management";

    public static bool Serves(string service) => service is Sandboxes;

    public static FlowAnswer Handle(FlowRequest request) => request.Service switch
    {
        _ => SandboxEndpoint.Handle(request),
    };
}
