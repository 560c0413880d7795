namespace AdxFlow.Local.Persistence.Records;

/// <summary>An entity of the status table as it is from here on, as JSON; null where it was deleted.</summary>
internal sealed record EntityRecord(string Partition, string Row, string? Entity) : StateRecord;
