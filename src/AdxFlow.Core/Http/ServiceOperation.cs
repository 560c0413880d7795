namespace AdxFlow.Http;

/// <summary>The operations whose failures differ in what a person should do about them.</summary>
internal enum ServiceOperation
{
    /// <summary>Making the connection: metadata, token, first answer.</summary>
    Connect,

    /// <summary>A query.</summary>
    Query,

    /// <summary>A management command.</summary>
    Command,

    /// <summary>Sending data: configuration, queued or streaming ingestion, status.</summary>
    Ingest,

    /// <summary>Putting a blob or a queue message into storage.</summary>
    Upload,
}
