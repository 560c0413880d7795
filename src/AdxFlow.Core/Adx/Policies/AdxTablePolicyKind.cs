namespace AdxFlow;

/// <summary>The policies of a table that this module reads and sets.</summary>
public enum AdxTablePolicyKind
{
    /// <summary>When the service ingests what has been queued. Source: <see href="https://learn.microsoft.com/kusto/management/batching-policy"/>.</summary>
    Batching,

    /// <summary>Whether the table takes streaming ingestion. Source: <see href="https://learn.microsoft.com/kusto/management/streaming-ingestion-policy"/>.</summary>
    Streaming,

    /// <summary>How long rows are kept. Source: <see href="https://learn.microsoft.com/kusto/management/retention-policy"/>.</summary>
    Retention,

    /// <summary>Which rows are kept at hand. Source: <see href="https://learn.microsoft.com/kusto/management/cache-policy"/>.</summary>
    Caching,
}
