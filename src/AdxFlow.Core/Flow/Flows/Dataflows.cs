using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads, makes, changes and deletes dataflows. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/flow-service/"/>.</summary>
internal sealed class Dataflows(FlowClient client)
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/flows", "property", "limit", "orderby");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/flows/{id}");
    private static readonly FlowOperation Create = new(RequestMethod.Post, FlowServices.FlowService, "/flows", "mode");
    private static readonly FlowOperation Update = new(RequestMethod.Patch, FlowServices.FlowService, "/flows/{id}");
    private static readonly FlowOperation Delete = new(RequestMethod.Delete, FlowServices.FlowService, "/flows/{id}");
    private static readonly FlowOperation Act = new(RequestMethod.Post, FlowServices.FlowService, "/flows/{id}/action", "op");

    /// <summary>Lists them, page after page.</summary>
    /// <param name="filter">What they must be like.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async IAsyncEnumerable<Dataflow> ListAsync(DataflowFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FlowRequest request = new FlowRequest(List)
            .With("property", filter.State is null ? null : FlowFilter.Equals("state", filter.State))
            .With("property", filter.SourceId is null ? null : FlowFilter.Equals("sourceConnectionIds[]", filter.SourceId))
            .With("property", filter.TargetId is null ? null : FlowFilter.Equals("targetConnectionIds[]", filter.TargetId))
            .With("limit", FlowFilter.PageSize);
        await foreach (JsonElement item in client.ListAsync(request, cancellationToken))
        {
            Dataflow flow = DataflowReader.Read(item);
            if (filter.ConnectionId is null || flow.ConnectionId == filter.ConnectionId)
                yield return flow;
        }
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id, or one may not see it.</exception>
    public async Task<Dataflow> GetAsync(string id, CancellationToken cancellationToken) =>
        DataflowReader.Read(await client.GetAsync(new FlowRequest(Get, id) { Subject = $"flow '{id}'" }, cancellationToken));

    /// <summary>Makes one from parts that exist.</summary>
    /// <returns>Its id and version.</returns>
    /// <exception cref="FlowException">A rule is broken, and nothing was sent; or the service refuses.</exception>
    public Task<FlowReference> CreateAsync(FlowDefinition definition, CancellationToken cancellationToken)
    {
        definition.Check(DateTimeOffset.UtcNow);
        FlowRequest request = new FlowRequest(Create)
        {
            Body = FlowBody.Of(definition, FlowSpecReference.TableToDataset),
            Subject = $"flow '{definition.Name}'",
        }.With("mode", definition.IsDraft ? FlowFilter.Draft : null);
        return client.ChangeAsync(request, cancellationToken);
    }

    /// <summary>Changes one. The flow is read first, and the change holds only if nobody has changed it since.</summary>
    /// <returns>The flow as it stands afterwards; null where nothing was to be changed.</returns>
    /// <exception cref="FlowException">A rule is broken; <c>FlowConflict</c>: somebody else was faster.</exception>
    public async Task<Dataflow?> UpdateAsync(string id, FlowChange change, CancellationToken cancellationToken)
    {
        Dataflow flow = await GetAsync(id, cancellationToken);
        JsonArray patch = FlowPatch.Of(flow, change, DateTimeOffset.UtcNow);
        if (patch.Count == 0)
            return null;
        await client.ChangeAsync(new FlowRequest(Update, id) { Body = patch, ETag = flow.ETag, Subject = $"flow '{flow.Name}'" }, cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    /// <summary>Lets it run by its schedule.</summary>
    public Task EnableAsync(string id, CancellationToken cancellationToken) => ActAsync(id, "enable", cancellationToken);

    /// <summary>Stops its schedule.</summary>
    public Task DisableAsync(string id, CancellationToken cancellationToken) => ActAsync(id, "disable", cancellationToken);

    /// <summary>Turns a draft into a flow; its source and target must be none any more.</summary>
    public Task PublishAsync(string id, CancellationToken cancellationToken) => ActAsync(id, FlowFilter.Publish, cancellationToken);

    /// <summary>Deletes one; its source and target stay.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(Delete, id) { Subject = $"flow '{id}'" }, cancellationToken);

    private Task<FlowReference> ActAsync(string id, string action, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(Act, id) { Subject = $"flow '{id}'" }.With("op", action), cancellationToken);
}
