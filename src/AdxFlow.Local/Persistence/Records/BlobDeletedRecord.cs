namespace AdxFlow.Local.Persistence.Records;

/// <summary>A blob and its blocks are no more.</summary>
internal sealed record BlobDeletedRecord(BlobPlace Place) : StateRecord;
