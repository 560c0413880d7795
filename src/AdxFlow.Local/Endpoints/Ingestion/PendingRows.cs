using AdxFlow.Local.Persistence.Records;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Rows that were read and are not visible yet.</summary>
/// <param name="Table">The table into which they go.</param>
/// <param name="Chunks">The rows.</param>
/// <param name="OriginalSize">Bytes of the data before compression.</param>
internal sealed record PendingRows(Table Table, IReadOnlyList<RowChunk> Chunks, long OriginalSize)
{
    /// <summary>True where they take the place of all others.</summary>
    public bool Replaces { get; init; }

    /// <summary>The queued blob that they are from; null for none.</summary>
    public QueuedSource? Source { get; init; }

    /// <summary>The operation that is completed with them; null for none.</summary>
    public LoggedOperation? Operation { get; init; }

    /// <summary>The id of the extent that they become.</summary>
    public Guid ExtentId { get; init; } = Guid.NewGuid();

    /// <summary>The number of rows.</summary>
    public long Count => Chunks.Sum(c => (long)c.Count);
}
