using System.Text;
using AdxFlow.Local.Endpoints.Flow.Access;
using AdxFlow.Local.Endpoints.Flow.Neighbours;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>Finds what serves a request to Adobe: below <c>/ims</c> its token endpoint, below <c>/flow</c> Experience Platform.</summary>
internal sealed class FlowRouter
{
    private readonly FlowHost _host;
    private readonly ImsEndpoint _ims;
    private readonly Gateway _gateway;
    private readonly FlowServiceEndpoint _flowService;

    public FlowRouter(FlowHost host)
    {
        _host = host;
        _ims = new ImsEndpoint(host);
        _gateway = new Gateway(host);
        _flowService = new FlowServiceEndpoint(host);
    }

    /// <summary>What serves it; null where it is not for Adobe.</summary>
    public Route? Find(Exchange exchange) => (exchange.Method, exchange.Segments.ToArray()) switch
    {
        ("POST", ["ims", "ims", "token", "v3"]) => new Route(LocalFaultTarget.Ims, false, _ims.IssueAsync),
        (_, ["flow", "data", "foundation", "flowservice", .. var path]) =>
            new Route(LocalFaultTarget.Flow, false, (e, cancel) => ServeAsync(e, "flowservice", path, _flowService.Handle, cancel)),
        (_, ["flow", "data", "foundation", var service, .. var path]) when NeighbourEndpoint.Serves(service) =>
            new Route(LocalFaultTarget.FlowNeighbours, false, (e, cancel) => ServeAsync(e, service, path, NeighbourEndpoint.Handle, cancel)),
        (_, ["flow" or "ims", _, ..]) => new Route(LocalFaultTarget.None, false, (e, _) => SendNotFoundAsync(e)),
        _ => null,
    };

    private async Task ServeAsync(Exchange exchange, string service, string[] path, Func<FlowRequest, FlowAnswer> handle, CancellationToken cancel)
    {
        FlowAnswer answer;
        exchange.SetHeader("x-request-id", exchange.ActivityId);
        try
        {
            FlowCaller caller = _gateway.Admit(exchange, needsSandbox: service != SandboxEndpoint.Service);
            FlowRequest request = await FlowRequest.ReadAsync(exchange, caller, service, path, _host.Clock.GetUtcNow(), cancel);
            answer = handle(request);
        }
        catch (FlowException e)
        {
            await exchange.SendJsonAsync(e.Status, FlowErrorBody.Build(e, exchange.ActivityId));
            return;
        }
        catch (ServiceException e)
        {
            // The body is too large, or cannot be unpacked.
            await exchange.SendJsonAsync(e.Status, FlowErrorBody.Build(FlowException.Platform(e.Status, "/placeholder/type/uri", e.Summary, e.Message), exchange.ActivityId));
            return;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            FlowException error = FlowException.Of("FLOW-1102-500", "Internal Error", "The local stand-in could not do this: " + e.Message);
            await exchange.SendJsonAsync(500, FlowErrorBody.Build(error, exchange.ActivityId));
            return;
        }

        if (answer.Location is { } location) exchange.SetHeader("Location", location);
        if (answer.Text is { } text)
            await exchange.SendAsync(answer.Status, "application/json; charset=utf-8", Encoding.UTF8.GetBytes(text), cancel);
        else if (answer.Body is null)
            await exchange.SendAsync(answer.Status, null, default, cancel);
        else
            await exchange.SendJsonAsync(answer.Status, LocalJson.Write(writer => answer.Body.WriteTo(writer)));
    }

    private static Task SendNotFoundAsync(Exchange exchange) => exchange.SendJsonAsync(
        404, FlowErrorBody.Build(FlowException.Gateway(404, "404001", "Resource not found"), exchange.ActivityId));
}
