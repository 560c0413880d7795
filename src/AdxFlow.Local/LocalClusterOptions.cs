namespace AdxFlow.Local;

/// <summary>How a <see cref="LocalCluster"/> is started.</summary>
public sealed class LocalClusterOptions
{
    /// <summary>The TCP port on loopback. Default 0: a free one is chosen.</summary>
    public int Port { get; init; }

    /// <summary>How long a queued blob waits before it is ingested, as the service's batching would make it wait. Default: no wait.</summary>
    public TimeSpan IngestionDelay { get; init; }
}
