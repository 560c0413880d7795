namespace AdxFlow.Ingestion.Transports;

/// <summary>A blob to be queued, as the service wants to know of it.</summary>
/// <param name="Uri">Its address with the right to read it.</param>
/// <param name="SourceId">The batch's id.</param>
/// <param name="RawSize">Bytes before compression; null where nobody here knows.</param>
internal readonly record struct QueuedBlob(Uri Uri, Guid SourceId, long? RawSize)
{
    /// <summary>How the names of the blobs begin that this module makes.</summary>
    public const string NamePrefix = "adxflow__";

    /// <summary>True where the address is that of a blob that this module made for the batch.</summary>
    public static bool IsOwn(string? address, Guid sourceId) => address?.Contains(NamePrefix + sourceId.ToString("N"), StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Without the address, whose SAS must not print.</summary>
    public override string ToString() => SourceId.ToString();
}
