namespace AdxFlow;

/// <summary>The requests that a fault of the stand-in strikes.</summary>
public enum AdxLocalFaultTarget
{
    /// <summary>Every request.</summary>
    All,

    /// <summary>Queries.</summary>
    Query,

    /// <summary>Management commands.</summary>
    Command,

    /// <summary>The ingestion configuration, which tells where to upload.</summary>
    Configuration,

    /// <summary>The upload of a blob, of a block, or of the list of blocks.</summary>
    Upload,

    /// <summary>Blobs being queued for ingestion.</summary>
    Queue,

    /// <summary>The state of a queued ingestion.</summary>
    Status,

    /// <summary>Streaming ingestion.</summary>
    Streaming,

    /// <summary>The download, inspection or deletion of a blob.</summary>
    Blob,

    /// <summary>The sign-in metadata of the cluster.</summary>
    Metadata,

    /// <summary>Messages in the queues of storage: the classic protocol.</summary>
    StorageQueue,

    /// <summary>Entities of the status table: the classic protocol.</summary>
    StatusTable,

    /// <summary>Tokens of Adobe's identity service.</summary>
    Ims,

    /// <summary>Adobe's Flow Service.</summary>
    Flow,

    /// <summary>What is around the Flow Service: sandboxes, schemas, datasets and mappings.</summary>
    FlowNeighbours,
}
