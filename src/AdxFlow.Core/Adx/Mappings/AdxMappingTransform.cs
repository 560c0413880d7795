namespace AdxFlow;

/// <summary>
/// What is done to a value while it is ingested. Source:
/// <see href="https://learn.microsoft.com/kusto/management/mappings#mapping-transformations"/>.
/// </summary>
public enum AdxMappingTransform
{
    /// <summary>A transformation this version does not know; its text is in <see cref="AdxColumnMapping.TransformText"/>.</summary>
    Other,

    /// <summary>An array of names and values becomes one dictionary: json, avro, parquet and orc.</summary>
    PropertyBagArrayToDictionary,

    /// <summary>The name of the blob or file the record came from; needs no source.</summary>
    SourceLocation,

    /// <summary>The number of the record in its blob or file, from 1; needs no source.</summary>
    SourceLineNumber,

    /// <summary>Seconds since 1970-01-01 become a datetime: all kinds but w3clogfile.</summary>
    DateTimeFromUnixSeconds,

    /// <summary>Milliseconds since 1970-01-01 become a datetime: all kinds but w3clogfile.</summary>
    DateTimeFromUnixMilliseconds,

    /// <summary>Microseconds since 1970-01-01 become a datetime: all kinds but w3clogfile.</summary>
    DateTimeFromUnixMicroseconds,

    /// <summary>Nanoseconds since 1970-01-01 become a datetime: all kinds but w3clogfile.</summary>
    DateTimeFromUnixNanoseconds,

    /// <summary>An object without the fields that other columns take: json, avro, parquet and orc.</summary>
    DropMappedFields,

    /// <summary>Bytes become a text in Base64: avro only.</summary>
    BytesAsBase64,
}
