namespace AdxFlow.Local.Endpoints.Ingestion.Classic;

/// <summary>What an ingestion message wants to be told; the numbers are those of the documentation.</summary>
internal enum ReportLevel
{
    FailuresOnly = 0,
    None = 1,
    FailuresAndSuccesses = 2,
}
