using AdxFlow.Local.Endpoints.Ingestion;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>A count of failed streaming requests as it is from here on.</summary>
internal sealed record StreamingFailureRecord(StreamingFailureCount Count) : StateRecord;
