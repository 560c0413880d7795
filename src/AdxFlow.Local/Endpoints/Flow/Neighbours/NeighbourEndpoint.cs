namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The services of Experience Platform around the Flow Service, as far as a dataset from a table needs them.</summary>
internal static class NeighbourEndpoint
{
    public static bool Serves(string service) =>
        service is SandboxEndpoint.Service or SchemaRegistryEndpoint.Service or CatalogEndpoint.Service or DataPrepEndpoint.Service or ExportEndpoint.Service;

    public static FlowAnswer Handle(FlowRequest request)
    {
        if (request.Service == SandboxEndpoint.Service) return SandboxEndpoint.Handle(request);
        lock (request.Workspace.Gate)
        {
            FlowAnswer answer = request.Service switch
            {
                SchemaRegistryEndpoint.Service => SchemaRegistryEndpoint.Handle(request),
                CatalogEndpoint.Service => CatalogEndpoint.Handle(request),
                ExportEndpoint.Service => ExportEndpoint.Handle(request),
                _ => DataPrepEndpoint.Handle(request),
            };
            request.Workspace.Log.Keep();
            return answer;
        }
    }
}
