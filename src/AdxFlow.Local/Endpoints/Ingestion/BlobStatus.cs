namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>How far a queued blob is; the names are those of the status response.</summary>
internal enum BlobStatus
{
    Queued,
    InProgress,
    Succeeded,
    Failed,
    Canceled,
}
