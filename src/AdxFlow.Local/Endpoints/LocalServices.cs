using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Storage;

namespace AdxFlow.Local.Endpoints;

/// <summary>What the endpoints share: the databases, the storage and the ingestion queue.</summary>
internal sealed class LocalServices : IAsyncDisposable
{
    /// <summary>The one database, named as in Microsoft's emulator.</summary>
    public const string DefaultDatabase = "NetDefaultDB";

    public LocalServices(Uri clusterUri, TimeSpan ingestionDelay)
    {
        ClusterUri = clusterUri;
        Storage = new BlobStore(clusterUri);
        Ingestion = new IngestionQueue(Storage, ingestionDelay);
        Databases = [new HostedDatabase(DefaultDatabase)];
    }

    public Uri ClusterUri { get; }

    public DateTime StartedOn { get; } = DateTime.UtcNow;

    public IReadOnlyList<HostedDatabase> Databases { get; }

    public BlobStore Storage { get; }

    public IngestionQueue Ingestion { get; }

    /// <summary>The database of that name, which is not case-sensitive; the default one where the name is empty.</summary>
    /// <exception cref="ServiceException">There is none.</exception>
    public HostedDatabase Database(string? name) => string.IsNullOrEmpty(name)
        ? Databases[0]
        : Databases.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw ServiceException.DatabaseNotFound(name);

    public ValueTask DisposeAsync() => Ingestion.DisposeAsync();
}
