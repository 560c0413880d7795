using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Http;
using AdxFlow.Ingestion;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>A stand-in of its own with one table in it, and a connection that does not wait long between tries.</summary>
internal sealed class LocalTable : IAsyncDisposable
{
    public const string Name = "T";

    private LocalTable(LocalCluster cluster, AdxConnection connection, IReadOnlyList<AdxColumn> columns)
    {
        Cluster = cluster;
        Connection = connection;
        Columns = columns;
    }

    public LocalCluster Cluster { get; }

    public AdxConnection Connection { get; }

    public IReadOnlyList<AdxColumn> Columns { get; }

    public IngestionRequest Request { get; init; } = new() { Table = Name, BatchInterval = Timeout.InfiniteTimeSpan, RetryWindow = TimeSpan.Zero };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<LocalTable> CreateAsync(params AdxColumn[] columns) => CreateOnAsync(new LocalClusterOptions(), columns);

    public static async Task<LocalTable> CreateOnAsync(LocalClusterOptions options, params AdxColumn[] columns)
    {
        var cluster = LocalCluster.Start(options);
        AdxConnection connection = await AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = cluster.ClusterUri.AbsoluteUri,
            IngestionUri = cluster.IngestionUri,
            SignIn = AdxSignIn.Local(),
            Transport = new TransportSettings { RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(20) },
        }, Stop);
        await new AdxTables(new AdxClient(connection)).CreateAsync(new AdxTableDefinition { Name = Name, Columns = columns }, cancellationToken: Stop);
        return new LocalTable(cluster, connection, columns);
    }

    /// <summary>Lets the table be streamed to.</summary>
    public Task AllowStreamingAsync() =>
        new AdxTablePolicies(new AdxClient(Connection)).SetAsync(Name, new AdxStreamingPolicy { Database = Connection.Database, Table = Name, IsEnabled = true }, cancellationToken: Stop);

    public int Streams => Count("POST", "/v1/rest/ingest/");

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    public Task<IngestionSession> StartAsync(Func<IngestionRequest, IngestionRequest>? change = null, CancellationToken? cancel = null) =>
        IngestionSession.StartAsync(Connection, change is null ? Request : change(Request), cancel ?? Stop);

    /// <summary>Waits until the service has finished with it.</summary>
    public Task<AdxIngestion> FinishAsync(AdxIngestion ingestion) =>
        new IngestionTracker(Connection).WaitAsync(ingestion, Eventually.Limit, cancel: Stop);

    public async Task<List<object?[]>> RowsAsync()
    {
        var rows = new List<object?[]>();
        await using AdxQueryReader reader = await new AdxClient(Connection).QueryAsync(Name, new AdxRequestOptions { Options = new Dictionary<string, object?> { ["notruncation"] = true } }, Stop);
        while (await reader.NextTableAsync(Stop))
        {
            while (reader.TableName == "PrimaryResult" && await reader.ReadBlockAsync(Stop))
                rows.AddRange(reader.Rows);
        }
        return rows;
    }

    public int Count(string method, string pathPart) => Cluster.Requests.Count(request => request.Method == method && request.Path.Contains(pathPart, StringComparison.Ordinal));

    public int Posts => Count("POST", "/ingestion/queued/");

    /// <summary>The names of the blobs that were made whole and neither given to the service nor taken back.</summary>
    public IReadOnlyList<string> BlobsLeft(AdxIngestion accepted)
    {
        IReadOnlyList<LocalRequest> requests = Cluster.Requests;
        var deleted = requests.Where(static request => request is { Method: "DELETE", Status: 202 }).Select(static request => request.Path).ToHashSet();
        return [.. requests
            .Where(static request => request is { Method: "PUT", Status: 201 })
            .Select(static request => request.Path)
            .Distinct()
            .Where(path => !deleted.Contains(path) && !accepted.Batches.Any(batch => path.Contains(batch.SourceId.ToString("N"), StringComparison.Ordinal)))];
    }
}
