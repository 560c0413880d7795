using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Resources;

namespace AdxFlow.Local.Endpoints.Flow.Specs;

/// <summary>Lists connection specs or flow specs.</summary>
internal static class SpecEndpoint
{
    private static readonly string[] Fields = ["id", "name", "providerId", "version", "attributes"];

    public static FlowAnswer List(FlowRequest request, IReadOnlyList<JsonObject> specs)
    {
        PropertyFilter[] filters = [.. request.Values("property").Select(p => PropertyFilter.Parse(p, Fields))];
        return FlowAnswer.Ok(new JsonObject
        {
            ["items"] = new JsonArray([.. specs.Where(s => Array.TrueForAll(filters, f => f.Matches(s))).Select(s => s.DeepClone())]),
        });
    }

    public static FlowAnswer Get(JsonObject? spec, string collection, string id) =>
        FlowAnswer.Item((spec ?? throw FlowException.NotFound(collection, id)).DeepClone());
}
