using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>Reads a schema whose references are resolved.</summary>
internal static class FlowSchemaReader
{
    // Deeper than any schema of Experience Platform goes; a damaged one must not go on for ever.
    private const int MostLevels = 16;

    public static FlowSchema Read(JsonElement schema, string id, int version)
    {
        var paths = new List<string>();
        var required = new List<string>();
        Collect(schema, string.Empty, isNeeded: true, 0, paths, required);
        return new FlowSchema
        {
            Id = schema.Text("$id") ?? id,
            Title = schema.Text("title") ?? string.Empty,
            Version = schema.Text("version") is { } told ? SchemaVersions.Major(told) : version,
            Paths = paths,
            RequiredPaths = required,
        };
    }

    private static void Collect(JsonElement parent, string prefix, bool isNeeded, int level, List<string> paths, List<string> required)
    {
        if (level == MostLevels || parent.Member("properties") is not { ValueKind: JsonValueKind.Object } properties)
            return;
        IReadOnlyList<string> needed = parent.Texts("required");
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            string path = prefix + property.Name;
            bool isRequired = isNeeded && needed.Contains(property.Name);
            if (property.Value.Member("properties") is not null)
            {
                Collect(property.Value, path + ".", isRequired, level + 1, paths, required);
                continue;
            }
            // Lists and maps take no single value.
            if (property.Value.Text("type") is "array" or "object")
                continue;
            paths.Add(path);
            if (isRequired)
                required.Add(path);
        }
    }
}
