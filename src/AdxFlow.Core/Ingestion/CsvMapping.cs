using AdxFlow.Adx;

namespace AdxFlow.Ingestion;

/// <summary>
/// The mapping sent with rows that this module wrote as CSV: each field to its column by name, so that a column added to
/// the table meanwhile moves nothing.
/// </summary>
internal static class CsvMapping
{
    public static string For(IReadOnlyList<AdxColumn> columns) =>
        MappingJson.Write(columns.Select(static (column, ordinal) => new AdxColumnMapping { Column = column.Name, Ordinal = ordinal }));
}
