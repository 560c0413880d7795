namespace AdxFlow.Local.Persistence.Extents;

/// <summary>A file of rows, as the journal names it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Checksum">The checksum of them all.</param>
internal sealed record RowsFile(Guid Id, long Length, uint Checksum);
