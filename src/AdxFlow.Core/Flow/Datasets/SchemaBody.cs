using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>
/// Writes field groups and schemas.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/xdm/tutorials/create-schema-api"/>; the ranges of whole numbers are
/// those of <see href="https://experienceleague.adobe.com/en/docs/experience-platform/xdm/schema/field-constraints"/>.
/// </summary>
internal static class SchemaBody
{
    private const string Definition = "customFields";

    /// <summary>A field group of one's own fields, which stand under the organization's namespace.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="description">What it is for; null for nothing.</param>
    /// <param name="tenantId">The organization's namespace, without its underscore.</param>
    /// <param name="classId">The <c>$id</c> of the class that schemas with it have.</param>
    /// <param name="fields">The fields.</param>
    public static JsonObject FieldGroup(string title, string? description, string tenantId, string classId, IReadOnlyList<FlowField> fields)
    {
        var properties = new JsonObject();
        foreach (FlowField field in fields)
            properties[field.Name] = Of(field);
        return new JsonObject
        {
            ["title"] = title,
            ["description"] = description ?? string.Empty,
            ["type"] = "object",
            ["meta:intendedToExtend"] = new JsonArray(classId),
            ["definitions"] = new JsonObject
            {
                [Definition] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["_" + tenantId] = new JsonObject { ["type"] = "object", ["properties"] = properties } },
                },
            },
            ["allOf"] = new JsonArray(Reference($"#/definitions/{Definition}")),
        };
    }

    /// <summary>A schema of a class and a field group.</summary>
    public static JsonObject Schema(string title, string? description, string classId, string fieldGroupId) => new()
    {
        ["title"] = title,
        ["description"] = description ?? string.Empty,
        ["type"] = "object",
        ["allOf"] = new JsonArray(Reference(classId), Reference(fieldGroupId)),
    };

    private static JsonObject Reference(string id) => new() { ["$ref"] = id };

    private static JsonObject Of(FlowField field)
    {
        var body = new JsonObject { ["title"] = field.Column, ["type"] = TypeOf(field.Type) };
        switch (field.Type)
        {
            case FlowFieldType.DateTime:
                body["format"] = "date-time";
                break;
            case FlowFieldType.Integer:
                body["minimum"] = int.MinValue;
                body["maximum"] = int.MaxValue;
                break;
            case FlowFieldType.Long:
                body["minimum"] = -9007199254740992;
                body["maximum"] = 9007199254740992;
                break;
        }
        return body;
    }

    private static string TypeOf(FlowFieldType type) => type switch
    {
        FlowFieldType.Boolean => "boolean",
        FlowFieldType.Integer or FlowFieldType.Long => "integer",
        FlowFieldType.Number => "number",
        _ => "string",
    };
}
