using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Ingestion;

/// <summary>
/// The mapping sent with rows that this module wrote as CSV: each field to its column by name, so that a column added to
/// the table meanwhile moves nothing. Source: https://learn.microsoft.com/kusto/management/mappings
/// </summary>
internal static class CsvMapping
{
    public static string For(IReadOnlyList<AdxColumn> columns)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            for (int ordinal = 0; ordinal < columns.Count; ordinal++)
            {
                json.WriteStartObject();
                json.WriteString("Column", columns[ordinal].Name);
                json.WriteStartObject("Properties");
                json.WriteString("Ordinal", ordinal.ToString(CultureInfo.InvariantCulture));
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
