using System.Reflection;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Specs;

/// <summary>The connection specs and flow specs that the stand-in has: Azure Data Explorer, the data lake, and the flow from databases.</summary>
/// <remarks>Sources: Experience League, "Create a dataflow for database sources using the Flow Service API", which has the flow spec
/// whole; the connection spec of ADX is not public, and put together from its tutorial.</remarks>
internal static class SpecCatalog
{
    public const string AzureDataExplorer = "0479cc14-7651-4354-b233-7480606c2ac3";

    public const string DataLake = "c604ff05-7f1a-43c0-8e18-33bf874cb11c";

    public const string CrmToPlatform = "14518937-270c-4525-bdec-c2ba7cce3860";

    private static readonly JsonObject[] ConnectionSpecs = Read("connectionSpecs.json");
    private static readonly JsonObject[] FlowSpecs = Read("flowSpecs.json");

    public static IReadOnlyList<JsonObject> Connections => ConnectionSpecs;

    public static IReadOnlyList<JsonObject> Flows => FlowSpecs;

    public static JsonObject? FindConnectionSpec(string? id) => Array.Find(ConnectionSpecs, s => JsonValues.Text(s["id"]) == id);

    public static JsonObject? FindFlowSpec(string? id) => Array.Find(FlowSpecs, s => JsonValues.Text(s["id"]) == id);

    /// <summary>The connection spec that a body names.</summary>
    /// <exception cref="FlowException">There is none, or its version is missing.</exception>
    public static JsonObject DemandConnectionSpec(JsonObject body)
    {
        JsonObject spec = FindConnectionSpec(JsonValues.Text(JsonValues.At(body, "connectionSpec", "id")))
            ?? throw FlowException.Plain("Please provide a valid spec id");
        if (JsonValues.Text(JsonValues.At(body, "connectionSpec", "version")) is null)
            throw FlowException.Platform(422, "/placeholder/type/uri", "UnprocessableEntityError", "connectionSpec.version is required.");
        return spec;
    }

    private static JsonObject[] Read(string name)
    {
        using Stream text = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return [.. JsonNode.Parse(text)!.AsArray().Select(s => s!.AsObject())];
    }
}
