namespace AdxFlow.Ingestion.Files;

/// <summary>A file to send.</summary>
public sealed record FileIngestion
{
    /// <summary>Its full path. A name that ends in <c>.gz</c> is unpacked while it is read.</summary>
    public required string Path { get; init; }

    /// <summary>Its format; told by the name if null.</summary>
    public AdxDataFormat? Format { get; init; }

    /// <summary>The first record is a header, which is not sent.</summary>
    public bool IgnoreFirstRecord { get; init; }
}
