namespace AdxFlow.Ingestion.FromStorage;

/// <summary>A blob that exists already, to be ingested from where it is.</summary>
public sealed record BlobIngestion
{
    /// <summary>Where it is, with the right to read it.</summary>
    public required StorageLocation Location { get; init; }

    /// <summary>Its format.</summary>
    public required AdxDataFormat Format { get; init; }

    /// <summary>The service leaves out the first record, which is a header.</summary>
    public bool IgnoreFirstRecord { get; init; }
}
