using System.Globalization;
using System.Text;

namespace AdxFlow.Adx;

/// <summary>Reads the rows of QueryCompletionInformation, where a failure may show that nothing else tells of, and warnings do.</summary>
internal static class QueryCompletion
{
    private const long ErrorLevel = 2;
    private const long WarningLevel = 3;

    /// <summary>The failure in a row, in the form of a OneApi error; null where the row tells of none.</summary>
    public static Dictionary<string, object?>? FailureOf(IReadOnlyList<AdxResultColumn> columns, object?[] row)
    {
        if (Level(columns, row) is not <= ErrorLevel)
            return null;

        return new Dictionary<string, object?>
        {
            ["code"] = Value(columns, row, "StatusCodeName") as string ?? Value(columns, row, "LevelName") as string,
            ["@message"] = Message(columns, row) ?? "The query failed.",
            ["@context"] = new Dictionary<string, object?>
            {
                ["activityId"] = Value(columns, row, "ActivityId")?.ToString(),
                ["clientRequestId"] = Value(columns, row, "ClientRequestId") as string,
            },
        };
    }

    /// <summary>The warning in a row; null where the row tells of none.</summary>
    public static string? WarningOf(IReadOnlyList<AdxResultColumn> columns, object?[] row) =>
        Level(columns, row) == WarningLevel ? Message(columns, row) : null;

    private static long? Level(IReadOnlyList<AdxResultColumn> columns, object?[] row) =>
        Value(columns, row, "Level") is IConvertible level
        && long.TryParse(Convert.ToString(level, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string? Message(IReadOnlyList<AdxResultColumn> columns, object?[] row)
    {
        string? payload = Value(columns, row, "Payload") as string;
        if (payload is null || !JsonValues.TryParse(Encoding.UTF8.GetBytes(payload), out object? parsed) || parsed is not Dictionary<string, object?> members)
            return payload;
        return ResultSchema.Text(members, "Text") ?? ResultSchema.Text(members, "Message") ?? payload;
    }

    private static object? Value(IReadOnlyList<AdxResultColumn> columns, object?[] row, string name)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == name)
                return row[i];
        }

        return null;
    }
}
