using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads properties that are texts: flags as words, lists as JSON arrays.</summary>
internal sealed class TextPropertyReader(IReadOnlyDictionary<string, string> texts) : PropertyReader
{
    public override string? Text(string name) => texts.GetValueOrDefault(name);

    public override bool Flag(string name) => texts.GetValueOrDefault(name) switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out bool flag) => flag,
        _ => throw Malformed(name, "it must be true or false"),
    };

    public override IReadOnlyList<string> List(string name)
    {
        string? json = texts.GetValueOrDefault(name);
        if (string.IsNullOrEmpty(json)) return [];
        try
        {
            // The documentation writes such lists with either kind of quotes.
            List<string?> list = JsonSerializer.Deserialize<List<string?>>(json.Contains('"', StringComparison.Ordinal) ? json : json.Replace('\'', '"')) ?? [];
            return [.. list.Select(t => t ?? throw Malformed(name, "it has a null"))];
        }
        catch (JsonException)
        {
            throw Malformed(name, "it is not a JSON array of strings");
        }
    }
}
