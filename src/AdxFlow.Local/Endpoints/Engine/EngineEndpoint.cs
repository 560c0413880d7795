using System.Text.Json;
using AdxFlow.Local.Endpoints.Commands;
using AdxFlow.Local.Endpoints.Queries;
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
        await QueryAsync(exchange, request, (query, _, results) => V1Response.SendQueryAsync(exchange, query, results, cancel), cancel);
    }

    public async Task QueryV2Async(Exchange exchange, CancellationToken cancel)
    {
        EngineRequest request = await EngineRequest.ReadAsync(exchange, cancel);
        if (CommandText.IsCommand(request.Text))
        {
            await exchange.SendTextAsync(400, "Bad request: Control commands (starting with a dot '.') do not support api_version=v2");
            return;
        }

        await QueryAsync(exchange, request, (query, options, results) => V2Response.SendAsync(exchange, query, options, results, cancel), cancel);
    }

    public async Task ManageAsync(Exchange exchange, CancellationToken cancel)
    {
        EngineRequest request = await EngineRequest.ReadAsync(exchange, cancel);
        if (!CommandText.IsCommand(request.Text))
            throw ServiceException.Syntax("A management command starts with a dot; a query belongs to the query endpoints.");
        HostedDatabase database = services.Database(request.Database);
        if ((request.IsReadOnly || exchange.Header("x-ms-readonly") is not null) && !CommandText.IsShow(request.Text))
            throw ServiceException.BadRequest("The request is read-only (request_readonly), and the command writes.");
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

    private async Task QueryAsync(Exchange exchange, EngineRequest request, Func<RunningQuery, QueryOptions, List<QueryResult>, Task> send, CancellationToken cancel)
    {
        HostedDatabase database = services.Database(request.Database);
        database.Access.DemandQuery(exchange.Caller);
        var results = new List<QueryResult>();
        RunningQuery? query = null;
        try
        {
            ParsedQuery parsed = KqlEngine.Parse(request.Text);
            QueryOptions options = QueryOptions.Of(request, parsed);
            string properties = JsonSerializer.Serialize(request.Options.ToDictionary(o => o.Name, o => o.Value), LocalJson.Serializer);
            query = new RunningQuery(exchange, database, request.Text, properties, options.Timeout, cancel);
            services.Queries.Add(query);
            foreach (ResultSet result in KqlEngine.Execute(database.Data, parsed, request.Parameters, options.Settings, query.Token))
                results.Add(QueryResult.Begin(result, query, options));
            await send(query, options, results);
        }
        catch (KqlException e)
        {
            ServiceException error = EngineErrors.From(e, request.Text);
            query?.End(error);
            throw error;
        }
        catch (ServiceException e)
        {
            query?.End(e);
            throw;
        }
        catch (OperationCanceledException) when (query?.Interruption is { } interruption)
        {
            // It was stopped while what it needs before its first row was computed.
            query.End(interruption);
            throw interruption;
        }
        catch (OperationCanceledException e)
        {
            // Nobody is there to be told.
            throw new IOException("The client is gone, or the server ends.", e);
        }
        finally
        {
            results.ForEach(r => r.Dispose());
            if (query is not null)
            {
                query.End(QueryErrors.Cancelled("the client is gone, or the server ends"));
                services.Queries.Remove(query);
                query.Dispose();
            }
        }
    }
}
