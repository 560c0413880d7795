using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>
/// Changes to an entity as JSON Patch, in the order they were added. The operations are written in small letters, as Adobe's guides have them and not
/// as its OpenAPI description does.
/// </summary>
internal sealed class FlowPatch
{
    private readonly JsonArray _changes = [];

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>What is sent.</summary>
    public JsonNode Body => _changes.DeepClone();

    /// <summary>Sets what is there.</summary>
    public FlowPatch Replace(string path, JsonNode? value) => Add("replace", path, value);

    /// <summary>Sets what may not be there yet.</summary>
    public FlowPatch Set(string path, JsonNode? value) => Add("add", path, value);

    /// <summary>Takes away.</summary>
    public FlowPatch Remove(string path)
    {
        _changes.Add(new JsonObject { ["op"] = "remove", ["path"] = path });
        return this;
    }

    private FlowPatch Add(string operation, string path, JsonNode? value)
    {
        _changes.Add(new JsonObject { ["op"] = operation, ["path"] = path, ["value"] = value });
        return this;
    }
}
