namespace AdxFlow.Local;

/// <summary>How a <see cref="LocalCluster"/> is started.</summary>
public sealed class LocalClusterOptions
{
    /// <summary>The TCP port on loopback. Default 0: a free one is chosen.</summary>
    public int Port { get; init; }

    /// <summary>
    /// A folder in which it keeps what it has: databases, tables, rows, mappings, policies, roles, operations, what was uploaded
    /// or queued and is not ingested yet, and on Adobe's side connections, flows, runs and what they are made of. It is made if it
    /// is not there; one stand-in at a time has it. What was answered is on the disk, and there after a restart, also after the
    /// process was killed. What <see cref="LocalFlow"/> and <see cref="LocalCluster.AddFault"/> set is that of one process. Default
    /// null: nothing is kept.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>How long a queued blob waits before it is ingested, whatever the batching policy says. Default: no wait.</summary>
    public TimeSpan IngestionDelay { get; init; }

    /// <summary>
    /// True to make queued blobs wait as the batching policy of the table or its database says: until the batch is as old,
    /// as large or as numerous as the policy allows (without a policy 5 minutes, 1 GB, 500 blobs). Default false: a blob is
    /// ingested as soon as it is queued.
    /// </summary>
    /// <remarks>Source: Microsoft Learn, "Ingestion batching policy".</remarks>
    public bool SimulateBatching { get; init; }

    /// <summary>What the ingestion service offers for queued ingestion. Default: everything, and REST is preferred.</summary>
    public LocalIngestionMethods IngestionMethods { get; init; } = LocalIngestionMethods.RestAndClassic;

    /// <summary>
    /// False for a cluster whose streaming ingestion is switched off: streaming requests get 404 then. Default true. A table
    /// takes streaming requests only if its policy or that of the database allows it, whatever this says.
    /// </summary>
    public bool StreamingIngestion { get; init; } = true;

    /// <summary>The number of storage accounts that the ingestion service lends, 1 to 100. Each has two containers and a
    /// queue of its own. Default 1.</summary>
    public int StorageAccounts { get; init; } = 1;

    /// <summary>How long a signature for storage is good. For the first tenth of that time the same one is handed out again.
    /// Default 30 days.</summary>
    public TimeSpan SignatureLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often clients are asked to fetch the ingestion configuration anew. Default 1 hour.</summary>
    public TimeSpan ConfigurationRefreshInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How the Adobe side behaves.</summary>
    public LocalFlowOptions Flow { get; init; } = new();

    /// <summary>The clock for waiting and for signatures, and on the Adobe side for tokens, schedules and runs. Default: the
    /// system's. Tests give one of their own.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
