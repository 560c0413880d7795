using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Ingestion.Classic;
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

    public LocalServices(Uri clusterUri, LocalClusterOptions options)
    {
        ClusterUri = clusterUri;
        Options = options;
        Storage = new StorageAccounts(clusterUri, options.StorageAccounts, new SharedAccessSignatures(options.Clock, options.SignatureLifetime));
        Blobs = new BlobDownload(Storage);
        Ingestion = new IngestionQueue(Blobs, options);
        var classic = new ClassicIngestion(this);
        foreach (StorageAccount account in Storage.All)
            account.Ready.Receiver = classic.Receive;
    }

    public LocalClusterOptions Options { get; }

    public Uri ClusterUri { get; }

    public DateTime StartedOn { get; } = DateTime.UtcNow;

    /// <summary>The databases in the order in which they were made; the default one is the first.</summary>
    public IReadOnlyList<HostedDatabase> Databases => _databases;

    public QueryRegistry Queries { get; } = new();

    public StorageAccounts Storage { get; }

    public BlobDownload Blobs { get; }

    public IdentityTokens IdentityTokens { get; } = new();

    public OperationLog Operations { get; } = new();

    public IngestionQueue Ingestion { get; }

    /// <summary>The database of that name, which is not case-sensitive; the default one where the name is empty.</summary>
    /// <exception cref="ServiceException">There is none.</exception>
    public HostedDatabase Database(string? name) => string.IsNullOrEmpty(name)
        ? _databases[0]
        : FindDatabase(name) ?? throw ServiceException.DatabaseNotFound(name);

    /// <summary>The database of that name, which is not case-sensitive, or null.</summary>
    public HostedDatabase? FindDatabase(string name) => Array.Find(_databases, d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes a database; null where there is one of that name.</summary>
    public HostedDatabase? AddDatabase(string name)
    {
        lock (_gate)
        {
            if (FindDatabase(name) is not null) return null;
            var database = new HostedDatabase(name);
            _databases = [.. _databases, database];
            return database;
        }
    }

    public ValueTask DisposeAsync() => Ingestion.DisposeAsync();
}
