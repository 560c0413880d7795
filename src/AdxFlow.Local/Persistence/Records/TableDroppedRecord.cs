namespace AdxFlow.Local.Persistence.Records;

/// <summary>A table is no more.</summary>
/// <param name="Database">Where it was.</param>
/// <param name="Name">Its name.</param>
internal sealed record TableDroppedRecord(string Database, string Name) : StateRecord;
