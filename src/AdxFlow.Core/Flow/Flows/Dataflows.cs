using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads, makes, changes and deletes dataflows. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/flow-service/"/>.</summary>
internal sealed class Dataflows(FlowClient client)
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/flows", "property", "limit");
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
            .With("property", filter.State is null ? null : FlowFilter.Equal("state", filter.State))
            .With("property", filter.SourceId is null ? null : FlowFilter.Equal("sourceConnectionIds[]", filter.SourceId))
            .With("property", filter.TargetId is null ? null : FlowFilter.Equal("targetConnectionIds[]", filter.TargetId))
            .With("limit", FlowQuery.PageSize);
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

    /// <summary>Says no to a name that a flow has already. The service takes it; but who runs a script twice does not want two flows.</summary>
    /// <exception cref="FlowException"><c>FlowAlreadyExists</c>.</exception>
    public async Task RequireNameAsync(string name, string? ownId, CancellationToken cancellationToken)
    {
        FlowRequest request = new FlowRequest(List).With("property", FlowFilter.EqualText("name", name)).With("limit", FlowQuery.PageSize);
        await foreach (JsonElement item in client.ListAsync(request, cancellationToken))
        {
            if (item.Text("name") != name || item.Text("id") is not { } id || id == ownId)
                continue;
            throw new FlowException("FlowAlreadyExists", AdxErrorKind.AlreadyExists, $"There is a flow '{name}' already, with the id {id}. Nothing was changed.")
            {
                RecommendedAction = "Use that one, change it with Set-Flow, or take another name.",
            };
        }
    }

    /// <summary>Says no to a draft where the specification knows none.</summary>
    /// <exception cref="FlowException"><c>FlowNotSupported</c>.</exception>
    public static void RequireDrafts(FlowDefinition definition, FlowSpec spec)
    {
        if (definition.IsDraft && spec.IsDraftSupported == false)
            throw FlowRefusal.Of("FlowNotSupported", $"Flows of '{spec.Name}' cannot be drafts. Nothing was made.", "Leave out -Draft.");
    }

    /// <summary>Makes one, whose definition has been checked.</summary>
    /// <returns>Its id and version.</returns>
    public Task<FlowReference> CreateAsync(FlowDefinition definition, FlowSpec spec, CancellationToken cancellationToken)
    {
        FlowRequest request = new FlowRequest(Create)
        {
            Body = FlowBody.Of(definition, new FlowSpecReference(spec.Id, spec.Version)),
            Subject = $"flow '{definition.Name}'",
        }.With("mode", definition.IsDraft ? FlowQuery.Draft : null);
        return client.ChangeAsync(request, cancellationToken);
    }

    /// <summary>Changes one. The flow is read first, and the change holds only if nobody has changed it since.</summary>
    /// <param name="id">The flow.</param>
    /// <param name="change">What is to change.</param>
    /// <param name="etag">The version that is meant; null means the one read.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The flow as it stands afterwards.</returns>
    /// <exception cref="FlowException">A rule is broken, and nothing was changed; <c>FlowConflict</c>: somebody else was faster.</exception>
    public async Task<Dataflow> UpdateAsync(string id, FlowChange change, string? etag, CancellationToken cancellationToken)
    {
        Dataflow flow = await GetAsync(id, cancellationToken);
        FlowPatch patch = DataflowPatch.Of(flow, change, DateTimeOffset.UtcNow);
        if (patch.IsEmpty)
            return flow;
        if (change.Name is not null && change.Name != flow.Name)
            await RequireNameAsync(change.Name, id, cancellationToken);
        await client.ChangeAsync(new FlowRequest(Update, id) { Body = patch.Body, ETag = etag ?? flow.ETag, Subject = $"flow '{flow.Name}'" }, cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    /// <summary>Lets it run by its schedule.</summary>
    public Task EnableAsync(string id, CancellationToken cancellationToken) => ActAsync(id, "enable", cancellationToken);

    /// <summary>Stops its schedule.</summary>
    public Task DisableAsync(string id, CancellationToken cancellationToken) => ActAsync(id, "disable", cancellationToken);

    /// <summary>Turns a draft into a flow; its source and target must be none any more.</summary>
    public Task PublishAsync(string id, CancellationToken cancellationToken) => ActAsync(id, FlowQuery.Publish, cancellationToken);

    /// <summary>Deletes one; its source and target stay.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(Delete, id) { Subject = $"flow '{id}'" }, cancellationToken);

    private Task<FlowReference> ActAsync(string id, string action, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(Act, id) { Subject = $"flow '{id}'" }.With("op", action), cancellationToken);
}
