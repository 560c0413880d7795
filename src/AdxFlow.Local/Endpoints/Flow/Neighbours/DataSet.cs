using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>A dataset of Catalog.</summary>
/// <param name="Id">24 hexadecimal digits.</param>
/// <param name="Body">As Catalog tells it.</param>
internal sealed record DataSet(string Id, JsonObject Body)
{
    public string SchemaId => JsonValues.Text(JsonValues.At(Body, "schemaRef", "id")) ?? "";

    /// <summary>The major version of the schema.</summary>
    public string SchemaVersion => SchemaReference.MajorVersion(JsonValues.Text(JsonValues.At(Body, "schemaRef", "contentType")));
}
