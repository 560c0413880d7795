namespace AdxFlow.Local.Endpoints.Mappings;

/// <summary>What a mapping does with a value; the names are those of the mapping.</summary>
/// <remarks>Source: Microsoft Learn, "Mapping transformations".</remarks>
internal enum MappingTransform
{
    None,
    PropertyBagArrayToDictionary,
    SourceLocation,
    SourceLineNumber,
    DateTimeFromUnixSeconds,
    DateTimeFromUnixMilliseconds,
    DateTimeFromUnixMicroseconds,
    DateTimeFromUnixNanoseconds,
    DropMappedFields,
    BytesAsBase64,
}
