using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>
/// Makes, reads, changes, tests, publishes and deletes base connections. Source:
/// <see href="https://experienceleague.adobe.com/docs/experience-platform/sources/api-tutorials/create/databases/data-explorer.html"/> and its neighbours.
/// </summary>
internal sealed class FlowConnections(FlowClient client)
{
    /// <summary>Lists the connections, page after page.</summary>
    /// <param name="specId">Those of one connector; null means all.</param>
    /// <param name="name">That of one name; null means all.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async IAsyncEnumerable<FlowConnection> ListAsync(string? specId, string? name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FlowRequest request = new FlowRequest(ConnectionOperations.List)
            .With("property", specId is null ? null : FlowFilter.Equal("connectionSpec.id", specId))
            .With("property", name is null ? null : FlowFilter.EqualText("name", name))
            .With("limit", FlowQuery.PageSize);
        await foreach (JsonElement item in client.ListAsync(request, cancellationToken))
        {
            if (Read(item) is { } connection && (name is null || connection.Name == name))
                yield return connection;
        }
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none.</exception>
    public async Task<FlowConnection> GetAsync(string id, CancellationToken cancellationToken)
    {
        var request = new FlowRequest(ConnectionOperations.Get, id) { Subject = Subject(id) };
        return Read(await client.GetAsync(request, cancellationToken)) ?? throw FlowErrors.From(404, new FlowErrorBody(), null, request);
    }

    /// <summary>Makes one, after it was held against the connector's own rules where those can be read, and reads it back.</summary>
    /// <param name="definition">What it is to be.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <param name="beforehand">What is to be done before, once all that can be looked at speaks for it; null for nothing.</param>
    /// <exception cref="FlowException">
    /// <c>FlowInvalidConnection</c>, <c>FlowAlreadyExists</c>, <c>FlowNotFound</c> (the spec): nothing was made.
    /// </exception>
    public async Task<FlowConnection> CreateAsync(FlowConnectionDefinition definition, CancellationToken cancellationToken, Func<CancellationToken, Task>? beforehand = null)
    {
        await RequireNameAsync(definition.Name, null, cancellationToken);
        FlowConnectionSpec? spec = await ReadSpecAsync(definition.SpecId, cancellationToken);
        FlowAuthSpec? auth = spec is null ? null : ConnectionRules.Check(spec, definition.AuthSpec, definition.Parameters);
        if (definition.IsDraft && spec is { IsDraftSupported: false })
        {
            throw FlowRefusal.Of("FlowNotSupported", $"The connector '{spec.Name}' knows no drafts. Nothing was sent.", "Leave out -Draft.");
        }

        var body = new JsonObject { ["name"] = definition.Name };
        if (definition.Description is not null)
            body["description"] = definition.Description;
        body["auth"] = new JsonObject
        {
            ["specName"] = auth?.Name ?? definition.AuthSpec ?? throw ConnectionRules.NoAuthSpec(),
            ["params"] = definition.Parameters.DeepClone(),
        };
        body["connectionSpec"] = new JsonObject { ["id"] = definition.SpecId, ["version"] = definition.SpecVersion ?? spec?.Version ?? DataExplorerSpec.Version };
        FlowRequest request = new FlowRequest(ConnectionOperations.Create) { Body = body, Secrets = definition.Secrets, Subject = $"connection '{definition.Name}'" }
            .With("mode", definition.IsDraft ? FlowQuery.Draft : null);
        if (beforehand is not null)
            await beforehand(cancellationToken);
        return await UndoList.RunAsync(async made => await ReadBackAsync(
            await made.MakeAsync(
                async cancel => await client.ChangeAsync(request, cancel),
                static connection => $"connection '{connection.Id}'",
                (connection, cancel) => connection.Id is { } id ? DeleteAsync(id, cancel) : Task.CompletedTask,
                cancellationToken),
            definition,
            cancellationToken));
    }

    /// <summary>Reads one, holds what is to be changed against its connector's rules, where they can be read, and changes it.</summary>
    /// <param name="id">The connection.</param>
    /// <param name="change">Says what to change in the connection as it is.</param>
    /// <param name="etag">The version that is meant; null means the one read.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The connection as it is now.</returns>
    /// <exception cref="FlowException"><c>FlowInvalidConnection</c>: the parameters do not keep to the rules. <c>FlowConflict</c>, <c>FlowAlreadyExists</c>.</exception>
    public async Task<FlowConnection> UpdateAsync(string id, Func<FlowConnection, FlowConnectionChange> change, string? etag, CancellationToken cancellationToken)
    {
        FlowConnection present = await GetAsync(id, cancellationToken);
        FlowConnectionChange wanted = change(present);
        if (wanted.Parameters is not null && present.SpecId is { } specId && await ReadSpecAsync(specId, cancellationToken) is { } spec)
            ConnectionRules.Check(spec, present.AuthSpec, wanted.Parameters);
        return await UpdateAsync(id, wanted, etag ?? present.ETag ?? "*", cancellationToken);
    }

