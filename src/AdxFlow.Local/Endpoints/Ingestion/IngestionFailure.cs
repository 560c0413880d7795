namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>An ingestion that failed, as <c>.show ingestion failures</c> tells it.</summary>
internal sealed record IngestionFailure(
    Guid OperationId, string Database, string Table, DateTime FailedOn, string Source, IngestionException Error, string OperationKind, string Principal, DataFormat Format);
