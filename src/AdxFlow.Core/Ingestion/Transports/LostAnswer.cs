namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// What a failure says of a batch whose queueing request came twice, as the answer to the first one was lost. The service
/// deletes a blob after ingesting it, so the second operation finds none; or it finds the blob in the same collection twice.
/// Neither is a failure of the batch, nor is it proof that the rows are in the table.
/// Source: https://learn.microsoft.com/azure/data-explorer/error-codes
/// </summary>
internal static class LostAnswer
{
    /// <summary>The state of the batch: <see cref="AdxIngestionStatus.Unknown"/> where the failure is that of a second operation.</summary>
    public static AdxIngestionStatus Judge(AdxIngestionStatus told, string? errorCode, string? address, Guid sourceId) =>
        told == AdxIngestionStatus.Failed
        && errorCode is "Download_SourceNotFound" or "BlobAlreadyReceived_BlobAlreadyFoundInBatch"
        // Only of a blob of our own is it known that nobody else takes it away.
        && QueuedBlob.IsOwn(address, sourceId)
            ? AdxIngestionStatus.Unknown
            : told;
}
