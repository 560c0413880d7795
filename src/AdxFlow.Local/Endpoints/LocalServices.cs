using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Queries;
using AdxFlow.Local.Endpoints.Storage;

namespace AdxFlow.Local.Endpoints;

/// <summary>What the endpoints share: the databases, the storage and the ingestion queue.</summary>
internal sealed class LocalServices : IAsyncDisposable
{
    /// <summary>The database that is there from the start, named as in Microsoft's emulator.</summary>
    public const string DefaultDatabase = "NetDefaultDB";

    private readonly object _gate = new();
    private volatile HostedDatabase[] _databases = [new HostedDatabase(DefaultDatabase)];

    public LocalServices(Uri clusterUri, TimeSpan ingestionDelay)
    {
        ClusterUri = clusterUri;
        Storage = new BlobStore(clusterUri);
        Ingestion = new IngestionQueue(Storage, ingestionDelay);
    }

    public Uri ClusterUri { get; }

    public DateTime StartedOn { get; } = DateTime.UtcNow;

    /// <summary>The databases in the order in which they were made; the default one is the first.</summary>
    public IReadOnlyList<HostedDatabase> Databases => _databases;

    public QueryRegistry Queries { get; } = new();

    public BlobStore Storage { get; }

    public IngestionQueue Ingestion { get; }

    /// <summary>The database of that name, which is not case-sensitive; the default one where the name is empty.</summary>
    /// <exception cref="ServiceException">There is none.</exception>
    public HostedDatabase Database(string? name) => string.IsNullOrEmpty(name)
        ? _databases[0]
        : Find(name) ?? throw ServiceException.DatabaseNotFound(name);

    /// <summary>Makes a database; null where there is one of that name.</summary>
    public HostedDatabase? AddDatabase(string name)
    {
        lock (_gate)
        {
            if (Find(name) is not null) return null;
            var database = new HostedDatabase(name);
            _databases = [.. _databases, database];
            return database;
        }
    }

    public ValueTask DisposeAsync() => Ingestion.DisposeAsync();

    private HostedDatabase? Find(string name) => Array.Find(_databases, d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
