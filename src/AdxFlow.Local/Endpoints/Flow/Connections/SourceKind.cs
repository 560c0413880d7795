using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Endpoints.Flow.Specs;

namespace AdxFlow.Local.Endpoints.Flow.Connections;

/// <summary>Source connections: a table of a base connection.</summary>
/// <remarks>Source: Experience League, "Create a dataflow for database sources using the Flow Service API".</remarks>
internal sealed class SourceKind() : ResourceKind("sourceConnections")
{
    public override IReadOnlyList<string> FilterFields { get; } = ["connectionSpec", "baseConnectionId", "params.tableName", "params.columns[]"];

    public override IReadOnlyList<string> PatchFields { get; } = ["name", "description", "data", "params"];

    public override ResourceCollection In(Workspace workspace) => workspace.SourceConnections;

    public override void Check(JsonObject body, JsonObject? previous, bool isDraft, FlowRequest request)
    {
        JsonObject spec = SpecCatalog.DemandConnectionSpec(body);
        string? baseId = JsonValues.Text(body["baseConnectionId"]);
        if (baseId is not null) CheckBase(baseId, JsonValues.Text(spec["id"])!, isDraft, request.Workspace);
        if (isDraft) return;
        if (baseId is null) throw FlowException.Connector(1320, "The baseConnectionId cannot be null or empty. Please provide valid baseConnectionId and try again.");
        string name = JsonValues.Text(body["name"]) ?? "";
        if (name.Length == 0) throw FlowException.Connector(1304, "The mandatory field name is not provided. Please provide the name and try again.");
        string format = JsonValues.Text(JsonValues.At(body, "data", "format")) ?? "";
        if (format != "tabular")
            throw FlowException.Connector(1327, $"The format of source data supplied={format} in SourceConnection is not supported. The allowed values are: tabular. Please provide allowed values and try again.");
        if (string.IsNullOrEmpty(JsonValues.Text(JsonValues.At(body, "params", "tableName")))) throw Empty("tableName", name);
        if (JsonValues.At(body, "params", "columns") is not JsonArray { Count: > 0 } columns) throw Empty("columns", name);
        if (columns.Any(c => JsonValues.Text(JsonValues.At(c, "name")) is null || JsonValues.Text(JsonValues.At(c, "type")) is null)) throw Empty("columns", name);
        if (JsonValues.At(body, "params", "filters") is not null)
            throw FlowException.Connector(1353, "The filter at source is not yet supported for azure-data-explorer connector. Please check the supported connectors in the documentation.");
    }

    public override void CheckPublication(FlowResource resource, Workspace workspace)
    {
        if (workspace.Connections.Find(JsonValues.Text(resource.Body["baseConnectionId"]) ?? "") is { IsDraft: true } parent)
            throw IsDraft("base connection", parent.Id);
    }

    public override void CheckDeletion(FlowResource resource, Workspace workspace) => DemandUnused(resource, "sourceConnectionIds", workspace);

    public override JsonObject Render(FlowResource resource, Workspace workspace, DateTimeOffset now)
    {
        JsonObject item = resource.Render(now);
        if (workspace.Connections.Find(JsonValues.Text(resource.Body["baseConnectionId"]) ?? "") is { } parent)
            item["inheritedAttributes"] = new JsonObject { ["baseConnection"] = Describe(parent) };
        return item;
    }

    /// <summary>The id and the spec of a connection, as others tell it.</summary>
    public static JsonObject Describe(FlowResource connection) => new() { ["id"] = connection.Id, ["connectionSpec"] = connection.Body["connectionSpec"]?.DeepClone() };

    public static FlowException IsDraft(string what, string id) =>
        FlowException.Connector(1318, $"The {what} {id} is in draft state and must be published first. Please check the provided request and try again.");

    public static void DemandUnused(FlowResource resource, string member, Workspace workspace)
    {
        if (workspace.Flows.Items.Any(f => JsonValues.Texts(f.Body[member]).Contains(resource.Id)))
            throw FlowException.Invalid(1447, $"Found active flows containing id {resource.Id}.");
    }

    private static void CheckBase(string id, string specId, bool isDraft, Workspace workspace)
    {
        FlowResource parent = workspace.Connections.Find(id)
            ?? throw FlowException.Of("FLOW-1439-400", "Resource not found", $"The requested connections resource {id} is not found. Verify the resource ID before trying again.", $"connections not found with id = [{id}]", "connections");
        if (parent.IsDraft && !isDraft) throw IsDraft("base connection", id);
        if (JsonValues.Text(JsonValues.At(parent.Body, "connectionSpec", "id")) != specId)
            throw FlowException.Connector(1312, $"The provided param value {specId} is not a valid input for property=connectionSpec.id. Please provide a valid param value and try again.");
    }

    private static FlowException Empty(string entity, string source) =>
        FlowException.Connector(1323, $"The {entity} cannot be null or empty in the source connection: {source}. Please provide valid {entity} and try again.");
}
