namespace AdxFlow.Flow;

/// <summary>Where the services of Experience Platform live under the gateway's address, as their OpenAPI descriptions say.</summary>
internal static class FlowServices
{
    public const string FlowService = "/data/foundation/flowservice";

    public const string Sandboxes = "/data/foundation/sandbox-management";

    public const string SchemaRegistry = "/data/foundation/schemaregistry";

    public const string Catalog = "/data/foundation/catalog";

    public const string DataPrep = "/data/foundation/conversion";

    public const string DataAccess = "/data/foundation/export";
}
