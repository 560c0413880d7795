using System.Globalization;
using System.Text;

namespace AdxFlow.Adx;

/// <summary>Reads the rows of QueryCompletionInformation, where a failure may show that nothing else tells of.</summary>
internal static class QueryCompletion
{
    private const long ErrorLevel = 2;

    /// <summary>The failure in a row, in the form of a OneApi error; null where the row tells of none.</summary>
    public static Dictionary<string, object?>? FailureOf(IReadOnlyList<AdxResultColumn> columns, object?[] row)
    {
        object? level = Value(columns, row, "Level");
        if (level is not IConvertible || !long.TryParse(Convert.ToString(level, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out long number) || number > ErrorLevel)
            return null;

        string? payload = Value(columns, row, "Payload") as string;
        string? text = null;
        if (payload is not null && JsonValues.TryParse(Encoding.UTF8.GetBytes(payload), out object? parsed) && parsed is Dictionary<string, object?> members)
            text = ResultSchema.Text(members, "Text") ?? ResultSchema.Text(members, "Message");

        return new Dictionary<string, object?>
        {
            ["code"] = Value(columns, row, "StatusCodeName") as string ?? Value(columns, row, "LevelName") as string,
            ["@message"] = text ?? payload ?? "The query failed.",
            ["@context"] = new Dictionary<string, object?>
            {
                ["activityId"] = Value(columns, row, "ActivityId")?.ToString(),
                ["clientRequestId"] = Value(columns, row, "ClientRequestId") as string,
            },
        };
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
