using AdxFlow.Local.Endpoints.Ingestion;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>An ingestion failed, as <c>.show ingestion failures</c> tells it.</summary>
internal sealed record FailureRecord(
    Guid OperationId, string Database, string Table, DateTime FailedOn, string Source, ErrorState Error, string OperationKind, string Principal, DataFormat Format) : StateRecord;
