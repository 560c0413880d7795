using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Ingestion.Classic;
using AdxFlow.Local.Endpoints.Queries;
using AdxFlow.Local.Endpoints.Storage;
using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Endpoints;

/// <summary>What the endpoints share: the databases, the storage and the ingestion queue.</summary>
internal sealed class LocalServices : IAsyncDisposable
{
    /// <summary>The database that is there from the start, named as in Microsoft's emulator.</summary>
    public const string DefaultDatabase = "NetDefaultDB";

    private readonly object _gate = new();
    private readonly IReadOnlyList<IngestionOperation> _queued = [];
    private volatile HostedDatabase[] _databases;

    /// <param name="clusterUri">The address.</param>
    /// <param name="options">How it was started.</param>
    /// <param name="log">Keeps what changes, and has what was kept.</param>
    public LocalServices(Uri clusterUri, LocalClusterOptions options, StateLog log)
    {
        ClusterUri = clusterUri;
        Options = options;
        Log = log;
        _databases = [new HostedDatabase(DefaultDatabase, log)];
        var signatures = new SharedAccessSignatures(options.Clock, options.SignatureLifetime, log.Manifest?.SignatureKey);
        Storage = new StorageAccounts(clusterUri, options.StorageAccounts, signatures, log);
        Blobs = new BlobDownload(Storage);
        IdentityTokens = new IdentityTokens(log.Manifest?.IdentityKey);
        Operations = new OperationLog(log);
        StreamingFailures = new StreamingFailureLog(options.Clock, log);
        Ingestion = new IngestionQueue(Blobs, options, log);
        var classic = new ClassicIngestion(this);
        if (log.Image is { } image) _queued = new StateRestorer(this, log, classic).Restore(image);
        foreach (StorageAccount account in Storage.All)
            account.Ready.Receiver = classic.Receive;
    }

    public LocalClusterOptions Options { get; }

    public Uri ClusterUri { get; }

    /// <summary>Keeps what changes.</summary>
    public StateLog Log { get; }

    public DateTime StartedOn { get; } = DateTime.UtcNow;

    /// <summary>The databases in the order in which they were made; the default one is the first.</summary>
    public IReadOnlyList<HostedDatabase> Databases => _databases;

    public QueryRegistry Queries { get; } = new();

    public StorageAccounts Storage { get; }

    public BlobDownload Blobs { get; }

    public IdentityTokens IdentityTokens { get; }

    public OperationLog Operations { get; }

    public IngestionQueue Ingestion { get; }

    public StreamingFailureLog StreamingFailures { get; }

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
            var database = new HostedDatabase(name, Log);
            _databases = [.. _databases, database];
            return database;
        }
    }

    /// <summary>Takes up what an earlier process had queued and not ingested, and keeps what is new.</summary>
    public void Begin()
    {
        foreach (IngestionOperation operation in _queued)
            Ingestion.Restore(operation);
        KeepChanges();
    }

    /// <summary>Keeps what a command changed, in whichever database.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void KeepChanges()
    {
        foreach (HostedDatabase database in _databases)
            database.Schema.Keep();
    }

    /// <summary>The database of that name, with the id that it had; made if it is not there.</summary>
    public HostedDatabase Restore(string name, Guid id)
    {
        var database = new HostedDatabase(name, Log, id);
        int known = Array.FindIndex(_databases, d => d.Name == name);
        _databases = known < 0 ? [.. _databases, database] : [.. _databases[..known], database, .. _databases[(known + 1)..]];
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await Ingestion.DisposeAsync();
        await Operations.DisposeAsync();
        Log.Dispose();
    }
}
