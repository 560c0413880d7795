namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>The data formats that the stand-in ingests.</summary>
internal enum DataFormat
{
    Csv,
    Tsv,
    Tsve,
    Scsv,
    SohSv,
    Psv,
    Txt,
    Raw,
    Json,
    MultiJson,
    SingleJson,
}
