using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// What the ingestion service lends for the classic protocol: containers, queues, status tables, and the token that tells in a
/// message on whose behalf it was sent.
/// </summary>
internal sealed class ClassicResources
{
    public required IReadOnlyList<StorageContainer> Containers { get; init; }

    public required IReadOnlyList<SignedResource> Queues { get; init; }

    /// <summary>Where the status of batches can be followed; none where the cluster has none.</summary>
    public required IReadOnlyList<SignedResource> StatusTables { get; init; }

    public required string IdentityToken { get; init; }

    /// <summary>What uploads must know of them. Limits are those that Microsoft's clients assume; one message is one blob.</summary>
    public IngestionConfiguration Configuration => new()
    {
        Containers = Containers,
        MaxBlobsPerRequest = 1,
        MaxDataSize = IngestionConfiguration.DefaultMaxDataSize,
        Life = IngestionConfiguration.LongestLife,
    };

    /// <summary>Reads the answer of <c>.get ingestion resources</c>; kinds that are not known are passed over.</summary>
    public static ClassicResources Read(AdxResultTable answer, string identityToken)
    {
        var byType = answer.Rows
            .Select(row => (Type: answer.Text(row, "ResourceTypeName"), Root: answer.Text(row, "StorageRoot")))
            .Where(static resource => resource.Type is not null && Uri.TryCreate(resource.Root, UriKind.Absolute, out _))
            .ToLookup(static resource => resource.Type!, static resource => new Uri(resource.Root!), StringComparer.OrdinalIgnoreCase);
        return new ClassicResources
        {
            Containers = [.. byType["TempStorage"].Select(static uri => new StorageContainer(uri))],
            Queues = [.. byType["SecuredReadyForAggregationQueue"].Select(static uri => new SignedResource(uri, "queue"))],
            StatusTables = [.. byType["IngestionsStatusTable"].Select(static uri => new SignedResource(uri, "table"))],
            IdentityToken = identityToken,
        };
    }
}
