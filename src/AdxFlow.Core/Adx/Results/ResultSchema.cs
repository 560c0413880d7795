using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>Reads the column lists of v1 and v2 answers.</summary>
internal static class ResultSchema
{
    /// <summary>
    /// The columns. <c>ColumnType</c> is KQL's name; older answers have only <c>DataType</c>, which is .NET's.
    /// A type nobody knows is taken as dynamic, so that its values come through as they are.
    /// </summary>
    public static IReadOnlyList<AdxResultColumn> ReadColumns(object? columns)
    {
        if (columns is not object?[] items)
            throw new JsonException("A result has no list of columns.");

        var result = new AdxResultColumn[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            var column = items[i] as Dictionary<string, object?> ?? throw new JsonException("A column is not described.");
            string name = Text(column, "ColumnName") ?? $"Column{i + 1}";
            AdxType type = AdxTypes.TryParse(Text(column, "ColumnType"), out AdxType kql) ? kql
                : AdxTypes.TryParse(Text(column, "DataType"), out AdxType net) ? net
                : AdxType.Dynamic;
            result[i] = new AdxResultColumn(name, type);
        }

        return result;
    }

    public static string? Text(Dictionary<string, object?> members, string name) =>
        members.TryGetValue(name, out object? value) ? value as string : null;
}
