namespace AdxFlow.Ingestion.FromStorage;

/// <summary>A container, or the blobs in it whose names begin alike, to be listed and ingested by the service itself.</summary>
public sealed record ContainerIngestion
{
    /// <summary>The container, with the beginning of the names behind it, and the right to list and read.</summary>
    public required StorageLocation Location { get; init; }

    /// <summary>The format of all the blobs.</summary>
    public required AdxDataFormat Format { get; init; }

    /// <summary>The service leaves out the first record of each blob, which is a header.</summary>
    public bool IgnoreFirstRecord { get; init; }

    /// <summary>How the names end, such as <c>.csv</c>; null for any.</summary>
    public string? Suffix { get; init; }

    /// <summary>The most blobs to take; null for all.</summary>
    public int? MaxBlobs { get; init; }

    /// <summary>How many times larger the data is than the blobs, for compressed ones; null where nobody knows.</summary>
    public double? CompressionFactor { get; init; }
}
