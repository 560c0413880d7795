namespace AdxFlow;

/// <summary>
/// How the service checks the records of delimited files.
/// Source: <see href="https://learn.microsoft.com/kusto/ingestion-properties"/> and the reference of Kusto.Ingest.
/// </summary>
public enum AdxValidationPolicy
{
    /// <summary>Records are not checked.</summary>
    None,

    /// <summary>Records should have the same number of fields; what can be ingested is. The service's default.</summary>
    BestEffort,

    /// <summary>Records must have the same number of fields, or the batch fails.</summary>
    Fail,
}
