namespace AdxFlow.Flow;

/// <summary>
/// Makes a flow: from a source and a target that exist, or from a table and a dataset, for which it makes source and target first.
/// Everything that can be looked at is looked at before anything is made; and what was made is taken back if a later step fails.
/// </summary>
internal sealed class FlowParts(FlowClient client)
{
    private readonly Dataflows _flows = new(client);
    private readonly FlowSources _sources = new(client);
    private readonly FlowTargets _targets = new(client);

    /// <summary>Makes a flow from a source and a target.</summary>
    /// <exception cref="FlowException">A rule is broken, or parts do not fit together, and nothing was made; or the service refuses.</exception>
    public async Task<Dataflow> JoinAsync(FlowDefinition definition, CancellationToken cancellationToken)
    {
        definition.Check(DateTimeOffset.UtcNow);
        await _flows.RequireNameAsync(definition.Name, null, cancellationToken);
        FlowSource? source = definition.SourceId is null ? null : await _sources.GetAsync(definition.SourceId, cancellationToken);
        FlowTarget? target = definition.TargetId is null ? null : await _targets.GetAsync(definition.TargetId, cancellationToken);
        if (source is not null)
            FlowPartRules.CheckDeltaColumn(definition.DeltaColumn, source.Table, source.Columns);
        FlowMapping? mapping = await FindMappingAsync(definition, cancellationToken);
        if (target is not null && mapping is not null)
            FlowPartRules.CheckSchema($"Target '{target.Name}'", target.SchemaId, target.SchemaVersion, mapping);
        FlowSpec spec = await new FlowSpecs(client).FindTableSpecAsync(source?.ConnectionSpecId, cancellationToken);
        Dataflows.RequireDrafts(definition, spec);
        return await UndoList.RunAsync(made => MakeFlowAsync(made, WithVersion(definition, mapping), spec, cancellationToken));
    }

    /// <summary>Makes source, target and flow of a table and a dataset, in this order.</summary>
    /// <exception cref="FlowException">A rule is broken, or parts do not fit together, and nothing was made; or the service refuses, and what was made is taken back.</exception>
    public async Task<Dataflow> JoinAsync(FlowDefinition definition, string connectionId, string table, string datasetId, CancellationToken cancellationToken)
    {
        definition.Check(DateTimeOffset.UtcNow);
        await _flows.RequireNameAsync(definition.Name, null, cancellationToken);
        FlowTable explored = await new FlowExplorer(client).GetAsync(connectionId, table, cancellationToken);
        FlowPartRules.CheckDeltaColumn(definition.DeltaColumn, explored.Table, [.. (explored.Columns ?? []).Select(static column => column.Name)]);
        FlowDataset dataset = await new FlowDatasets(client).GetAsync(datasetId, cancellationToken);
        string schemaId = FlowPartRules.RequireSchema(dataset);
        FlowMapping? mapping = await FindMappingAsync(definition, cancellationToken);
        if (mapping is not null)
            FlowPartRules.CheckSchema($"Dataset '{dataset.Name}'", schemaId, dataset.SchemaVersion, mapping);
        FlowConnection connection = await new FlowConnections(client).GetAsync(connectionId, cancellationToken);
        FlowSpec spec = await new FlowSpecs(client).FindTableSpecAsync(connection.SpecId, cancellationToken);
        Dataflows.RequireDrafts(definition, spec);

        return await UndoList.RunAsync(async made =>
        {
            var source = new FlowSourceDefinition(definition.Name + " source", IsDraft: definition.IsDraft);
            string sourceId = await _sources.MakeAsync(made, source, connection, explored, cancellationToken);
            var target = new FlowTargetDefinition { Name = definition.Name + " target", DatasetId = dataset.Id, SchemaId = schemaId, SchemaVersion = dataset.SchemaVersion, IsDraft = definition.IsDraft };
            string targetId = await _targets.MakeAsync(made, target, cancellationToken);
            return await MakeFlowAsync(made, WithVersion(definition, mapping) with { SourceId = sourceId, TargetId = targetId }, spec, cancellationToken);
        });
    }

    /// <summary>Publishes a draft with those of its parts that are drafts, in the order that the service demands: connection, source and target, flow.</summary>
    public async Task PublishAsync(string flowId, CancellationToken cancellationToken)
    {
        Dataflow flow = await _flows.GetAsync(flowId, cancellationToken);
        if (flow.SourceId is { } sourceId && await _sources.GetAsync(sourceId, cancellationToken) is { } source && IsDraft(source.State))
        {
            var connections = new FlowConnections(client);
            if (source.ConnectionId is { } connectionId && IsDraft((await connections.GetAsync(connectionId, cancellationToken)).State))
                await connections.PublishAsync(connectionId, cancellationToken);
            await _sources.PublishAsync(sourceId, cancellationToken);
        }
        if (flow.TargetId is { } targetId && IsDraft((await _targets.GetAsync(targetId, cancellationToken)).State))
            await _targets.PublishAsync(targetId, cancellationToken);
        await _flows.PublishAsync(flowId, cancellationToken);
    }

