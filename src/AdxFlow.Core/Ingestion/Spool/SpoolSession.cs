using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Spool;

/// <summary>The spool of an ingestion that is under way: its directory, and what sends from it.</summary>
internal sealed class SpoolSession : IAsyncDisposable
{
    private readonly ITransport _transport;
    private readonly SpoolDirectory _directory;
    private readonly SpoolSender _sender;
    private int _disposed;

    public SpoolSession(AdxConnection connection, SpoolDirectory directory, ITransport transport, string database, IngestionRequest request, Action<AdxIngestionBatch> accepted, CancellationToken cancel)
    {
        _directory = directory;
        _transport = transport;
        RowsBefore = directory.Position;
        _sender = new SpoolSender(directory, transport, database, request.ThrottleLimit, new IngestionTracker(connection).RefreshAsync, request.RetryWindow, accepted, cancel);
    }

    public Guid Id => _directory.Manifest.Id;

    /// <summary>Input rows that were taken before.</summary>
    public long RowsBefore { get; }

    public IReadOnlyList<AdxIngestionBatch> Batches => _sender.Batches;

    /// <summary>Opens the directory that a request names, or makes it.</summary>
    /// <exception cref="AdxException">It is in use, of a newer version, damaged, belongs elsewhere, or cannot be used.</exception>
    public static SpoolDirectory OpenDirectory(AdxConnection connection, IngestionRequest request, string database)
    {
        var id = Guid.NewGuid();
        BatchProperties properties = PropertyRules.For(request, database, AdxDataFormat.Csv, rowMapping: string.Empty);
        var manifest = new SpoolManifest
        {
            Id = id,
            Name = request.SpoolName,
            Cluster = connection.Cluster,
            IngestionUri = connection.IngestionUri,
            Database = database,
            Table = request.Table,
            DeliveryGuarantee = request.DeliveryGuarantee,
            Tags = properties.Tags,
            IngestIfNotExists = properties.IngestIfNotExists,
            CreationTime = properties.CreationTime,
            ValidationPolicy = properties.ValidationPolicy,
            SkipBatching = properties.SkipBatching,
            ExtendSchema = properties.ExtendSchema,
            KeepBlob = properties.KeepBlob,
            CreatedOn = DateTime.UtcNow,
            CreatedBy = $"{Environment.UserName}@{Environment.MachineName}",
        };
        string path = Path.Combine(Path.GetFullPath(request.SpoolPath!), request.SpoolName ?? id.ToString("N"));
        var directory = SpoolDirectory.Open(path, manifest);
        try
        {
            SpoolTarget.Demand(directory, connection, database);
            SpoolTarget.DemandSame(directory, manifest);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
        return directory;
    }

    /// <summary>Where the batches of rows go.</summary>
    public IBatchSink Open(IReadOnlyList<AdxColumn> columns, IngestionRequest request) =>
        new SpooledBatches(_directory, _sender, CsvMapping.For(columns, RowLayout.InOrder(columns.Count)), request, _transport.MaxBatchBytes);

    /// <summary>Waits until every batch is accepted.</summary>
    public Task DrainAsync() => _sender.DrainAsync();

    /// <summary>Waits until every batch is confirmed or refused, or the time is over.</summary>
    public Task ConfirmAsync(TimeSpan timeout, CancellationToken cancel) => _sender.ConfirmAsync(timeout, cancel);

    /// <summary>Stops, and frees the spool. One without a name goes when it is empty; one with a name still knows how far it came.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _sender.DisposeAsync();
        try
        {
            if (_directory.Manifest.Name is null && _directory.IsEmpty)
                _directory.Remove();
        }
        catch (Exception failure) when (failure is AdxException or IOException or UnauthorizedAccessException)
        {
            // An empty spool that stays does no harm, and one that is gone already is what was wanted.
        }
        finally
        {
            _directory.Dispose();
        }
    }
}
