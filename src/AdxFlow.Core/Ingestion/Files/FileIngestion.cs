namespace AdxFlow.Ingestion.Files;

/// <summary>A file to send.</summary>
public sealed record FileIngestion
{
    /// <summary>Its full path. Content that is gzip or zip is known by its first bytes, whatever the name.</summary>
    public required string Path { get; init; }

    /// <summary>Its format; told by the name if null.</summary>
    public AdxDataFormat? Format { get; init; }

    /// <summary>The first record is a header, which is not sent. Formats that count as a whole have none.</summary>
    public bool IgnoreFirstRecord { get; init; }
}
