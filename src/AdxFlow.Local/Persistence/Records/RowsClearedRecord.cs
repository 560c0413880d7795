namespace AdxFlow.Local.Persistence.Records;

/// <summary>A table was emptied.</summary>
/// <param name="Database">Where it is.</param>
/// <param name="Table">Its name.</param>
internal sealed record RowsClearedRecord(string Database, string Table) : StateRecord;