    /// <summary>
    /// Deletes a flow, and then its source and target: whichever can be, as nobody could tell afterwards which they were. One that somebody else deleted
    /// meanwhile is no failure. A call that is stopped does this to the end.
    /// </summary>
    /// <exception cref="FlowException">The flow could not be deleted, and nothing was; or the flow was, and the message names what is left.</exception>
    public async Task DeleteWithPartsAsync(string flowId, CancellationToken cancellationToken)
    {
        Dataflow flow = await _flows.GetAsync(flowId, cancellationToken);
        await UnlessGoneAsync(Unbroken.RunAsync(cancel => _flows.DeleteAsync(flowId, cancel), cancellationToken));
        FlowException? first = null;
        var left = new List<string>();
        IEnumerable<(string Part, Func<CancellationToken, Task> Delete)> parts =
        [
            .. flow.SourceIds.Select(id => ($"source '{id}'", (Func<CancellationToken, Task>)(cancel => _sources.DeleteAsync(id, cancel)))),
            .. flow.TargetIds.Select(id => ($"target '{id}'", (Func<CancellationToken, Task>)(cancel => _targets.DeleteAsync(id, cancel)))),
        ];
        foreach ((string part, Func<CancellationToken, Task> delete) in parts)
        {
            try
            {
                await UnlessGoneAsync(Unbroken.RunAsync(delete, cancellationToken));
            }
            catch (FlowException failure)
            {
                first ??= failure;
                left.Add(part);
            }
        }
        if (first is not null)
            throw FlowErrors.Retold(first, first.ErrorId, first.Kind, $"The flow '{flow.Name}' was deleted. Left: {string.Join(", ", left)}. {first.Message}", "Remove what is left by its id (Remove-FlowSource, Remove-FlowTarget) when nothing uses it any more.");
    }

    private static async Task UnlessGoneAsync(Task deletion)
    {
        try
        {
            await deletion;
        }
        catch (FlowException gone) when (gone.ErrorId == "FlowNotFound")
        {
            // It was there a moment ago.
        }
    }

    private async Task<FlowMapping?> FindMappingAsync(FlowDefinition definition, CancellationToken cancellationToken) =>
        definition.MappingId is null ? null : await new FlowMappings(client).GetAsync(definition.MappingId, cancellationToken);

    private static FlowDefinition WithVersion(FlowDefinition definition, FlowMapping? mapping) =>
        mapping is null ? definition : definition with { MappingVersion = definition.MappingVersion ?? mapping.Version };

    private static bool IsDraft(string? state) => FlowQuery.Draft.Equals(state, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the flow, and reads it back. Its parts cannot be taken back without it, should the call be stopped while it is read.</summary>
    private async Task<Dataflow> MakeFlowAsync(UndoList made, FlowDefinition given, FlowSpec spec, CancellationToken cancellationToken)
    {
        FlowDefinition definition = given.StartingFrom(DateTimeOffset.UtcNow);
        FlowReference flow = await made.MakeAsync(
            cancel => _flows.CreateAsync(definition, spec, cancel),
            static flow => $"flow '{flow.Id}'",
            (flow, cancel) => flow.Id is { } id ? _flows.DeleteAsync(id, cancel) : Task.CompletedTask,
            cancellationToken);
        return await ReadBackAsync(flow, definition, cancellationToken);
    }

    /// <summary>The flow is there, even where it cannot be read at once.</summary>
    private async Task<Dataflow> ReadBackAsync(FlowReference made, FlowDefinition definition, CancellationToken cancellationToken)
    {
        string id = made.RequireId("flow");
        try
        {
            return await _flows.GetAsync(id, cancellationToken);
        }
        catch (FlowException)
        {
            return new Dataflow
            {
                Id = id,
                Name = definition.Name,
                Description = definition.Description ?? string.Empty,
                ETag = made.ETag,
                SourceIds = definition.SourceId is null ? [] : [definition.SourceId],
                TargetIds = definition.TargetId is null ? [] : [definition.TargetId],
                Schedule = definition.Schedule,
                DeltaColumn = definition.DeltaColumn,
                MappingId = definition.MappingId,
                MappingVersion = definition.MappingVersion,
            };
        }
    }
}
