using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Connections;
using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Endpoints.Flow.Runs;
using AdxFlow.Local.Endpoints.Flow.Specs;

namespace AdxFlow.Local.Endpoints.Flow.Flows;

/// <summary>Flows: a source, a target, a mapping, a schedule.</summary>
/// <remarks>Sources: Experience League, "Create a dataflow for database sources using the Flow Service API", "Update dataflows
/// using the Flow Service API", "Flow Service error messages" and "Sources error messages".</remarks>
internal sealed class FlowKind(FlowScheduler scheduler) : ResourceKind("flows")
{
    public override IReadOnlyList<string> FilterFields { get; } = ["flowSpec", "sourceConnectionIds[]", "targetConnectionIds[]", "inheritedAttributes", "transformations[]", "scheduleParams", "labels[]"];

    public override IReadOnlyList<string> PatchFields { get; } =
        ["name", "description", "scheduleParams", "transformations", "options", "labels", "policy", "sourceConnectionIds", "targetConnectionIds"];

    public override ResourceCollection In(Workspace workspace) => workspace.Flows;

    public override void Check(JsonObject body, JsonObject? previous, bool isDraft, FlowRequest request)
    {
        if (body["state"] is not null) throw FlowException.Invalid(1410, "`State` is not allowed in the create flow request.");
        JsonObject spec = SpecCatalog.FindFlowSpec(JsonValues.Text(JsonValues.At(body, "flowSpec", "id")))
            ?? throw FlowException.Invalid(1413, "The spec ID provided is  invalid. Please provide a valid spec ID and try again.");
        if (JsonValues.Text(JsonValues.At(body, "flowSpec", "version")) != JsonValues.Text(spec["version"]))
            throw FlowException.Invalid(1413, "The spec ID provided is  invalid. Please provide a valid spec ID and try again.");
        Workspace workspace = request.Workspace;
        FlowResource? source = Single(body, "sourceConnectionIds", workspace.SourceConnections, isDraft);
        FlowResource? target = Single(body, "targetConnectionIds", workspace.TargetConnections, isDraft);
        CheckOptions(body["options"]);
        FlowTransformations transformations = FlowTransformations.Read(body);
        if (transformations.MappingId is not null) CheckMapping(transformations, target, workspace);
        if (isDraft && body["scheduleParams"] is null) return;
        FlowSchedule schedule = FlowSchedule.Read(body["scheduleParams"]);
        bool isNewStart = JsonValues.Integer(JsonValues.At(previous, "scheduleParams", "startTime")) != JsonValues.Integer(JsonValues.At(body, "scheduleParams", "startTime"));
        if (!isDraft && isNewStart) schedule.DemandFuture(request.Now);
        if (isDraft) return;
        if (transformations.MappingId is null)
            throw FlowException.Connector(1370, "The source columns could not be fetched for ingestion because the mapping transformation is missing. Please add the mapping transformation and try again.");
        CheckDelta(schedule, transformations, source!, previous);
    }

    public override void CheckPatch(FlowResource resource, PatchOperation operation, FlowRequest request)
    {
        if (resource.IsDraft) return;
        if (operation.Steps[0] is "sourceConnectionIds" or "targetConnectionIds") throw JsonPatch.InvalidPath(operation.Path);
        if (operation.Steps[0] != "scheduleParams" || FlowSchedule.Read(resource.Body["scheduleParams"]).Start > request.Now) return;
        switch (operation.Steps.Count > 1 ? operation.Steps[1] : "")
        {
            case "startTime" or "":
                throw FlowException.Connector(1366, "The start time has passed and the update operation is no longer allowed.");
            case "frequency" when JsonValues.Text(operation.Value) == "once":
                throw FlowException.Connector(1403, "The start time has passed and you can no longer change the frequency to once.");
            case "backfill":
                throw FlowException.Connector(1404, "The start time has passed and you can no longer update backfill.");
        }
    }

    public override void CheckPublication(FlowResource resource, Workspace workspace)
    {
        foreach ((string member, ResourceCollection parents) in ((string, ResourceCollection)[])[("sourceConnectionIds", workspace.SourceConnections), ("targetConnectionIds", workspace.TargetConnections)])
        {
            foreach (string id in JsonValues.Texts(resource.Body[member]))
            {
                if (parents.Find(id) is { IsDraft: true }) throw SourceKind.IsDraft(parents.Name, id);
            }
        }
    }

    public override void Changed(FlowResource resource, FlowRequest request) => scheduler.Plan(request.Workspace, resource);

    public override JsonObject Render(FlowResource resource, Workspace workspace, DateTimeOffset now)
    {
        JsonObject item = resource.Render(now);
        item["inheritedAttributes"] = new JsonObject
        {
            ["properties"] = new JsonObject { ["isSourceFlow"] = true },
            ["sourceConnections"] = new JsonArray([.. Parents(resource, "sourceConnectionIds", workspace.SourceConnections).Select(s => DescribeSource(s, workspace))]),
            ["targetConnections"] = new JsonArray([.. Parents(resource, "targetConnectionIds", workspace.TargetConnections).Select(SourceKind.Describe)]),
        };

        // As in the documents: what is written as a number is read as a string.
        if (item["scheduleParams"] is JsonObject schedule) Quote(schedule, "startTime", "interval", "backfill");
        foreach (JsonObject parameters in (item["transformations"] as JsonArray ?? []).Select(t => JsonValues.At(t, "params")).OfType<JsonObject>())
            Quote(parameters, "mappingVersion");
        item["runs"] = $"/runs?property=flowId=={resource.Id}";
        if (FlowScheduler.LastRun(workspace, resource) is { } run) item["lastRunDetails"] = run.Summary(now);
        return item;
    }

