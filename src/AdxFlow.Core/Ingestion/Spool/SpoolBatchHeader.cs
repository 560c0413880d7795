namespace AdxFlow.Ingestion.Spool;

/// <summary>What a batch is, in its first frame. The position of that frame is the one before its first row.</summary>
/// <param name="SourceId">The id that it keeps however often it is sent.</param>
/// <param name="Mapping">The mapping of its fields to columns: an ingestion that goes on later may fill other columns.</param>
internal sealed record SpoolBatchHeader(Guid SourceId, string Mapping);
