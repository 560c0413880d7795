using AdxFlow.Adx;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// The ingestion service in the classic protocol: its resources and the identity token, kept for an hour by who asks.
/// Source: https://learn.microsoft.com/kusto/api/netfx/kusto-ingest-client-rest
/// </summary>
internal sealed class ClassicService(AdxConnection connection, string database, string? table)
{
    // The commands belong to no database; this one every cluster has.
    private const string AnyDatabase = "NetDefaultDB";

    private readonly AdxClient _client = new(connection.ToIngestionService());

    public async Task<ClassicResources> GetResourcesAsync(CancellationToken cancel)
    {
        AdxRequestOptions options = new()
        {
            Database = AnyDatabase,
            Operation = "ClassicIngest",
            NeededRole = table is null ? $"Ingestor on database '{database}' or its table" : $"Ingestor on table '{table}' (or on database '{database}')",
        };
        AdxResultTable resources = await _client.ExecuteCommandAsync(ClassicCommands.GetResources, options, cancel);
        AdxResultTable token = await _client.ExecuteCommandAsync(ClassicCommands.GetIdentityToken, options, cancel);
        string? identity = token.Rows.Count == 0 ? null : token.Text(token.Rows[0], "AuthorizationContext");
        var read = ClassicResources.Read(resources, identity ?? string.Empty);
        if (read.Containers.Count == 0)
            throw Missing("AdxNoContainers", "no storage container to upload to");
        if (read.Queues.Count == 0)
            throw Missing("AdxNoQueues", "no queue to ingest from");
        return identity is null ? throw Missing("AdxServiceError", "no identity token") : read;
    }

    private AdxException Missing(string id, string what) => new(id, AdxErrorKind.ServiceError, $"The ingestion service at {connection.IngestionUri} names {what}.")
    {
        RecommendedAction = "Check that the cluster is running and that its ingestion endpoint is the one connected to.",
    };
}
