using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Runs;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>Tries a mapping set on sample records: what they become, and what does not fit.</summary>
/// <remarks>Source: Adobe Developer, "Data Prep API", operation previewMappingSet.</remarks>
internal sealed class MappingPreview(XdmRegistry registry, JsonObject schema, IReadOnlyList<MappingRule> rules)
{
    private readonly JsonArray _errors = [];

    /// <param name="data">One record, or several.</param>
    public JsonObject Answer(JsonNode? data)
    {
        JsonNode mapped = data switch
        {
            JsonArray records => new JsonArray([.. records.Select(Map)]),
            JsonObject record => Map(record),
            _ => throw DataPrepEndpoint.Wrong(400, "The data is missing."),
        };
        return new JsonObject { ["data"] = mapped, ["errors"] = _errors };
    }

    private JsonObject Map(JsonNode? record)
    {
        var mapped = new JsonObject();
        foreach (MappingRule rule in rules)
        {
            if (registry.Field(schema, rule.Destination) is not { } field)
            {
                Fail(rule, $"The destination {rule.Destination} is not a field of the output schema.");
                continue;
            }

            if (rule.Kind == "EXPRESSION")
            {
                Fail(rule, "The local stand-in evaluates no expressions. This one may be valid.");
                continue;
            }

            JsonNode? value = rule.Kind == "STATIC" ? rule.Source : Find(record, rule.SourcePath);
            if (value is null) continue;
            if (value is JsonValue scalar && FieldConversion.Problem(Plain(scalar), field) is { } problem)
                Fail(rule, problem);
            else
                Put(mapped, rule.Destination.Split('.'), Convert(value, field));
        }

        return mapped;
    }

    private static JsonNode? Find(JsonNode? record, IReadOnlyList<string> path) => JsonValues.At(record, [.. path]);

    private static object Plain(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetValueKind() == JsonValueKind.True,
        JsonValueKind.Number => JsonValues.Integer(value) is { } whole ? whole : (object)(JsonValues.Number(value) ?? 0),
        _ => JsonValues.Scalar(value) ?? "",
    };

    private static JsonNode? Convert(JsonNode value, JsonObject field) => (JsonValues.Text(field["type"]), JsonValues.Scalar(value)) switch
    {
        ("string", { } text) => text,
        ("integer", { } text) when JsonValues.Integer(value) is { } whole && text.Length > 0 => whole,
        ("number", { } text) when JsonValues.Number(value) is { } number && text.Length > 0 => number,
        ("boolean", { } text) when JsonValues.Boolean(value) is { } flag && text.Length > 0 => flag,
        _ => value.DeepClone(),
    };

    private static void Put(JsonObject owner, string[] path, JsonNode? value)
    {
        foreach (string name in path.SkipLast(1))
        {
            if (owner[name] is not JsonObject next) owner[name] = next = [];
            owner = next;
        }

        owner[path[^1]] = value;
    }

    private void Fail(MappingRule rule, string problem) => _errors.Add(DataPrepEndpoint.Error(rule, problem));
}
