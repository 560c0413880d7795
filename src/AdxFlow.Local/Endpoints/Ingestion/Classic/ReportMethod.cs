namespace AdxFlow.Local.Endpoints.Ingestion.Classic;

/// <summary>Where an ingestion message wants to be told; the numbers are those of the documentation and of the SDKs.</summary>
internal enum ReportMethod
{
    Queue = 0,
    Table = 1,
    QueueAndTable = 2,
}
