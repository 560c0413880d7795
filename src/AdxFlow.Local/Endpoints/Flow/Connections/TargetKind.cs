using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Endpoints.Flow.Specs;

namespace AdxFlow.Local.Endpoints.Flow.Connections;

/// <summary>Target connections: a dataset in the data lake.</summary>
/// <remarks>Source: Experience League, "Create a dataflow for database sources using the Flow Service API".</remarks>
internal sealed class TargetKind() : ResourceKind("targetConnections")
{
    public override IReadOnlyList<string> FilterFields { get; } = ["connectionSpec", "baseConnectionId", "params.dataSetId"];

    public override IReadOnlyList<string> PatchFields { get; } = ["name", "description", "data", "params"];

    public override ResourceCollection In(Workspace workspace) => workspace.TargetConnections;

    public override void Check(JsonObject body, JsonObject? previous, bool isDraft, FlowRequest request)
    {
        JsonObject spec = SpecCatalog.DemandConnectionSpec(body);
        if (JsonValues.Text(spec["id"]) != SpecCatalog.DataLake)
            throw FlowException.Connector(1307, $"The target connection spec ID is not valid={JsonValues.Text(spec["id"])}. The allowed value is: {SpecCatalog.DataLake}.");
        string? id = JsonValues.Text(JsonValues.At(body, "params", "dataSetId"));
        if (isDraft && id is null) return;
        if (string.IsNullOrEmpty(id))
            throw FlowException.Connector(1325, $"The dataSetId param cannot be null or empty in target connection: {JsonValues.Text(body["name"])}. Please provide valid dataSetId param and try again.");
        DataSet dataSet = request.Workspace.DataSets.Find(id) ?? throw Invalid(id, "dataSetId");
        string? schema = JsonValues.Text(JsonValues.At(body, "data", "schema", "id"));
        if (schema is not null && schema != dataSet.SchemaId) throw Invalid(schema, "data.schema.id");
    }

    public override void CheckDeletion(FlowResource resource, Workspace workspace) => SourceKind.DemandUnused(resource, "targetConnectionIds", workspace);

    private static FlowException Invalid(string value, string property) =>
        FlowException.Connector(1312, $"The provided param value {value} is not a valid input for property={property}. Please provide a valid param value and try again.");
}
