using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads, makes and deletes target connections. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/flow-service/"/>.</summary>
internal sealed class FlowTargets(FlowClient client)
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/targetConnections", "property", "limit");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/targetConnections/{id}");
    private static readonly FlowOperation Create = new(RequestMethod.Post, FlowServices.FlowService, "/targetConnections", "mode");
    private static readonly FlowOperation Delete = new(RequestMethod.Delete, FlowServices.FlowService, "/targetConnections/{id}");
    private static readonly FlowOperation Act = new(RequestMethod.Post, FlowServices.FlowService, "/targetConnections/{id}/action", "op");

    /// <summary>Lists those into datasets, page after page; targets of destinations are another matter.</summary>
    /// <param name="datasetId">Only those into this dataset. No page says that one may filter by it, so it is looked at here; null means all.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async IAsyncEnumerable<FlowTarget> ListAsync(string? datasetId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FlowRequest request = new FlowRequest(List).With("property", FlowFilter.Equal("connectionSpec.id", FlowSpecReference.DataLake.Id)).With("limit", FlowQuery.PageSize);
        await foreach (JsonElement item in client.ListAsync(request, cancellationToken))
        {
            FlowTarget target = Read(item);
            if (datasetId is null || target.DatasetId == datasetId)
                yield return target;
        }
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id.</exception>
    public async Task<FlowTarget> GetAsync(string id, CancellationToken cancellationToken) =>
        Read(await client.GetAsync(new FlowRequest(Get, id) { Subject = $"target '{id}'" }, cancellationToken));

    /// <summary>Makes one of a dataset, as one of several steps.</summary>
    /// <returns>Its id.</returns>
    public Task<string> MakeAsync(UndoList made, FlowTargetDefinition definition, CancellationToken cancellationToken) =>
        made.MakeAsync(cancel => CreateAsync(definition, cancel), static id => $"target '{id}'", DeleteAsync, cancellationToken);

    /// <summary>Makes one of a dataset, whose schema is looked up first, and reads it back.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c> (the dataset), <c>FlowDatasetWithoutSchema</c>: nothing was made.</exception>
    public async Task<FlowTarget> CreateAsync(string name, string? description, string datasetId, bool isDraft, CancellationToken cancellationToken)
    {
        FlowDataset dataset = await new FlowDatasets(client).GetAsync(datasetId, cancellationToken);
        var definition = new FlowTargetDefinition
        {
            Name = name,
            Description = description,
            DatasetId = dataset.Id,
            SchemaId = FlowPartRules.RequireSchema(dataset),
            SchemaVersion = dataset.SchemaVersion,
            IsDraft = isDraft,
        };
        return await UndoList.RunAsync(async made => await ReadBackAsync(await MakeAsync(made, definition, cancellationToken), definition, cancellationToken));
    }

    /// <summary>Turns a draft into a target.</summary>
    public Task PublishAsync(string id, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(Act, id) { Subject = $"target '{id}'" }.With("op", FlowQuery.Publish), cancellationToken);

    /// <summary>Deletes one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>; <c>FlowInUse</c>: a flow uses it.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(Delete, id) { Subject = $"target '{id}'" }, cancellationToken);

    private async Task<string> CreateAsync(FlowTargetDefinition definition, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["name"] = definition.Name };
        if (definition.Description is not null)
            body["description"] = definition.Description;
        body["data"] = new JsonObject { ["schema"] = new JsonObject { ["id"] = definition.SchemaId, ["version"] = SchemaVersions.ContentType(definition.SchemaVersion) } };
        body["params"] = new JsonObject { ["dataSetId"] = definition.DatasetId };
        body["connectionSpec"] = new JsonObject { ["id"] = FlowSpecReference.DataLake.Id, ["version"] = FlowSpecReference.DataLake.Version };
        FlowRequest request = new FlowRequest(Create) { Body = body, Subject = $"target '{definition.Name}'" }.With("mode", definition.IsDraft ? FlowQuery.Draft : null);
        return (await client.ChangeAsync(request, cancellationToken)).RequireId("target");
    }

    /// <summary>What was made, in full. It is there, even where it cannot be read at once.</summary>
    private async Task<FlowTarget> ReadBackAsync(string id, FlowTargetDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken);
        }
        catch (FlowException)
        {
            return new FlowTarget
            {
                Id = id,
                Name = definition.Name,
                Description = definition.Description ?? string.Empty,
                DatasetId = definition.DatasetId,
                SchemaId = definition.SchemaId,
                SchemaVersion = definition.SchemaVersion,
                ConnectionSpecId = FlowSpecReference.DataLake.Id,
            };
        }
    }

    public static FlowTarget Read(JsonElement target) => new()
    {
        Id = target.Text("id") ?? string.Empty,
        Name = target.Text("name") ?? string.Empty,
        Description = target.Text("description") ?? string.Empty,
        DatasetId = target.Text("params", "dataSetId") ?? target.Text("params", "datasetId"),
        SchemaId = target.Member("data", "schema")?.Text("id"),
        SchemaVersion = SchemaVersions.Major(target.Member("data", "schema")?.Text("version")),
        ConnectionSpecId = target.Text("connectionSpec", "id"),
        State = target.Text("state"),
        ETag = target.Text("etag") ?? target.Text("version"),
        CreatedOn = target.Time("createdAt"),
        UpdatedOn = target.Time("updatedAt"),
    };
}
