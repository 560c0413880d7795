using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>Reads the JSON of <c>.show … schema as json</c>: columns with KQL's type name, or in older answers .NET's only.</summary>
internal static class TableSchema
{
    /// <summary>The columns of one table.</summary>
    public static IReadOnlyList<AdxColumn> ReadTable(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ReadColumns(document.RootElement);
    }

    /// <summary>The tables of a database.</summary>
    public static IReadOnlyList<AdxTable> ReadDatabase(string json, string database)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var tables = new List<AdxTable>();
            foreach (JsonProperty entry in document.RootElement.GetProperty("Databases").EnumerateObject())
            {
                string name = Text(entry.Value, "Name") ?? entry.Name;
                if (!entry.Value.TryGetProperty("Tables", out JsonElement all) || all.ValueKind != JsonValueKind.Object)
                    continue;

                foreach (JsonProperty table in all.EnumerateObject())
                {
                    tables.Add(new AdxTable
                    {
                        Name = Text(table.Value, "Name") ?? table.Name,
                        Database = name,
                        Folder = Text(table.Value, "Folder") ?? string.Empty,
                        DocString = Text(table.Value, "DocString") ?? string.Empty,
                        Columns = ReadColumns(table.Value),
                    });
                }
            }

            return tables;
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new AdxException("AdxInvalidResult", AdxErrorKind.InvalidResult, $"The schema of database '{database}' cannot be understood.", unreadable);
        }
    }

    private static List<AdxColumn> ReadColumns(JsonElement table)
    {
        if (!table.TryGetProperty("OrderedColumns", out JsonElement columns) || columns.ValueKind != JsonValueKind.Array)
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
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
