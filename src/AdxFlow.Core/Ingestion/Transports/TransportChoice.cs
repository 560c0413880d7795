using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>Finds the transport for an ingestion: the one asked for, or the one that fits the cluster, the table and the properties.</summary>
internal sealed class TransportChoice(AdxConnection connection, string database, IngestionRequest request, Action<IngestionEvent> tell)
{
    private readonly IngestionServiceClient _service = new(connection, database, request.Table);

    public async Task<ITransport> MakeAsync(CancellationToken cancel) => request.Mode switch
    {
        AdxIngestionMode.Direct => new DirectTransport(connection, request),
        AdxIngestionMode.Streaming => new StreamingTransport(Sender(), request),
        AdxIngestionMode.Queued => await QueuedAsync(cancel),
        _ => await AutoAsync(cancel),
    };

    private StreamingSender Sender() => new(new StreamingClient(connection), tell);

    private async Task<ITransport> AutoAsync(CancellationToken cancel)
    {
        QueuedTransport queued;
        try
        {
            queued = await QueuedAsync(cancel);
        }
        catch (AdxException refusal) when (connection.IsLocal && refusal.IsPermanent)
        {
            // The Kusto emulator runs on this machine and has no ingestion service.
            if (!await IsEmulatorAsync(cancel))
                throw;
            PropertyRules.Check(request with { Mode = AdxIngestionMode.Direct });
            tell(new IngestionNote("This is the Kusto emulator, which has no ingestion service: data goes into commands (-Mode Direct)."));
            return new DirectTransport(connection, request);
        }
        if (PropertyRules.NeedsQueue(request) || StreamingAvailability.Shared.IsOff(connection.Cluster, database, request.Table) || !await IsStreamingOnAsync(cancel))
            return queued;
        return new ManagedTransport(queued, Sender(), StreamingAvailability.Shared, connection.Cluster, database, request, tell);
    }

    /// <summary>Over REST, or in the classic protocol where the service wants that or knows no other.</summary>
    private async Task<QueuedTransport> QueuedAsync(CancellationToken cancel)
    {
        IngestionConfiguration? configuration = null;
        try
        {
            configuration = await _service.GetConfigurationAsync(cancel);
        }
        catch (AdxException absent) when (absent.StatusCode == 404)
        {
            // An ingestion service from before REST.
        }
        if (configuration is { PrefersClassic: false })
        {
            var pool = new ContainerPool(_service.GetConfigurationAsync, configuration, AccountRanking.Shared);
            return new QueuedTransport(pool, new RestQueue(_service, pool), connection.Pipelines.Storage, request);
        }
        var classic = new ClassicQueue(new ClassicService(connection, database, request.Table), new StorageServiceClient(connection.Pipelines.Storage), AccountRanking.Shared);
        IngestionConfiguration resources = await classic.LoadAsync(cancel);
        return new QueuedTransport(new ContainerPool(classic.LoadAsync, resources, AccountRanking.Shared), classic, connection.Pipelines.Storage, request);
    }

    /// <summary>
    /// True where the policy that holds for the table, its own or its database's, allows streaming. One request tells; who may not
    /// ask gets false, for whoever may ingest may queue.
    /// Source: https://learn.microsoft.com/kusto/management/show-table-details-command
    /// </summary>
    private async Task<bool> IsStreamingOnAsync(CancellationToken cancel)
    {
        try
        {
            AdxResultTable details = await new AdxClient(connection).ExecuteCommandAsync(
                TableCommands.ShowTableDetails(request.Table), new AdxRequestOptions { Database = database, Table = request.Table, Operation = "StreamingPolicy" }, cancel);
            if (details.Rows.Count == 0 || details.Text(details.Rows[0], "StreamingIngestionPolicy") is not { Length: > 0 } policy)
                return false;
            using JsonDocument json = JsonDocument.Parse(policy);
            return JsonMembers.Find(json.RootElement, "IsEnabled") is { ValueKind: JsonValueKind.True };
        }
        catch (Exception unknown) when (unknown is AdxException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Source: what the emulator says of itself, by which other clients tell it too (adx-mon).</summary>
    private async Task<bool> IsEmulatorAsync(CancellationToken cancel)
    {
        try
        {
            AdxResultTable cluster = await new AdxClient(connection).ExecuteCommandAsync(DirectCommands.ShowClusterDetails, new AdxRequestOptions { Database = database, Operation = "ClusterDetails" }, cancel);
            return cluster.Rows.Any(row => cluster.Text(row, "EnvironmentDescription")?.Contains("KustoPersonal", StringComparison.OrdinalIgnoreCase) == true);
        }
        catch (AdxException)
        {
            return false;
        }
    }
}
