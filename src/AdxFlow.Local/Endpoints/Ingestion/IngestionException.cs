namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Data that cannot be ingested.</summary>
/// <remarks>Codes: Microsoft Learn, "Ingestion error codes in Azure Data Explorer".</remarks>
internal sealed class IngestionException(string code, string message, bool transient = false) : Exception(message)
{
    public string Code => code;

    public bool Transient => transient;
}
