namespace AdxFlow.Local.Persistence.Records;

/// <summary>A message, or for null all of a queue, is no more.</summary>
internal sealed record MessageDeletedRecord(string Queue, string? Id) : StateRecord;
