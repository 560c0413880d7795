using AdxFlow.Local.Endpoints.Ingestion;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>A queued blob was ingested, failed, or was canceled.</summary>
/// <param name="Source">The blob.</param>
/// <param name="Status">What became of it.</param>
/// <param name="EndedOn">When.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record BlobEndedRecord(QueuedSource Source, BlobStatus Status, DateTime EndedOn, ErrorState? Error) : StateRecord
{
    /// <summary>True once whoever sent the message that asked for it has been told.</summary>
    public bool IsTold { get; init; }
}
