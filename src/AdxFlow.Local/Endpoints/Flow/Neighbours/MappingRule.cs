using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>One field of a mapping set.</summary>
/// <param name="Kind">ATTRIBUTE, EXPRESSION or STATIC.</param>
/// <param name="Source">The name of the source field, the expression, or the value.</param>
/// <param name="Destination">The dotted path of the target field.</param>
internal sealed record MappingRule(string Kind, string Source, string Destination)
{
    /// <summary>The source field of an ATTRIBUTE, without the braces and backslashes that special characters need.</summary>
    public string SourceField
    {
        get
        {
            string name = Source.StartsWith("${", StringComparison.Ordinal) && Source.EndsWith('}') ? Source[2..^1] : Source;
            return name.Replace("\\", "", StringComparison.Ordinal);
        }
    }

    public static MappingRule Read(JsonObject? mapping, bool older)
    {
        string source = JsonValues.Text(mapping?[older ? "sourceAttribute" : "source"]) ?? "";
        string destination = JsonValues.Text(mapping?[older ? "destinationXdmPath" : "destination"]) ?? "";
        string kind = older ? "ATTRIBUTE" : JsonValues.Text(mapping?["sourceType"])?.ToUpperInvariant() ?? "ATTRIBUTE";

        // Reading a mapping set gives the first two as media types, and that may be sent back.
        kind = kind switch { "TEXT/X.SCHEMA-PATH" => "ATTRIBUTE", "TEXT/X.AEP-XL" => "EXPRESSION", _ => kind };
        return new MappingRule(kind, source, destination);
    }

    /// <summary>What is wrong with it for a schema; null for nothing.</summary>
    public string? Problem(XdmRegistry registry, JsonObject? schema)
    {
        if (Kind is not ("ATTRIBUTE" or "EXPRESSION" or "STATIC")) return $"The source type {Kind} is not known.";
        if (Source.Length == 0) return "The source is missing.";
        if (Destination.Length == 0) return "The destination is missing.";
        if (Kind == "EXPRESSION" && Source.Count(c => c == '(') != Source.Count(c => c == ')')) return $"The expression {Source} has unbalanced parentheses.";
        if (schema is null) return "The output schema could not be found.";
        JsonObject? field = registry.Field(schema, Destination);
        if (field is null) return $"The destination {Destination} is not a field of the output schema.";
        return JsonValues.Text(field["type"]) == "object" && Kind != "EXPRESSION" ? $"The destination {Destination} is an object, and the source is not." : null;
    }
}
