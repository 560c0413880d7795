using System.Globalization;
using System.Text.Json;
using AdxFlow.Http;

namespace AdxFlow.Flow;

/// <summary>
/// Reads what the service answers leniently: the same datum comes as a number or as text, as one object or as a list of one,
/// and what is missing is null.
/// </summary>
internal static class FlowJson
{
    // Epoch times come in seconds and in milliseconds. The year 5138 in one is 1973 in the other.
    private const long FirstMilliseconds = 100_000_000_000;

    /// <summary>A member of an object; null where there is none, or it is null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;

    /// <summary>A member of a member.</summary>
    public static JsonElement? Member(this JsonElement element, string name, string inner) => element.Member(name)?.Member(inner);

    /// <summary>Text; a number or truth value as it was written.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) is { } value ? TextOf(value) : null;

    /// <summary>The text of a member of a member.</summary>
    public static string? Text(this JsonElement element, string name, string inner) => element.Member(name)?.Text(inner);

    /// <summary>A whole number, given as such or as text.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.Text(name) is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;

    /// <summary>A number that need not be whole, given as such or as text.</summary>
    public static double? Real(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>A truth value, given as such or as text.</summary>
    public static bool? Flag(this JsonElement element, string name) => bool.TryParse(element.Text(name), out bool flag) ? flag : null;

    /// <summary>A time, given as seconds or milliseconds since 1970, as number or text, or as ISO 8601; in UTC.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name)
    {
        if (element.Number(name) is { } number)
        {
            long milliseconds = Math.Abs(number) < FirstMilliseconds ? number * 1000 : number;
            return milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000 && number != 0 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }
        return DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : null;
    }

    /// <summary>The items of a list; a single object is a list of one, and what is missing of none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name) is { } list ? ItemsOf(list) : [];

    /// <summary>The texts of a list.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element, string name) => [.. element.Items(name).Select(TextOf).OfType<string>()];

    /// <summary>The items of an answer: those of <c>{"items":[…]}</c>, or of a bare list.</summary>
    public static IEnumerable<JsonElement> ItemsOfAnswer(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Array => ItemsOf(answer),
        JsonValueKind.Object => answer.Items("items"),
        _ => [],
    };

    /// <summary>The one thing an answer is about: its only item, or the object itself; null where there is none.</summary>
    public static JsonElement? OneItem(JsonElement answer)
    {
        bool isList = answer.ValueKind == JsonValueKind.Array || answer.Member("items") is not null;
        if (!isList)
            return answer.ValueKind == JsonValueKind.Object ? answer : null;
        JsonElement first = ItemsOfAnswer(answer).FirstOrDefault();
        return first.ValueKind == JsonValueKind.Object ? first : null;
    }

    private static IEnumerable<JsonElement> ItemsOf(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            yield return list;
            yield break;
        }
        foreach (JsonElement item in list.EnumerateArray())
            yield return item;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
