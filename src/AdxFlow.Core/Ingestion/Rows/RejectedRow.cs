namespace AdxFlow.Ingestion.Rows;

/// <summary>A row that was not sent, since a value did not fit its column.</summary>
/// <param name="Row">Its number, counted from 1 over the whole ingestion.</param>
/// <param name="Column">The column that did not take its value.</param>
/// <param name="Reason">What was wrong with the value.</param>
public sealed record RejectedRow(long Row, AdxColumn Column, string Reason) : IngestionEvent;
