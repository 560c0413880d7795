using AdxFlow.Local.Endpoints.Ingestion;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>An ingestion command as <c>.show operations</c> tells it from here on.</summary>
internal sealed record OperationRecord(
    Guid Id, string Operation, string Database, string Principal, DateTime StartedOn, string State, string Status, DateTime UpdatedOn, bool ShouldRetry, ExtentDetails? Details) : StateRecord;
