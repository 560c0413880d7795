namespace AdxFlow.Local.Persistence.Records;

/// <summary>A message in a queue. After a restart it is visible, whoever received it before.</summary>
internal sealed record MessageRecord(string Queue, string Id, string Text, DateTime InsertedOn) : StateRecord;
