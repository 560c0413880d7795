using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>A mapping set of Data Prep.</summary>
internal sealed class MappingSet
{
    private MappingSet(JsonObject body, string schemaId, string schemaVersion, IReadOnlyList<MappingRule> rules)
    {
        Body = body;
        SchemaId = schemaId;
        SchemaVersion = schemaVersion;
        Rules = rules;
    }

    /// <summary>32 hexadecimal digits.</summary>
    public string Id { get; private init; } = Guid.NewGuid().ToString("N");

    public int Version { get; }

    /// <summary>As it was sent, and then as Data Prep tells it.</summary>
    public JsonObject Body { get; }

    public string SchemaId { get; }

    /// <summary>The major version of the schema.</summary>
    public string SchemaVersion { get; }

    public IReadOnlyList<MappingRule> Rules { get; }

    /// <summary>Brings back one of an earlier process.</summary>
    public static MappingSet Restore(string id, JsonObject body)
    {
        MappingSet read = Read(body);
        return new MappingSet(read.Body, read.SchemaId, read.SchemaVersion, read.Rules) { Id = id };
    }

    /// <summary>Reads a mapping set in one of its two dialects: that of the API reference, and the older one of the tutorials.</summary>
    /// <remarks>Sources: Adobe Developer, "Data Prep API"; Experience League, "Create a dataflow for database sources using the
    /// Flow Service API".</remarks>
    /// <exception cref="FlowException">It is neither.</exception>
    public static MappingSet Read(JsonObject body)
    {
        bool older = body["xdmSchema"] is not null;
        string? schema = JsonValues.Text(older ? body["xdmSchema"] : JsonValues.At(body, "outputSchema", "schemaRef", "id"));
        string? version = JsonValues.Text(older ? body["xdmVersion"] : JsonValues.At(body, "outputSchema", "schemaRef", "contentType"));
        if (string.IsNullOrEmpty(schema)) throw DataPrepEndpoint.Wrong(400, "The output schema is missing.");
        if (body["mappings"] is not JsonArray { Count: > 0 } mappings) throw DataPrepEndpoint.Wrong(400, "The mappings are missing.");
        return new MappingSet((JsonObject)body.DeepClone(), schema, SchemaReference.MajorVersion(version), [.. mappings.Select(m => MappingRule.Read(m as JsonObject, older))]);
    }
}
