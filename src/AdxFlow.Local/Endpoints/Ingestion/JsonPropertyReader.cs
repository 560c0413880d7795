using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads properties that are JSON values.</summary>
internal sealed class JsonPropertyReader(IReadOnlyDictionary<string, JsonElement> members) : PropertyReader
{
    public override string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Malformed(name, "it must be a string"),
    };

    public override bool Flag(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw Malformed(name, "it must be true or false"),
    };

    public override IReadOnlyList<string> List(string name)
    {
        if (Find(name) is not { } list) return [];
        if (list.ValueKind != JsonValueKind.Array) throw Malformed(name, "it must be an array of strings");
        return [.. list.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? t.GetString()! : throw Malformed(name, "it must be an array of strings"))];
    }

    private JsonElement? Find(string name) =>
        members.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
