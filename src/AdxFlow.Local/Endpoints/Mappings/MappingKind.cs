namespace AdxFlow.Local.Endpoints.Mappings;

/// <summary>The kinds of ingestion mappings; the names are those of the commands, whatever their case.</summary>
/// <remarks>Source: Microsoft Learn, "Ingestion mappings".</remarks>
internal enum MappingKind
{
    Csv,
    Json,
    Avro,
    Parquet,
    Orc,
    W3CLogFile,
}
