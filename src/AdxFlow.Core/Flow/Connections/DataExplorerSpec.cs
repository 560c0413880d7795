using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>
/// What Adobe's connector for Azure Data Explorer is called and takes. Source:
/// <see href="https://experienceleague.adobe.com/docs/experience-platform/sources/api-tutorials/create/databases/data-explorer.html"/>.
/// </summary>
internal static class DataExplorerSpec
{
    public const string Id = "0479cc14-7651-4354-b233-7480606c2ac3";

    public const string Version = "1.0";

    public const string AuthSpec = "Service Principal Based Authentication";

    public const string Endpoint = "endpoint";

    public const string Database = "database";

    public const string Tenant = "tenant";

    public const string PrincipalId = "servicePrincipalId";

    public const string PrincipalKey = "servicePrincipalKey";

    /// <summary>The parameters of a connection.</summary>
    public static JsonObject Parameters(string endpoint, string database, string tenant, string principalId, string principalKey) => new()
    {
        [Endpoint] = endpoint,
        [Database] = database,
        [Tenant] = tenant,
        [PrincipalId] = principalId,
        [PrincipalKey] = principalKey,
    };
}
