using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>
/// Writes and reads mapping sets. They are written as the OpenAPI description of Data Prep has them; read in that form and in the
/// older one of the tutorials (<c>destinationXdmPath</c>, <c>sourceAttribute</c>, <c>xdmSchema</c>).
/// </summary>
internal static class MappingBody
{
    public static JsonObject Of(FlowMappingDefinition mapping)
    {
        var body = new JsonObject();
        if (mapping.Name is not null)
            body["name"] = mapping.Name;
        body["version"] = 0;
        body["outputSchema"] = new JsonObject
        {
            ["schemaRef"] = new JsonObject { ["id"] = mapping.SchemaId, ["contentType"] = SchemaVersions.ContentType(mapping.SchemaVersion) },
        };
        body["mappings"] = new JsonArray([.. mapping.Fields.Select(static field => (JsonNode)new JsonObject
        {
            ["sourceType"] = field.Kind.ToString().ToUpperInvariant(),
            ["source"] = field.Kind == FlowFieldKind.Attribute ? SourceFields.OfGiven(field.Source) : field.Source,
            ["destination"] = field.Destination,
        })]);
        return body;
    }

    public static FlowMapping Read(JsonElement mapping)
    {
        JsonElement schema = mapping.Member("outputSchema", "schemaRef") ?? mapping.Member("schemaRef") ?? default;
        return new FlowMapping
        {
            Id = mapping.Text("id") ?? string.Empty,
            Version = (int?)mapping.Number("version") ?? 0,
            Name = mapping.Text("name") ?? string.Empty,
            SchemaId = schema.Text("id") ?? mapping.Text("xdmSchema"),
            SchemaVersion = SchemaVersions.Major(schema.Text("contentType") ?? mapping.Text("xdmVersion")),
            Fields = [.. mapping.Items("mappings").Select(ReadField)],
            CreatedOn = mapping.Time("createdDate"),
        };
    }

    public static FlowMappingError ReadError(JsonElement error) => new()
    {
        Destination = error.Text("destination") ?? error.Text("destinationXdmPath") ?? string.Empty,
        Source = error.Text("source") ?? error.Text("sourceAttribute") ?? error.Text("columnName") ?? string.Empty,
        Message = error.Text("exception") ?? error.Text("message") ?? "The service does not say what is wrong.",
    };

    private static FlowFieldMapping ReadField(JsonElement field) => new(
        field.Text("destination") ?? field.Text("destinationXdmPath") ?? string.Empty,
        field.Text("source") ?? field.Text("sourceAttribute") ?? string.Empty,
        // What was sent as ATTRIBUTE comes back as text/x.schema-path.
        field.Text("sourceType") switch
        {
            { } type when type.Contains("expression", StringComparison.OrdinalIgnoreCase) || type.Contains("aep-xl", StringComparison.OrdinalIgnoreCase) => FlowFieldKind.Expression,
            { } type when type.Contains("static", StringComparison.OrdinalIgnoreCase) => FlowFieldKind.Static,
            _ => FlowFieldKind.Attribute,
        });
}
