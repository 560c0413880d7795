namespace AdxFlow.Local.Persistence.Records;

/// <summary>The first record of a journal: so many tell what was when it was written. They were all there before the journal got its name.</summary>
internal sealed record SnapshotRecord(int Records) : StateRecord;
