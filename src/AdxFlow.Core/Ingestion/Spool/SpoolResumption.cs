namespace AdxFlow.Ingestion.Spool;

/// <summary>How to go on with a spool.</summary>
internal sealed record SpoolResumption
{
    /// <summary>Waits until the service has finished with every batch; otherwise it is asked once.</summary>
    public bool Wait { get; init; }

    /// <summary>How long to wait.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Sends batches again that were refused for good.</summary>
    public bool RetryRefused { get; init; }

    /// <summary>Sends to the database of the connection, wherever the spool belongs.</summary>
    public bool Force { get; init; }

    /// <summary>Told of each batch that the service has accepted.</summary>
    public Action<AdxIngestionBatch> Accepted { get; init; } = static _ => { };
}
