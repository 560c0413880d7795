using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Access;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>What the Schema Registry asks of a new resource.</summary>
/// <remarks>Source: Experience League, "XDM System troubleshooting guide".</remarks>
internal static class XdmRules
{
    /// <exception cref="FlowException">A rule is broken.</exception>
    public static void Check(JsonObject body, RegistryKind kind, Organization organization, XdmRegistry registry)
    {
        string title = JsonValues.Text(body["title"]) ?? "";
        if (title.Length == 0) throw Wrong("The title is missing.");
        if (JsonValues.Text(body["type"]) != "object") throw Wrong("The type must be object.");
        if (registry.Everything.FirstOrDefault(r => JsonValues.Text(r["title"]) == title) is { } other)
            throw FlowException.Registry("XDM-1521-400", "Title not unique", $"Object titles must be unique. An object {JsonValues.Text(other["$id"])} already exists with the same title");
        string[] references = [.. XdmRegistry.References(body).Where(r => !r.StartsWith('#'))];
        if (Array.Find(references, r => registry.Referred(r) is null) is { } missing && !IsBehaviour(missing))
            throw FlowException.Registry("XDM-1010-404", "Resource not found", $"The requested class resource {missing} with version 1 is not found.");
        if (kind == RegistryKind.Schemas)
        {
            if (references.Count(r => registry.Referred(r) is { } referred && XdmRegistry.IsClass(referred)) != 1) throw Wrong("A schema must refer to one class in allOf.");
            return;
        }

        CheckNamespace(body, organization, registry);
        if (kind == RegistryKind.FieldGroups && JsonValues.Texts(body["meta:intendedToExtend"]).Count == 0) throw Wrong("meta:intendedToExtend must name a class.");
    }

    /// <summary>The behaviours that a class of one's own is built on.</summary>
    private static bool IsBehaviour(string id) => id is "https://ns.adobe.com/xdm/data/record" or "https://ns.adobe.com/xdm/data/time-series" or "https://ns.adobe.com/xdm/data/adhoc";

    private static void CheckNamespace(JsonObject body, Organization organization, XdmRegistry registry)
    {
        string top = "_" + organization.TenantId;
        JsonObject properties = registry.Properties(body);
        if (properties.Count == 0) throw Wrong("There are no fields.");
        if (properties.Any(p => p.Key != top))
            throw FlowException.Registry("XDM-1021-400", "Namespace validation error", $"A custom field is defined under an invalid namespace. All custom fields must be defined under a top-level field named {top}.");
        CheckFields((JsonValues.At(properties, top, "properties") as JsonObject) ?? throw Wrong($"The field {top} must be an object with properties."));
    }

    private static void CheckFields(JsonObject fields)
    {
        foreach ((string name, JsonNode? field) in fields)
        {
            if (name.Length == 0 || name[0] == '_' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
                throw Wrong($"The field name '{name}' is not valid: it may have letters, digits, _ and - only, and no _ in front.");
            string type = JsonValues.Text(JsonValues.At(field, "type")) ?? "";
            if (type is not ("string" or "integer" or "number" or "boolean" or "object" or "array")) throw Wrong($"The type '{type}' of field '{name}' is not valid.");
            if (JsonValues.At(field, "properties") is JsonObject inner) CheckFields(inner);
        }
    }

    private static FlowException Wrong(string message) => FlowException.Registry("XDM-1000-400", "Bad request", message);
}
