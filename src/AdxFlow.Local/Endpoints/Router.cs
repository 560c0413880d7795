using AdxFlow.Local.Endpoints.Engine;
using AdxFlow.Local.Endpoints.Flow;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Storage;

namespace AdxFlow.Local.Endpoints;

/// <summary>Finds what serves a request.</summary>
internal sealed class Router
{
    // AzureAD is null where there is no sign-in, as the Kusto emulator answers.
    private static readonly byte[] AuthMetadata = [.. "{\"AzureAD\":null,\"dSTS\":null}"u8];

    private readonly EngineEndpoint _engine;
    private readonly DeepLinkEndpoint _links;
    private readonly IngestionEndpoint _ingestion;
    private readonly StreamingEndpoint _streaming;
    private readonly StorageEndpoint _storage;
    private readonly FlowRouter _flow;
    private readonly bool _offersRest;

    public Router(LocalServices services, FlowHost flow)
    {
        _engine = new EngineEndpoint(services);
        _links = new DeepLinkEndpoint(services);
        _ingestion = new IngestionEndpoint(services);
        _streaming = new StreamingEndpoint(services);
        _storage = new StorageEndpoint(services.Storage);
        _flow = new FlowRouter(flow);
        _offersRest = services.Options.IngestionMethods != LocalIngestionMethods.ClassicOnly;
    }

    public Route Find(Exchange exchange)
    {
        if (_storage.Find(exchange) is { } path)
            return new Route(StorageEndpoint.Kind(exchange, path), false, (e, cancel) => _storage.HandleAsync(e, path, cancel));
        if (_flow.Find(exchange) is { } flow) return flow;
        return (exchange.Method, exchange.Segments) switch
        {
            ("GET", ["v1", "rest", "auth", "metadata"]) =>
                new Route(LocalFaultTarget.Metadata, false, (e, _) => e.SendJsonAsync(200, AuthMetadata)),
            ("GET" or "POST", ["v1", "rest", "query"]) => new Route(LocalFaultTarget.Query, true, _engine.QueryV1Async),
            ("GET" or "POST", ["v2", "rest", "query"]) => new Route(LocalFaultTarget.Query, true, _engine.QueryV2Async),
            ("POST", ["v1", "rest", "mgmt"]) => new Route(LocalFaultTarget.Management, true, _engine.ManageAsync),
            ("POST", ["v1", "rest", "ingest", var database, var table]) =>
                new Route(LocalFaultTarget.Streaming, true, (e, cancel) => _streaming.IngestAsync(e, database, table, cancel)),
            ("GET", ["v1", "rest", "ingestion", "configuration"]) when _offersRest =>
                new Route(LocalFaultTarget.Configuration, true, (e, _) => _ingestion.SendConfigurationAsync(e)),
            ("POST", ["v1", "rest", "ingestion", "queued", var database, var table]) when _offersRest =>
                new Route(LocalFaultTarget.QueuedPost, true, (e, cancel) => _ingestion.QueueAsync(e, database, table, cancel)),
            ("GET", ["v1", "rest", "ingestion", "queued", var database, var table, var id]) when _offersRest =>
                new Route(LocalFaultTarget.Status, true, (e, _) => _ingestion.SendStatusAsync(e, database, table, id)),
            ("GET", []) => new Route(LocalFaultTarget.None, false, (e, _) => _links.RedirectAsync(e, null)),
            ("GET", [var database]) when database is not ("v1" or "v2") => new Route(LocalFaultTarget.None, false, (e, _) => _links.RedirectAsync(e, database)),
            _ => new Route(LocalFaultTarget.None, false, (e, _) => throw ServiceException.NotFound($"The local stand-in serves no {e.Method} at this address.")),
        };
    }
}