    private static FlowResource? Single(JsonObject body, string member, ResourceCollection parents, bool isDraft)
    {
        string[] ids = [.. JsonValues.Texts(body[member])];
        if (ids.Length == 0 && isDraft) return null;
        if (ids.Length == 0) throw FlowException.Connector(1320, $"The {member} cannot be null or empty. Please provide valid {member} and try again.");
        if (ids.Length > 1) throw FlowException.Connector(1321, $"The length of {member} should be one, supplied size is {ids.Length}. Please provide valid size and try again.");
        FlowResource parent = parents.Find(ids[0])
            ?? throw FlowException.Of("FLOW-1439-400", "Resource not found", $"The requested {parents.Name} resource {ids[0]} is not found. Verify the resource ID before trying again.", $"{parents.Name} not found with id = [{ids[0]}]", parents.Name);
        return parent.IsDraft && !isDraft ? throw SourceKind.IsDraft(parents.Name, parent.Id) : parent;
    }

    private static void CheckOptions(JsonNode? options)
    {
        if (JsonValues.At(options, "partialIngestionPercent") is { } percent && JsonValues.Number(percent) is not > 0)
            throw FlowException.Connector(1312, $"The provided param value {JsonValues.Scalar(percent)} is not a valid input for property=partialIngestionPercent. Please provide a valid param value and try again.");
    }

    private static void CheckMapping(FlowTransformations transformations, FlowResource? target, Workspace workspace)
    {
        if (!workspace.MappingSets.TryGetValue(transformations.MappingId!, out MappingSet? mapping))
        {
            throw FlowException.Invalid(1419, $"Error while validating mapping with id {transformations.MappingId}, version {transformations.MappingVersion}. "
                + "This could be because of inadequate permissions on mapped fields. Please check your mapping or contact your admin.");
        }

        if (transformations.MappingVersion is { } version && version != mapping.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
            throw FlowException.Invalid(1412, "Invalid Mapping Version in request. Please provide correct mapping version.");
        if (target is null || workspace.DataSets.Find(JsonValues.Text(JsonValues.At(target.Body, "params", "dataSetId"))) is not { } dataSet) return;
        if (dataSet.SchemaId != mapping.SchemaId || dataSet.SchemaVersion != mapping.SchemaVersion)
        {
            throw FlowException.Invalid(1425, $"Error while matching schema in target dataset {dataSet.Id} with schema in mapping {mapping.Id}. "
                + "Schema with same id and version must be used in both mapping and target dataset.");
        }
    }

    private static void CheckDelta(FlowSchedule schedule, FlowTransformations transformations, FlowResource source, JsonObject? previous)
    {
        // A run on demand writes its delta column into a flow that is scheduled once; that is not held against a later change.
        bool wasThere = previous is not null && FlowTransformations.Read(previous).DeltaColumn is not null;
        if (schedule.IsOnce && transformations.DeltaColumn is not null && !wasThere)
            throw FlowException.Connector(1369, "The delta column in copy transform is not allowed when frequency is set to once. Please remove the delta column and try again.");
        if (!schedule.IsOnce && transformations.DeltaColumn is null)
            throw FlowException.Connector(1367, "The delta column is required in copy transformation when creating a CRM connector. Please provide delta column and try again.");
        if (transformations.DeltaColumn is { } delta) DemandColumn(delta, source);
    }

    /// <exception cref="FlowException">The delta column is none of the source.</exception>
    public static void DemandColumn(string delta, FlowResource? source)
    {
        if ((JsonValues.At(source?.Body, "params", "columns") as JsonArray)?.Any(c => JsonValues.Text(JsonValues.At(c, "name")) == delta) != true)
            throw FlowException.Connector(1312, $"The provided param value {delta} is not a valid input for property=deltaColumn.name. Please provide a valid param value and try again.");
    }

    private static IEnumerable<FlowResource> Parents(FlowResource flow, string member, ResourceCollection parents) =>
        JsonValues.Texts(flow.Body[member]).Select(parents.Find).OfType<FlowResource>();

    private static JsonObject DescribeSource(FlowResource source, Workspace workspace)
    {
        JsonObject described = SourceKind.Describe(source);
        if (workspace.Connections.Find(JsonValues.Text(source.Body["baseConnectionId"]) ?? "") is { } parent) described["baseConnection"] = SourceKind.Describe(parent);
        return described;
    }

    private static void Quote(JsonObject owner, params string[] names)
    {
        foreach (string name in names)
        {
            if (JsonValues.Scalar(owner[name]) is { } text) owner[name] = text;
        }
    }
}
