namespace AdxFlow.Ingestion;

/// <summary>Something that is worth a line in a record of what happened: a try that failed and comes again, a batch that takes another way.</summary>
/// <param name="Text">What happened.</param>
public sealed record IngestionNote(string Text) : IngestionEvent;
