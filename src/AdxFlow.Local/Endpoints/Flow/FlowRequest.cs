using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Access;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>A call of an Adobe endpoint, read whole.</summary>
internal sealed class FlowRequest
{
    private const long MaxBody = 4 * 1024 * 1024;
    private readonly Exchange _exchange;

    private FlowRequest(Exchange exchange, FlowCaller caller, string service, IReadOnlyList<string> segments, DateTimeOffset now, JsonNode? body)
    {
        _exchange = exchange;
        Caller = caller;
        Service = service;
        Segments = segments;
        Now = now;
        Body = body;
    }

    public string Method => _exchange.Method;

    public FlowCaller Caller { get; }

    /// <summary>The service, such as <c>flowservice</c>.</summary>
    public string Service { get; }

    /// <summary>The path below the service.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>The time of the call by the stand-in's clock.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The body; null where there is none.</summary>
    public JsonNode? Body { get; }

    /// <summary>The sandbox's own.</summary>
    public Workspace Workspace => Caller.Sandbox!.Workspace;

    public string? Header(string name) => _exchange.Header(name);

    /// <summary>The values of a parameter of the query string, in order.</summary>
    public IReadOnlyList<string> Values(string name) =>
        [.. UrlQuery.Pairs(_exchange.RawQuery).Where(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(p => p.Value)];

    /// <summary>The last value of a parameter of the query string, or null.</summary>
    public string? Value(string name) => _exchange.Query.GetValueOrDefault(name);

    /// <summary>The body as an object.</summary>
    /// <exception cref="FlowException">There is none, or it is something else.</exception>
    public JsonObject Object() => Body as JsonObject ?? throw EmptyBody();

    public static FlowException EmptyBody() =>
        FlowException.Invalid(1405, "The request body cannot be null or empty. Please provide a request body and try again.");

    public static async Task<FlowRequest> ReadAsync(
        Exchange exchange, FlowCaller caller, string service, IReadOnlyList<string> segments, DateTimeOffset now, CancellationToken cancel)
    {
        byte[] bytes = await exchange.ReadBodyAsync(MaxBody, cancel);
        if (bytes.Length == 0) return new FlowRequest(exchange, caller, service, segments, now, null);
        string type = (exchange.Header("Content-Type") ?? "").Split(';')[0].Trim();
        if (!type.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            throw FlowException.Platform(400, "/placeholder/type/uri", "BadRequestError", "A valid content-type must be specified");
        try
        {
            return new FlowRequest(exchange, caller, service, segments, now, LocalJson.ParseNode(bytes));
        }
        catch (JsonException e)
        {
            throw FlowException.Invalid(1100, $"The request could not be processed. {e.Message}");
        }
    }
}
