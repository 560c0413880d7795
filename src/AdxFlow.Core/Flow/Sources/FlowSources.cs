using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads, makes and deletes source connections. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/flow-service/"/>.</summary>
internal sealed class FlowSources(FlowClient client)
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/sourceConnections", "property", "limit");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/sourceConnections/{id}");
    private static readonly FlowOperation Create = new(RequestMethod.Post, FlowServices.FlowService, "/sourceConnections", "mode");
    private static readonly FlowOperation Delete = new(RequestMethod.Delete, FlowServices.FlowService, "/sourceConnections/{id}");
    private static readonly FlowOperation Act = new(RequestMethod.Post, FlowServices.FlowService, "/sourceConnections/{id}/action", "op");

    /// <summary>Lists them, page after page.</summary>
    /// <param name="connectionId">Only those of this base connection; null means all.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async IAsyncEnumerable<FlowSource> ListAsync(string? connectionId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FlowRequest request = new FlowRequest(List).With("property", connectionId is null ? null : FlowFilter.Equal("baseConnectionId", connectionId)).With("limit", FlowQuery.PageSize);
        await foreach (JsonElement item in client.ListAsync(request, cancellationToken))
            yield return Read(item);
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id.</exception>
    public async Task<FlowSource> GetAsync(string id, CancellationToken cancellationToken) =>
        Read(await client.GetAsync(new FlowRequest(Get, id) { Subject = $"source '{id}'" }, cancellationToken));

    /// <summary>Makes one of a table, which is looked for in the connection first, and reads it back.</summary>
    /// <exception cref="FlowException"><c>FlowTableNotFound</c>, <c>FlowNotFound</c> (the connection): nothing was made.</exception>
    public async Task<FlowSource> CreateAsync(FlowSourceDefinition definition, string connectionId, string table, CancellationToken cancellationToken)
    {
        FlowConnection connection = await new FlowConnections(client).GetAsync(connectionId, cancellationToken);
        FlowTable explored = await new FlowExplorer(client).GetAsync(connectionId, table, cancellationToken);
        return await UndoList.RunAsync(async made => await ReadBackAsync(await MakeAsync(made, definition, connection, explored, cancellationToken), definition, connection, explored, cancellationToken));
    }

    /// <summary>Makes one of a table, with the columns exactly as exploring told them, as one of several steps.</summary>
    /// <param name="made">What the steps have made.</param>
    /// <param name="definition">What it is to be.</param>
    /// <param name="connection">The base connection, whose specification the source has too.</param>
    /// <param name="table">The table as explored.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>Its id.</returns>
    public Task<string> MakeAsync(UndoList made, FlowSourceDefinition definition, FlowConnection connection, FlowTable table, CancellationToken cancellationToken) =>
        made.MakeAsync(cancel => CreateAsync(definition, connection, table, cancel), static id => $"source '{id}'", DeleteAsync, cancellationToken);

    /// <summary>Turns a draft into a source.</summary>
    public Task PublishAsync(string id, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(Act, id) { Subject = $"source '{id}'" }.With("op", FlowQuery.Publish), cancellationToken);

    /// <summary>Deletes one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>; <c>FlowInUse</c>: a flow uses it.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(Delete, id) { Subject = $"source '{id}'" }, cancellationToken);

    private async Task<string> CreateAsync(FlowSourceDefinition definition, FlowConnection connection, FlowTable table, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["name"] = definition.Name };
        if (definition.Description is not null)
            body["description"] = definition.Description;
        body["baseConnectionId"] = connection.Id;
        body["data"] = new JsonObject { ["format"] = "tabular" };
        body["params"] = new JsonObject
        {
            ["tableName"] = table.Table,
            ["columns"] = new JsonArray([.. (table.Columns ?? []).Select(static column => column.Json.DeepClone())]),
        };
        body["connectionSpec"] = new JsonObject { ["id"] = connection.SpecId, ["version"] = connection.SpecVersion ?? DataExplorerSpec.Version };
        FlowRequest request = new FlowRequest(Create) { Body = body, Subject = $"source '{definition.Name}'" }.With("mode", definition.IsDraft ? FlowQuery.Draft : null);
        return (await client.ChangeAsync(request, cancellationToken)).RequireId("source");
    }

    /// <summary>What was made, in full. It is there, even where it cannot be read at once.</summary>
    private async Task<FlowSource> ReadBackAsync(string id, FlowSourceDefinition definition, FlowConnection connection, FlowTable table, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken);
        }
        catch (FlowException)
        {
            return new FlowSource
            {
                Id = id,
                Name = definition.Name,
                Description = definition.Description ?? string.Empty,
                ConnectionId = connection.Id,
                ConnectionSpecId = connection.SpecId,
                Table = table.Table,
                Columns = [.. (table.Columns ?? []).Select(static column => column.Name)],
            };
        }
    }

    public static FlowSource Read(JsonElement source) => new()
    {
        Id = source.Text("id") ?? string.Empty,
        Name = source.Text("name") ?? string.Empty,
        Description = source.Text("description") ?? string.Empty,
        ConnectionId = source.Text("baseConnectionId") ?? source.Member("inheritedAttributes", "baseConnection")?.Text("id"),
        ConnectionSpecId = source.Text("connectionSpec", "id"),
        Table = source.Text("params", "tableName"),
        Columns = [.. (source.Member("params")?.Items("columns") ?? []).Select(static column => column.Text("name")).OfType<string>()],
        State = source.Text("state"),
        ETag = source.Text("etag") ?? source.Text("version"),
        CreatedOn = source.Time("createdAt"),
        UpdatedOn = source.Time("updatedAt"),
    };
}
