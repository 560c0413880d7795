using AdxFlow.Local.Endpoints.Commands;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>Queries and management commands over HTTP.</summary>
/// <remarks>Source: Microsoft Learn, "Azure Data Explorer REST API overview".</remarks>
internal sealed class EngineEndpoint(LocalServices services)
{
    private readonly CommandProcessor _commands = new(services);

    public async Task QueryV1Async(Exchange exchange, CancellationToken cancel)
    {
        EngineRequest request = await EngineRequest.ReadAsync(exchange, cancel);
        if (CommandText.IsCommand(request.Text))
            throw ServiceException.BadRequest("A management command was sent to the query endpoint; it belongs to /v1/rest/mgmt.");
        List<QueryResult> results = Execute(exchange, request, cancel);
        try
        {
            await V1Response.SendQueryAsync(exchange, results, cancel);
        }
        finally
        {
            results.ForEach(r => r.Dispose());
        }
    }

    public async Task QueryV2Async(Exchange exchange, CancellationToken cancel)
    {
        EngineRequest request = await EngineRequest.ReadAsync(exchange, cancel);
        if (CommandText.IsCommand(request.Text))
        {
            await exchange.SendTextAsync(400, "Bad request: Control commands (starting with a dot '.') do not support api_version=v2");
            return;
        }

        List<QueryResult> results = Execute(exchange, request, cancel);
        try
        {
            await V2Response.SendAsync(exchange, request, results, cancel);
        }
        finally
        {
            results.ForEach(r => r.Dispose());
        }
    }

    public async Task ManageAsync(Exchange exchange, CancellationToken cancel)
    {
        EngineRequest request = await EngineRequest.ReadAsync(exchange, cancel);
        if (!CommandText.IsCommand(request.Text))
            throw ServiceException.Syntax("A management command starts with a dot; a query belongs to the query endpoints.");
        HostedDatabase database = services.Database(request.Database);
        ResultSet result;
        try
        {
            result = _commands.Execute(database, request.Text, exchange.Caller, exchange.ClientRequestId, cancel);
        }
        catch (KqlException e)
        {
            throw EngineErrors.From(e, request.Text);
        }

        await V1Response.SendCommandAsync(exchange, result, cancel);
    }

    private List<QueryResult> Execute(Exchange exchange, EngineRequest request, CancellationToken cancel)
    {
        HostedDatabase database = services.Database(request.Database);
        database.Access.DemandQuery(exchange.Caller);
        long limit = RowLimit.Of(request);
        try
        {
            return [.. KqlEngine.Execute(database.Data, request.Text, request.Parameters, cancel).Select(r => QueryResult.Begin(r, limit))];
        }
        catch (KqlException e)
        {
            throw EngineErrors.From(e, request.Text);
        }
    }
}
