using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Flow.Access;

namespace AdxFlow.Local.Endpoints.Flow.Connections;

/// <summary>Signs in to the stand-in's own ADX as the service principal of a base connection, with the roles that it was given there.</summary>
internal sealed class AdxAccess(LocalServices adx, ServicePrincipalKeys keys)
{
    public Uri ClusterUri => adx.ClusterUri;

    /// <summary>The database of a connection.</summary>
    /// <param name="parameters">The connection's <c>auth.params</c>.</param>
    /// <exception cref="AdxAccessException">There is no such cluster or database, the key is wrong, or the role is missing.</exception>
    public HostedDatabase Open(JsonNode? parameters)
    {
        string endpoint = Parameter(parameters, "endpoint");
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) || !address.Authority.Equals(adx.ClusterUri.Authority, StringComparison.OrdinalIgnoreCase))
            throw new AdxAccessException($"The cluster '{endpoint}' could not be reached. The local stand-in reaches its own cluster only, which is {adx.ClusterUri}.");
        string application = Parameter(parameters, "servicePrincipalId");
        if (!keys.IsKey(application, Parameter(parameters, "servicePrincipalKey")))
            throw new AdxAccessException($"AADSTS7000215: Invalid client secret provided. The key of application '{application}' is wrong or has expired.");
        var caller = new Caller { Kind = PrincipalKind.App, ApplicationId = application, TenantId = Parameter(parameters, "tenant") };
        try
        {
            HostedDatabase database = adx.Database(Parameter(parameters, "database"));
            database.Access.DemandQuery(caller);
            return database;
        }
        catch (ServiceException e)
        {
            throw new AdxAccessException(e.Message);
        }
    }

    private static string Parameter(JsonNode? parameters, string name) => JsonValues.Scalar(JsonValues.At(parameters, name)) ?? "";
}
