namespace AdxFlow.Local.Persistence.Records;

/// <summary>A block waits for its list.</summary>
internal sealed record BlockRecord(BlobPlace Place, BlockState Block) : StateRecord;
