using System.Globalization;
using System.Text.Json;
using AdxFlow.Http;

namespace AdxFlow.Adx;

/// <summary>
/// Reads policies as the service writes them. It is lenient: a period is a text or an object around one, the whole may be JSON or a
/// text of it, and members that are not known are left alone.
/// </summary>
internal static class PolicyReader
{
    private const int LongestShown = 400;

    /// <summary>A policy of a table; one that is inherited where there is none.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidResult</c>: what came is no policy.</exception>
    public static AdxTablePolicy Read(AdxTablePolicyKind kind, JsonElement? policy, string database, string table)
    {
        if (policy is { ValueKind: not JsonValueKind.Object })
            throw Unreadable(policy.Value.GetRawText(), null);

        bool inherited = policy is null;
        return kind switch
        {
            AdxTablePolicyKind.Batching => new AdxBatchingPolicy
            {
                Database = database,
                Table = table,
                IsInherited = inherited,
                BatchingTime = Span(policy, "MaximumBatchingTimeSpan"),
                BatchingItems = (int?)Number(policy, "MaximumNumberOfItems"),
                BatchingSizeMB = (int?)Number(policy, "MaximumRawDataSizeMB"),
            },
            AdxTablePolicyKind.Streaming => new AdxStreamingPolicy
            {
                Database = database,
                Table = table,
                IsInherited = inherited,
                IsEnabled = Flag(policy, "IsEnabled"),
                HintAllocatedRate = Number(policy, "HintAllocatedRate"),
            },
            AdxTablePolicyKind.Retention => new AdxRetentionPolicy
            {
                Database = database,
                Table = table,
                IsInherited = inherited,
                RetentionPeriod = Span(policy, "SoftDeletePeriod"),
                Recoverability = Enum.TryParse(Text(policy, "Recoverability"), ignoreCase: true, out AdxRecoverability known) && Enum.IsDefined(known) ? known : null,
            },
            AdxTablePolicyKind.Caching => new AdxCachingPolicy
            {
                Database = database,
                Table = table,
                IsInherited = inherited,
                CachingPeriod = Span(policy, "DataHotSpan"),
                HotWindows = Windows(policy),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>The JSON in a cell; null where there is none.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidResult</c>: the cell holds something else.</exception>
    public static JsonElement? Cell(AdxResultTable result, object?[] row, string column)
    {
        int ordinal = result.Ordinal(column);
        object? value = ordinal < 0 ? null : row[ordinal];
        if (value is null or "")
            return null;

        try
        {
            JsonElement json = value is string text ? JsonSerializer.Deserialize<JsonElement>(text) : JsonSerializer.SerializeToElement(value);
            if (json.ValueKind == JsonValueKind.String && json.GetString() is { } inner)
                json = JsonSerializer.Deserialize<JsonElement>(inner);
            return json.ValueKind == JsonValueKind.Null ? null : json;
        }
        catch (JsonException failure)
        {
            throw Unreadable(Convert.ToString(value, CultureInfo.InvariantCulture), failure);
        }
    }

    /// <summary>A period, such as <c>"30.00:00:00"</c> or <c>{"Value":"30.00:00:00"}</c>; null where there is none.</summary>
    public static TimeSpan? Span(JsonElement? policy, string name)
    {
        JsonElement? span = Member(policy, name);
        string? text = span is { ValueKind: JsonValueKind.Object } ? Text(span, "Value") : Text(policy, name);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan value) ? value : null;
    }

    private static List<AdxHotWindow> Windows(JsonElement? policy)
    {
        if (Member(policy, "HotWindows") is not { ValueKind: JsonValueKind.Array } windows)
            return [];

        var read = new List<AdxHotWindow>();
        foreach (JsonElement window in windows.EnumerateArray())
        {
            // Half a window copied to another table would be another policy.
            if (Time(window, "MinValue") is not { } from || Time(window, "MaxValue") is not { } to)
                throw Unreadable(window.GetRawText(), null);
            read.Add(new AdxHotWindow(from, to));
        }

        return read;
    }

    private static DateTime? Time(JsonElement window, string name)
    {
        string? text = Member(window, name) is { ValueKind: JsonValueKind.Object } nested ? Text(nested, "Value") : Text(window, name);
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time) ? time : null;
    }

    private static bool? Flag(JsonElement? policy, string name) => Member(policy, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text => bool.TryParse(text.GetString(), out bool flag) ? flag : null,
        _ => null,
    };

    private static double? Number(JsonElement? policy, string name) => Member(policy, name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text => double.TryParse(text.GetString(), CultureInfo.InvariantCulture, out double number) ? number : null,
        _ => null,
    };

    private static string? Text(JsonElement? policy, string name) => Member(policy, name) is { ValueKind: JsonValueKind.String } text ? JsonText.Of(text) : null;

    private static JsonElement? Member(JsonElement? policy, string name) =>
        policy is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out JsonElement member) ? member : null;

    private static AdxException Unreadable(string? text, Exception? cause) =>
        new("AdxInvalidResult", AdxErrorKind.InvalidResult, $"The policy cannot be understood: {Redaction.Brief(text ?? string.Empty, LongestShown)}", cause);
}
