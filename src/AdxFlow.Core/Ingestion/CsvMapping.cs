using AdxFlow.Adx;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.Ingestion;

/// <summary>
/// The mapping sent with rows that this module wrote as CSV: each field to its column by name, so that a column added to
/// the table meanwhile moves nothing.
/// </summary>
internal static class CsvMapping
{
    public static string For(IReadOnlyList<AdxColumn> columns, RowLayout layout) =>
        MappingJson.Write(columns.Select((column, cell) => new AdxColumnMapping { Column = column.Name, Ordinal = layout.Field(cell) }));
}
