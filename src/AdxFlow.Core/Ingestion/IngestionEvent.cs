namespace AdxFlow.Ingestion;

/// <summary>Something that happened on a worker and that the caller may want to tell: see <see cref="IngestionSession.TryTakeEvent"/>.</summary>
public abstract record IngestionEvent;
