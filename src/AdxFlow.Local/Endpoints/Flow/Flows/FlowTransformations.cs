using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Flows;

/// <summary>The transformations of a flow: which column tells what is new, and which mapping is used.</summary>
/// <param name="DeltaColumn">The name of the column; null for none.</param>
/// <param name="MappingId">The mapping set; null for none.</param>
/// <param name="MappingVersion">Its version, as it was written.</param>
internal sealed record FlowTransformations(string? DeltaColumn, string? MappingId, string? MappingVersion)
{
    /// <exception cref="FlowException">They cannot be read.</exception>
    public static FlowTransformations Read(JsonObject flow)
    {
        string? delta = null;
        string? mapping = null;
        string? version = null;
        if (flow["transformations"] is not (null or JsonArray)) throw Unreadable(flow);
        foreach (JsonNode? transformation in flow["transformations"] as JsonArray ?? [])
        {
            switch (JsonValues.Text(JsonValues.At(transformation, "name")))
            {
                case "Copy":
                    delta = JsonValues.Text(JsonValues.At(transformation, "params", "deltaColumn", "name")) ?? throw Unreadable(flow);
                    break;
                case "Mapping":
                    mapping = JsonValues.Text(JsonValues.At(transformation, "params", "mappingId"))
                        ?? throw FlowException.Connector(1329, "The param: mappingId cannot be null or empty in the provided request. Please provide valid mappingId and try again.");
                    version = JsonValues.Scalar(JsonValues.At(transformation, "params", "mappingVersion"));
                    break;
                default:
                    throw Unreadable(flow);
            }
        }

        return new FlowTransformations(delta, mapping, version);
    }

    private static FlowException Unreadable(JsonObject flow) => FlowException.Connector(
        1392, $"Failed to parse Transformations in flow request for flowId={JsonValues.Text(flow["name"])}. Please check the transformations in your request and try again.");
}
