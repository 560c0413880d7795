namespace AdxFlow.Local.Persistence.Records;

/// <summary>A blob was made.</summary>
/// <param name="Place">Where.</param>
/// <param name="ContentType">What it says it is.</param>
/// <param name="ETag">Its tag.</param>
/// <param name="LastModified">When.</param>
/// <param name="Blocks">Its blocks, in order: their ids (empty for a blob that was put as a whole) and their files.</param>
internal sealed record BlobRecord(BlobPlace Place, string ContentType, string ETag, DateTime LastModified, BlockState[] Blocks) : StateRecord;
