namespace AdxFlow.Local;

/// <summary>The requests that a <see cref="LocalFault"/> strikes. Values can be combined.</summary>
[Flags]
public enum LocalFaultTarget
{
    /// <summary>No request.</summary>
    None = 0,

    /// <summary>Queries: <c>/v1/rest/query</c> and <c>/v2/rest/query</c>.</summary>
    Query = 1,

    /// <summary>Management commands: <c>/v1/rest/mgmt</c>.</summary>
    Management = 2,

    /// <summary>Queries and management commands.</summary>
    Engine = Query | Management,

    /// <summary>The ingestion configuration: <c>GET /v1/rest/ingestion/configuration</c>.</summary>
    Configuration = 4,

    /// <summary>The upload of a whole blob or of one block.</summary>
    BlobUpload = 8,

    /// <summary>The commit of a block list.</summary>
    BlockList = 16,

    /// <summary>Blobs queued for ingestion: <c>POST /v1/rest/ingestion/queued/{database}/{table}</c>.</summary>
    QueuedPost = 32,

    /// <summary>The status of a queued ingestion: <c>GET /v1/rest/ingestion/queued/{database}/{table}/{operationId}</c>.</summary>
    Status = 64,

    /// <summary>The download, inspection or deletion of a blob.</summary>
    BlobAccess = 128,

    /// <summary>The authentication metadata: <c>GET /v1/rest/auth/metadata</c>.</summary>
    Metadata = 256,

    /// <summary>Streaming ingestion: <c>POST /v1/rest/ingest/{database}/{table}</c>.</summary>
    Streaming = 512,

    /// <summary>Messages in the queues of storage.</summary>
    StorageQueue = 1024,

    /// <summary>Entities in the status table of storage.</summary>
    StatusTable = 2048,

    /// <summary>Access tokens of Adobe: <c>POST /ims/ims/token/v3</c>.</summary>
    Ims = 4096,

    /// <summary>The Flow Service: <c>/flow/data/foundation/flowservice/…</c>.</summary>
    Flow = 8192,

    /// <summary>The services around the Flow Service: sandboxes, schemas, datasets and mappings.</summary>
    FlowNeighbours = 16384,

    /// <summary>Every request.</summary>
    All = Engine | Configuration | BlobUpload | BlockList | QueuedPost | Status | BlobAccess | Metadata | Streaming | StorageQueue | StatusTable
        | Ims | Flow | FlowNeighbours,
}
