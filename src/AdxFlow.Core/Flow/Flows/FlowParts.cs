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

    /// <summary>Deletes a flow, and then its source and target.</summary>
    public async Task DeleteWithPartsAsync(string flowId, CancellationToken cancellationToken)
    {
        Dataflow flow = await _flows.GetAsync(flowId, cancellationToken);
        await _flows.DeleteAsync(flowId, cancellationToken);
        foreach (string sourceId in flow.SourceIds)
            await _sources.DeleteAsync(sourceId, cancellationToken);
        foreach (string targetId in flow.TargetIds)
            await _targets.DeleteAsync(targetId, cancellationToken);
    }

    private async Task<FlowMapping?> FindMappingAsync(FlowDefinition definition, CancellationToken cancellationToken) =>
        definition.MappingId is null ? null : await new FlowMappings(client).GetAsync(definition.MappingId, cancellationToken);

    private static FlowDefinition WithVersion(FlowDefinition definition, FlowMapping? mapping) =>
        mapping is null ? definition : definition with { MappingVersion = definition.MappingVersion ?? mapping.Version };

    private static bool IsDraft(string? state) => FlowQuery.Draft.Equals(state, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the flow, and reads it back. Its parts cannot be taken back without it, should the call be stopped while it is read.</summary>
    private async Task<Dataflow> MakeFlowAsync(UndoList made, FlowDefinition definition, FlowSpec spec, CancellationToken cancellationToken)
    {
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