    /// <summary>Changes one, if it still has the version given.</summary>
    /// <param name="id">The connection.</param>
    /// <param name="change">What to change.</param>
    /// <param name="etag">The version that is meant.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The connection as it is now.</returns>
    /// <exception cref="FlowException"><c>FlowConflict</c>: it has changed meanwhile. <c>FlowAlreadyExists</c>: another one has the name.</exception>
    public async Task<FlowConnection> UpdateAsync(string id, FlowConnectionChange change, string etag, CancellationToken cancellationToken)
    {
        if (change.Name is not null)
            await RequireNameAsync(change.Name, id, cancellationToken);
        var patch = new FlowPatch();
        if (change.Parameters is not null)
            patch.Replace("/auth/params", change.Parameters.DeepClone());
        if (change.Name is not null)
            patch.Replace("/name", change.Name);
        if (change.Description is not null)
            patch.Set("/description", change.Description);
        await client.ChangeAsync(new FlowRequest(ConnectionOperations.Update, id) { Body = patch.Body, ETag = etag, Secrets = change.Secrets, Subject = Subject(id) }, cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    /// <summary>True where the connector can sign in with it.</summary>
    public async Task<bool> TestAsync(string id, CancellationToken cancellationToken)
    {
        JsonElement answer = await client.SendAsync(new FlowRequest(ConnectionOperations.Test, id) { Subject = Subject(id) }, cancellationToken);
        return (FlowJson.OneItem(answer) ?? answer).Flag("result") ?? false;
    }

    /// <summary>Makes a connection of a draft.</summary>
    public Task PublishAsync(string id, CancellationToken cancellationToken) =>
        client.ChangeAsync(new FlowRequest(ConnectionOperations.Act, id) { Subject = Subject(id) }.With("op", FlowQuery.Publish), cancellationToken);

    /// <summary>Deletes one.</summary>
    /// <exception cref="FlowException"><c>FlowInUse</c>: flows use it still; the message names them.</exception>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.ChangeAsync(new FlowRequest(ConnectionOperations.Delete, id) { Subject = Subject(id) }, cancellationToken);
        }
        catch (FlowException used) when (used.ErrorId == "FlowInUse")
        {
            throw await new ConnectionUse(client).ExplainAsync(id, used, cancellationToken);
        }
    }

    private static string Subject(string id) => $"connection '{id}'";

    /// <summary>Names need not be unique to the service; but whoever runs a script twice does not want two.</summary>
    private async Task RequireNameAsync(string name, string? ownId, CancellationToken cancellationToken)
    {
        await foreach (FlowConnection taken in ListAsync(null, name, cancellationToken))
        {
            if (taken.Id == ownId)
                continue;
            throw new FlowException("FlowAlreadyExists", AdxErrorKind.AlreadyExists, $"There is a connection '{name}' already, with the id {taken.Id}. Nothing was changed.")
            {
                RecommendedAction = "Use that one, change it with Set-FlowConnection, or take another name.",
            };
        }
    }

    /// <summary>The connector's own rules; null where this credential may not read them.</summary>
    private async Task<FlowConnectionSpec?> ReadSpecAsync(string specId, CancellationToken cancellationToken)
    {
        try
        {
            return await new FlowConnectionSpecs(client).GetAsync(specId, cancellationToken);
        }
        catch (FlowException hidden) when (hidden.Kind == AdxErrorKind.PermissionDenied)
        {
            return null;
        }
    }

    /// <summary>What was made, in full. It is there even where it cannot be read.</summary>
    private async Task<FlowConnection> ReadBackAsync(FlowReference made, FlowConnectionDefinition definition, CancellationToken cancellationToken)
    {
        string id = made.RequireId("connection");
        try
        {
            return await GetAsync(id, cancellationToken);
        }
        catch (FlowException)
        {
            return new FlowConnection(id)
            {
                ETag = made.ETag,
                Name = definition.Name,
                Description = definition.Description,
                SpecId = definition.SpecId,
                AuthSpec = definition.AuthSpec,
                SandboxName = client.Session.Sandbox,
            };
        }
    }

    private static FlowConnection? Read(JsonElement item)
    {
        if (item.Text("id") is not { } id)
            return null;
        JsonElement parameters = item.Member("auth", "params") ?? default;
        bool isDataExplorer = DataExplorerSpec.Id.Equals(item.Text("connectionSpec", "id"), StringComparison.OrdinalIgnoreCase);
        return new FlowConnection(id)
        {
            Name = item.Text("name"),
            Description = item.Text("description"),
            State = item.Text("state"),
            SpecId = item.Text("connectionSpec", "id"),
            SpecVersion = item.Text("connectionSpec", "version"),
            AuthSpec = item.Text("auth", "specName"),
            // Of other connectors one cannot know what may show.
            Cluster = isDataExplorer ? parameters.Text(DataExplorerSpec.Endpoint) : null,
            Database = isDataExplorer ? parameters.Text(DataExplorerSpec.Database) : null,
            TenantId = isDataExplorer ? parameters.Text(DataExplorerSpec.Tenant) : null,
            ApplicationId = isDataExplorer ? parameters.Text(DataExplorerSpec.PrincipalId) : null,
            ETag = item.Text("etag") ?? item.Text("eTag"),
            CreatedOn = item.Time("createdAt"),
            CreatedBy = item.Text("createdBy"),
            UpdatedOn = item.Time("updatedAt"),
            UpdatedBy = item.Text("updatedBy"),
            SandboxName = item.Text("sandboxName"),
        };
    }
}
