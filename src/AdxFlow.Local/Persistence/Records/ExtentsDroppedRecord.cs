namespace AdxFlow.Local.Persistence.Records;

/// <summary>Extents of a table went, and their rows with them.</summary>
/// <param name="Database">Where the table is.</param>
/// <param name="Table">Its name.</param>
/// <param name="ExtentIds">Which.</param>
internal sealed record ExtentsDroppedRecord(string Database, string Table, Guid[] ExtentIds) : StateRecord;
