namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Failed streaming requests of a short time, as <c>.show streamingingestion failures</c> tells them.</summary>
/// <param name="Failure">What they have in common.</param>
/// <param name="ActivityId">The activity of the first.</param>
/// <param name="Count">How many they are.</param>
/// <param name="FirstOn">When the first failed.</param>
/// <param name="LastOn">When the last failed.</param>
/// <param name="Details">Why the last failed.</param>
internal sealed record StreamingFailureCount(StreamingFailure Failure, string ActivityId, long Count, DateTime FirstOn, DateTime LastOn, string Details);
