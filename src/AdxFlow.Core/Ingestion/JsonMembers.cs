using System.Globalization;
using System.Text.Json;
using AdxFlow.Http;

namespace AdxFlow.Ingestion;

/// <summary>
/// Reads members of the ingestion service's answers whatever the case of their names, as its documentation and the OpenAPI
/// file of Microsoft's Java client do not agree on it. What is not there, or of another kind, is null.
/// </summary>
internal static class JsonMembers
{
    public static JsonElement? Find(JsonElement item, string name)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return null;
        foreach (JsonProperty property in item.EnumerateObject())
        {
            if (JsonText.IsNamed(property, name))
                return property.Value;
        }
        return null;
    }

    /// <summary>The text of a member; null where it is empty.</summary>
    public static string? Text(JsonElement item, string name) =>
        Find(item, name) is { ValueKind: JsonValueKind.String } value && JsonText.Of(value) is { Length: > 0 } text ? text : null;

    /// <summary>A time in UTC; one without a zone is UTC.</summary>
    public static DateTime? Time(JsonElement item, string name) =>
        DateTime.TryParse(Text(item, name), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time) ? time : null;
}
