namespace AdxFlow.Ingestion.Transports;

/// <summary>A blob to be queued, as the service wants to know of it.</summary>
/// <param name="Uri">Its address with the right to read it.</param>
/// <param name="SourceId">The batch's id.</param>
/// <param name="RawSize">Bytes before compression; null where nobody here knows.</param>
internal readonly record struct QueuedBlob(Uri Uri, Guid SourceId, long? RawSize)
{
    /// <summary>Without the address, whose SAS must not print.</summary>
    public override string ToString() => SourceId.ToString();
}
