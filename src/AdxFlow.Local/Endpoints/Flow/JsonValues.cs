using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>Reads JSON as the Flow Service takes it: the tutorials write numbers and booleans as strings too.</summary>
internal static class JsonValues
{
    /// <summary>A string; null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A scalar in words; null for null, objects and arrays.</summary>
    public static string? Scalar(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : null;

    public static long? Integer(JsonNode? node) =>
        Scalar(node) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    public static double? Number(JsonNode? node) =>
        Scalar(node) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    public static bool? Boolean(JsonNode? node) => Scalar(node)?.ToLowerInvariant() switch { "true" => true, "false" => false, _ => null };

    /// <summary>The member at the end of a path of names, or null.</summary>
    public static JsonNode? At(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
            node = (node as JsonObject)?[name];
        return node;
    }

    /// <summary>The strings of an array; empty for anything else.</summary>
    public static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray list ? [.. list.Select(Text).OfType<string>()] : [];
}
