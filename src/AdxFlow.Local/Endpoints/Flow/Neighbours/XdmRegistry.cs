using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The classes, field groups and schemas of a sandbox, and the two classes that everybody has.</summary>
/// <remarks>Source: Experience League, "Schema Registry API guide". Of the standard classes only the fields most used are here.</remarks>
internal sealed class XdmRegistry
{
    public const string ProfileClass = "https://ns.adobe.com/xdm/context/profile";

    public const string EventClass = "https://ns.adobe.com/xdm/context/experienceevent";

    private readonly Dictionary<string, (RegistryKind Kind, JsonObject Resource)> _own = new(StringComparer.Ordinal);

    public static IReadOnlyList<JsonObject> GlobalClasses { get; } = [
        Parse("""
            {"$id":"https://ns.adobe.com/xdm/context/profile","meta:altId":"_xdm.context.profile","meta:resourceType":"classes","version":"1","title":"XDM Individual Profile","type":"object",
             "properties":{"_id":{"type":"string"},"createdByBatchID":{"type":"string"},
              "person":{"type":"object","properties":{"birthDate":{"type":"string","format":"date"},"gender":{"type":"string"},
               "name":{"type":"object","properties":{"firstName":{"type":"string"},"lastName":{"type":"string"},"fullName":{"type":"string"}}}}},
              "personalEmail":{"type":"object","properties":{"address":{"type":"string"}}}}}
            """),
        Parse("""
            {"$id":"https://ns.adobe.com/xdm/context/experienceevent","meta:altId":"_xdm.context.experienceevent","meta:resourceType":"classes","version":"1","title":"XDM ExperienceEvent","type":"object",
             "required":["_id","timestamp"],
             "properties":{"_id":{"type":"string"},"timestamp":{"type":"string","format":"date-time"},"eventType":{"type":"string"},"producedBy":{"type":"string"}}}
            """),
    ];

    /// <summary>How many of a kind there are.</summary>
    public int Count(RegistryKind kind) => _own.Values.Count(e => e.Kind == kind);

    public IEnumerable<JsonObject> All(RegistryKind kind) => _own.Values.Where(e => e.Kind == kind).Select(e => e.Resource);

    public IEnumerable<JsonObject> Everything => _own.Values.Select(e => e.Resource);

    /// <summary>By <c>$id</c> or <c>meta:altId</c>.</summary>
    public JsonObject? Find(RegistryKind kind, string id) => All(kind).FirstOrDefault(r => IsNamed(r, id));

    /// <summary>What a <c>$ref</c> leads to: a class or a field group.</summary>
    public JsonObject? Referred(string id) =>
        GlobalClasses.FirstOrDefault(r => IsNamed(r, id)) ?? Find(RegistryKind.Classes, id) ?? Find(RegistryKind.FieldGroups, id);

    public void Add(RegistryKind kind, JsonObject resource) => _own.Add(Id(resource), (kind, resource));

    public void Remove(JsonObject resource) => _own.Remove(Id(resource));

    public static string Id(JsonObject resource) => JsonValues.Text(resource["$id"])!;

    public static bool IsClass(JsonObject resource) => JsonValues.Text(resource["meta:resourceType"]) == "classes";

    /// <summary>All fields of a resource, those that it refers to merged in.</summary>
    public JsonObject Properties(JsonObject resource)
    {
        var merged = new JsonObject();
        MergeAll(merged, resource, resource);
        return merged;
    }

    /// <summary>The fields that each record must have.</summary>
    public IReadOnlyList<string> Required(JsonObject schema) =>
        [.. References(schema).Select(Referred).OfType<JsonObject>().Append(schema).SelectMany(r => JsonValues.Texts(r["required"])).Distinct()];

    /// <summary>The field at a dotted path, such as <c>person.name.fullName</c>; null where there is none.</summary>
    public JsonObject? Field(JsonObject schema, string path)
    {
        JsonObject? properties = Properties(schema);
        JsonObject? field = null;
        foreach (string name in path.Split('.'))
        {
            field = properties?[name.TrimEnd(']').Split('[')[0]] as JsonObject;
            if (field is null) return null;
            properties = (field["properties"] ?? JsonValues.At(field, "items", "properties")) as JsonObject;
        }

        return field;
    }

    private static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();

    private static bool IsNamed(JsonObject resource, string id) => JsonValues.Text(resource["$id"]) == id || JsonValues.Text(resource["meta:altId"]) == id;

    public static IEnumerable<string> References(JsonObject resource) =>
        resource["allOf"] is JsonArray parts ? parts.Select(p => JsonValues.Text(JsonValues.At(p, "$ref"))).OfType<string>() : [];

    private void MergeAll(JsonObject target, JsonObject part, JsonObject root)
    {
        if (part["properties"] is JsonObject properties) Merge(target, properties);
        foreach (string reference in References(part))
        {
            if (reference.StartsWith("#/definitions/", StringComparison.Ordinal))
            {
                if (JsonValues.At(root, "definitions", reference["#/definitions/".Length..]) is JsonObject definition) MergeAll(target, definition, root);
            }
            else if (Referred(reference) is { } other)
            {
                MergeAll(target, other, other);
            }
        }
    }

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach ((string name, JsonNode? field) in source)
        {
            if (JsonValues.At(target, name, "properties") is JsonObject old && JsonValues.At(field, "properties") is JsonObject more)
                Merge(old, more);
            else
                target[name] = field?.DeepClone();
        }
    }
}
