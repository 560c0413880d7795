using System.Runtime.InteropServices;
using System.Text.Json;

namespace AdxFlow.Clients.Tests;

/// <summary>What the parser makes of a text.</summary>
/// <param name="Kind">The command, as the parser calls it; <c>Query</c> for a query.</param>
/// <param name="Faults">Diagnostics, skipped tokens, an unknown command.</param>
/// <param name="Texts">The values of the string literals and quoted names.</param>
/// <param name="Literals">Kind and text of every other literal.</param>
/// <param name="Columns">The columns of the result of a query, as <c>a:long, b:string</c>; null where it has none.</param>
/// <param name="Places">Where each diagnostic begins.</param>
internal sealed record ParsedText(
    string Kind, IReadOnlyList<string> Faults, IReadOnlyList<string> Texts, IReadOnlyList<string> Literals, string? Columns, IReadOnlyList<int> Places)
{
    public static ParsedText Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement answer = document.RootElement;
        return new ParsedText(
            answer.GetProperty("kind").GetString()!,
            [.. answer.GetProperty("faults").EnumerateArray().Select(static fault => fault.GetString()!)],
            [.. answer.GetProperty("texts").EnumerateArray().Select(static text => Text(text.GetBytesFromBase64()))],
            [.. answer.GetProperty("literals").EnumerateArray().Select(static literal => literal.GetString()!)],
            answer.TryGetProperty("columns", out JsonElement columns) ? columns.GetString() : null,
            [.. answer.GetProperty("places").EnumerateArray().Select(static place => place.GetInt32())]);
    }

    // Not by an encoding, which would replace halves of characters.
    private static string Text(byte[] utf16) => new(MemoryMarshal.Cast<byte, char>(utf16));

    /// <summary>The texts, and those within the texts that are JSON, as mappings and policies are.</summary>
    public IReadOnlySet<string> AllTexts()
    {
        var all = new HashSet<string>(Texts, StringComparer.Ordinal);
        foreach (string text in Texts.Where(static text => text.StartsWith('[') || text.StartsWith('{')))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(text);
                Collect(document.RootElement, all);
            }
            catch (Exception none) when (none is JsonException or ArgumentException)
            {
                // It only looks like it: names may begin with brackets, and texts have halves of characters.
            }
        }
        return all;
    }

    private static void Collect(JsonElement element, HashSet<string> into)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                into.Add(element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                    Collect(item, into);
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                    Collect(member.Value, into);
                break;
        }
    }
}
