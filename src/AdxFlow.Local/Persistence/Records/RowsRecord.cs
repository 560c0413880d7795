using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>
/// Rows came into a table, and with them the end of the queued blob or of the operation in the background that brought them: one
/// cannot be without the other.
/// </summary>
/// <param name="Database">Where the table is.</param>
/// <param name="Table">Its name.</param>
/// <param name="File">The file that holds them; null where they stand behind this record.</param>
/// <param name="OriginalSize">Their bytes as they came.</param>
/// <param name="Tags">Their tags.</param>
/// <param name="Replaces">True where they take the place of all others.</param>
/// <param name="IngestedOn">When.</param>
/// <param name="Schema">The table, if it is another from here on; null where it is not.</param>
/// <param name="Source">The queued blob that they are from; null for none.</param>
/// <param name="ExtentId">The id of the extent that they are; empty where form 2 has kept them, which had none.</param>
/// <param name="CreatedOn">When they count as created; null for when they came.</param>
internal sealed record RowsRecord(
    string Database, string Table, KeptFile? File, long OriginalSize, string[] Tags, bool Replaces, DateTime IngestedOn, TableRecord? Schema, QueuedSource? Source,
    Guid ExtentId = default, DateTime? CreatedOn = null) : StateRecord
{
    /// <summary>The extent that they are.</summary>
    public Extent ToExtent(long rowCount) => new(ExtentId, CreatedOn ?? IngestedOn, IngestedOn, Tags, OriginalSize, rowCount);

    /// <summary>The operation that is completed with them; null for none. Versions that do not know it tell that it was abandoned.</summary>
    public OperationRecord? Operation { get; init; }
}
