using System.Text.Json;
using AdxFlow.Http;

namespace AdxFlow.Adx;

/// <summary>
/// Reads what <c>.show table … schema as json</c> and <c>.show database … schema</c> answer.
/// Types have KQL's name, or only .NET's (<c>System.Int64</c>).
/// </summary>
internal static class TableSchema
{
    /// <summary>The columns of one table.</summary>
    public static IReadOnlyList<AdxColumn> ReadTable(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ReadColumns(document.RootElement);
    }

    /// <summary>The tables of a database, by name, from a flat list: a row for the database, one for each table, one for each column.</summary>
    public static List<AdxTable> ReadDatabase(AdxResultTable schema, string database)
    {
        var columns = new SortedDictionary<string, List<AdxColumn>>(StringComparer.Ordinal);
        var described = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        foreach (object?[] row in schema.Rows)
        {
            if (schema.Text(row, "TableName") is not { Length: > 0 } table)
                continue;
            if (!columns.TryGetValue(table, out List<AdxColumn>? ofTable))
                columns.Add(table, ofTable = []);

            if (schema.Text(row, "ColumnName") is not { Length: > 0 } column)
                described[table] = row;
            else if (AdxTypes.TryParse(schema.Text(row, "ColumnType"), out AdxType type))
                ofTable.Add(new AdxColumn(column, type));
            else
                throw new AdxException("AdxInvalidResult", AdxErrorKind.InvalidResult, $"Column '{column}' of table '{table}' has no known type.");
        }

        return [.. columns.Select(table => new AdxTable
        {
            Name = table.Key,
            Database = database,
            Columns = table.Value,
            Folder = described.TryGetValue(table.Key, out object?[]? row) ? schema.Text(row, "Folder") ?? string.Empty : string.Empty,
            DocString = row is not null ? schema.Text(row, "DocString") ?? string.Empty : string.Empty,
        })];
    }

    private static List<AdxColumn> ReadColumns(JsonElement table)
    {
        if (table.ValueKind != JsonValueKind.Object || !table.TryGetProperty("OrderedColumns", out JsonElement columns) || columns.ValueKind != JsonValueKind.Array)
            throw new JsonException("There are no columns.");

        var result = new List<AdxColumn>(columns.GetArrayLength());
        foreach (JsonElement column in columns.EnumerateArray())
        {
            string name = Text(column, "Name") ?? throw new JsonException("A column has no name.");
            AdxType type = AdxTypes.TryParse(Text(column, "CslType"), out AdxType kql) ? kql
                : AdxTypes.TryParse(Text(column, "Type"), out AdxType net) ? net
                : throw new JsonException($"Column '{name}' has no known type.");
            result.Add(new AdxColumn(name, type));
        }

        return result;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : null;
}
